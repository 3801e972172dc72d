package service

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
)

// Who makes records beside the desk is told of a capture whose file is lost, and gets
// the others; of a folder that is away nothing is lost.
func TestOutsideDeskTellsWhatIsLost(t *testing.T) {
	dir := t.TempDir()
	rows, err := store.Open(t.Context(), filepath.Join(dir, "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	files, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	var all []news.Capture
	for i := range 2 {
		url, body := fmt.Sprintf("https://harbour.example/%d", i), fmt.Appendf(nil, "<p>tide %d", i)
		p := &news.Page{Schema: news.PageSchema, VisitID: news.VisitID(url, time.Unix(0, 0)), URL: url, RequestedURL: url, Site: "harbour.example", Origin: news.OriginFetch, FetchedAt: time.Unix(1, 0), Body: body, Length: len(body), Digest: news.Digest(body)}
		p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
		captures, err := files.Append(t.Context(), []archive.Entry{{Page: p}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rows.PutCaptures(t.Context(), captures); err != nil {
			t.Fatal(err)
		}
		if err := rows.PutSegments(t.Context(), store.Segment{Name: captures[0].File, State: store.SegmentClosed}); err != nil {
			t.Fatal(err)
		}
		if err := files.Roll(); err != nil {
			t.Fatal(err)
		}
		all = append(all, captures...)
	}
	desk := &outsideDesk{rows: rows, files: files, losses: stage.NewLosses(rows, files)}
	if err := os.Remove(filepath.Join(dir, "archive", all[0].File)); err != nil {
		t.Fatal(err)
	}
	reply, err := desk.pageOf(t.Context(), all[0].CaptureID)
	if err != nil || reply.Lost == nil || reply.Lost.Outcome != news.Dead || reply.Lost.Reason != news.NotArchived || !strings.Contains(reply.Lost.Detail, all[0].File) {
		t.Errorf("of what is lost: %+v, %v", reply.Lost, err)
	}
	if reply, err := desk.pageOf(t.Context(), all[1].CaptureID); err != nil || reply.Lost != nil || string(reply.Body) != "<p>tide 1" {
		t.Errorf("of what is there: %+v, %v", reply, err)
	}
	if err := os.Rename(filepath.Join(dir, "archive"), filepath.Join(dir, "aside")); err != nil {
		t.Fatal(err)
	}
	if reply, err := desk.pageOf(t.Context(), all[1].CaptureID); err == nil {
		t.Errorf("of a folder that is away: %+v", reply.Lost)
	}
}
