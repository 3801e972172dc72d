package export

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/copydesk/copydesk/pkg/news"
)

// Removed is where is written what has to go from a copy of all dumps of the
// manifest, of a dump that goes to out. Who reads every file of a folder, or all
// with an ending, passes over it.
func (m *Manifest) Removed(out string) string {
	if m.Format == ParquetFiles {
		return filepath.Join(out, fmt.Sprintf("_removed-%d.jsonl", len(m.Dumps)+1))
	}
	return out + ".removed"
}

// RemovedFrom are the kinds of what has to go from a copy of what was chosen. A
// revision stays what it is; a story may become what was not chosen.
func RemovedFrom(c Choice) []news.RemovalKind {
	switch {
	case c.Table == Captures:
		return []news.RemovalKind{news.RemovedCaptures}
	case c.Table == Articles && c.filters():
		return []news.RemovalKind{news.RemovedTakedown, news.RemovedWithdrawn, news.RemovedLeft}
	}
	return []news.RemovalKind{news.RemovedTakedown, news.RemovedWithdrawn}
}

// NewRemoved writes what has to go: one line of JSON each, each a [news.Removal] or
// a [news.CaptureGap]; of ninjs an item that is canceled.
func NewRemoved(w io.Writer, f Format) Writer {
	if f == NinJS {
		return ninjsRemoved{NewJSONL(w)}
	}
	return NewJSONL(w)
}

type ninjsRemoved struct{ Writer }

// Write cancels a story, unless it was taken down and is there again: its item came
// with a dump.
func (n ninjsRemoved) Write(line []byte) error {
	var r news.Removal
	if err := json.Unmarshal(line, &r); err != nil {
		return fmt.Errorf("read the removal: %w", err)
	}
	if r.Why == news.RemovedTakedown && r.Before > 0 {
		return nil
	}
	text, err := json.Marshal(ninjs{URI: storyURI(r.StoryID), Type: "text", Standard: ninjsStandardOf(), PubStatus: ninjsCanceled})
	if err != nil {
		return err
	}
	return n.Writer.Write(text)
}
