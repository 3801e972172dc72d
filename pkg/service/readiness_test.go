package service

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/metrics"
)

// What keeps one stage from its work shows in /readyz, whatever the broker says.
func TestReadyzTellsOfAStage(t *testing.T) {
	address := freeport.Address(t)
	var ready readiness
	stop, err := ready.listen(t.Context(), address, "connecting", metrics.New("test", "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	full := errors.New("cannot keep articles: the disk is full")
	well := func() error { return nil }
	ask := func() (int, string) {
		t.Helper()
		resp, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	ready.working(well, &part{name: "extractor"}, &part{name: "indexer", ready: func() error { return full }})
	if status, body := ask(); status != http.StatusServiceUnavailable || !strings.Contains(body, full.Error()) {
		t.Errorf("with a full disk: %d %s", status, body)
	}
	full = nil
	if status, body := ask(); status != http.StatusOK {
		t.Errorf("with space again: %d %s", status, body)
	}
}
