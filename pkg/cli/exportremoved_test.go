package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/term"
)

// A desk of an older build has records for whoever asks what has to go. They are
// not taken for that.
func TestRemovedFromAnOlderDesk(t *testing.T) {
	e := &exporting{
		console: &console{grammar: &grammar{}, err: term.New(io.Discard)},
		answer: func(context.Context, api.ExportRequest) (api.ExportReply, error) {
			return api.ExportReply{Records: []json.RawMessage{[]byte(`{"row":1}`)}, Row: 1, LastRow: 1}, nil
		},
	}
	path := filepath.Join(t.TempDir(), "2.csv.removed")
	stage, err := export.StageFor(path)
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Close()
	e.stage = stage
	if _, err := e.removed(t.Context(), path, &export.Manifest{Choice: export.Choice{Table: export.Articles, Format: export.CSV}}); !errors.Is(err, errKnowsNoRemovals) {
		t.Errorf("it says %v", err)
	}
	if err := stage.Put(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file: %v", err)
	}
}
