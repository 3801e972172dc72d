package service_test

import (
	"bytes"
	"encoding/json"
	stdlog "log"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/service"
)

// TestAdopt says that a line of a library is one short line of the log, however
// long and odd it is.
func TestAdopt(t *testing.T) {
	flags, to := stdlog.Flags(), stdlog.Writer()
	t.Cleanup(func() { stdlog.SetFlags(flags); stdlog.SetOutput(to) })

	var out bytes.Buffer
	service.Adopt(service.NewLogger(config.Log{Level: "info", Format: "json"}, &out))
	stdlog.Printf("Unsolicited response received on idle HTTP channel starting with %s; err=<nil>", strings.Repeat("\xff\x00ä", 1000))

	var line struct{ Level, Line string }
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, out.Bytes())
	}
	if line.Level != "warn" || !strings.HasPrefix(line.Line, "Unsolicited response") || out.Len() > 2000 {
		t.Errorf("got %d bytes: %s", out.Len(), out.Bytes())
	}
}
