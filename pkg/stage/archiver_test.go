package stage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// page is what the nth visit to a page brought.
func page(n int, path, body string) *news.Page {
	at := time.Date(2026, 3, 1, 12, n, 0, 123_456_789, time.UTC)
	url := "https://harbour.example" + path
	p := &news.Page{
		Schema: news.PageSchema, VisitID: news.VisitID(url, at), RequestedURL: url, URL: url, Site: "harbour.example", Origin: news.OriginFetch,
		Protocol: "HTTP/1.1", Status: 200, ContentType: "text/html", FetchedAt: at,
		RequestHeader:  []news.HeaderField{{Name: "Host", Value: "harbour.example"}},
		ResponseHeader: []news.HeaderField{{Name: "Content-Type", Value: "text/html"}},
		Body:           []byte(body), Length: len(body), Digest: news.Digest([]byte(body)),
	}
	p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
	return p
}

// revisited is word of the nth visit that a page is as it was.
func revisited(n int, path string, sameAs, digest string) *news.Revisit {
	p := page(n, path, "")
	p.Status, p.Body = 304, nil
	p.CaptureID = news.CaptureID(p.VisitID, digest)
	return &news.Revisit{Schema: news.RevisitSchema, Page: *p, SameAs: sameAs, Digest: digest}
}

// cabinet is the rows and the files of an archive.
type cabinet struct {
	rows  *store.Store
	files *archive.Archive
	dir   string
}

func openCabinet(t *testing.T, dir string) *cabinet {
	t.Helper()
	return openCabinetWith(t, dir, archive.Options{})
}

func openCabinetWith(t *testing.T, dir string, o archive.Options) *cabinet {
	t.Helper()
	rows, err := store.Open(t.Context(), filepath.Join(dir, "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	files, err := archive.Open(filepath.Join(dir, "archive"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return &cabinet{rows, files, filepath.Join(dir, "archive")}
}

func (c *cabinet) captures(t *testing.T) []news.Capture {
	t.Helper()
	all, err := c.rows.Captures(t.Context(), store.CaptureQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readAll reads every capture back, and gives them by their identity.
func (c *cabinet) readAll(t *testing.T, want ...string) map[string]news.Capture {
	t.Helper()
	var kinds []string
	rows := map[string]news.Capture{}
	for _, capture := range c.captures(t) {
		rows[capture.CaptureID] = capture
		page, err := c.files.Get(t.Context(), capture, c.rows)
		if err != nil {
			t.Error(err)
			continue
		}
		kinds = append(kinds, string(capture.Kind)+" "+string(page.Body))
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("captures in order (-want +got):\n%s", diff)
	}
	return rows
}

// check holds the rows to the files, and every capture to being read back.
func (c *cabinet) check(t *testing.T, want ...string) {
	t.Helper()
	rows := c.readAll(t, want...)
	scanned := map[string]news.Capture{}
	segments, err := c.files.Segments()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		if err := c.files.Scan(t.Context(), s.Name, func(found news.Capture) error {
			if _, twice := scanned[found.CaptureID]; twice {
				t.Errorf("capture %s is in the archive twice", found.CaptureID)
			}
			scanned[found.CaptureID] = found
			return nil
		}, func(d *archive.DamagedFile) error { return d }); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff(scanned, rows); diff != "" {
		t.Errorf("files and rows differ (-files +rows):\n%s", diff)
	}
}

// capturesOf are messages as the stream gives them.
func capturesOf(all ...any) []*stream.Message[stream.Captured] {
	var batch []*stream.Message[stream.Captured]
	for _, one := range all {
		m := &stream.Message[stream.Captured]{Attempt: 1}
		switch v := one.(type) {
		case *news.Page:
			m.Value.Page = v
		case *news.Revisit:
			m.Value.Revisit = v
		}
		batch = append(batch, m)
	}
	return batch
}

// Each capture is kept once, however often it comes, and what has the body of an
// earlier one is a revisit of that.
func TestArchiverKeepsEachCaptureOnce(t *testing.T) {
	c := openCabinet(t, t.TempDir())
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	keep := func(all ...any) []error {
		t.Helper()
		verdicts, err := a.keep(t.Context(), capturesOf(all...))
		if err != nil {
			t.Fatal(err)
		}
		return verdicts
	}
	first, copied, edited := page(1, "/ferry", "late"), page(2, "/ferry-again", "late"), page(3, "/ferry", "on time")
	revisit := revisited(4, "/ferry", edited.CaptureID, edited.Digest) // of one in its own batch
	keep(first, revisit, first, copied, edited)
	keep(first, copied, revisit)
	// Of a capture that is a revisit itself, known by its identity alone.
	keep(revisited(5, "/ferry", revisit.Page.CaptureID, ""))
	keep(page(6, "/empty", ""), page(7, "/empty", ""))
	c.check(t, "response late", "revisit late", "response on time", "revisit on time", "revisit on time", "response ", "response ")
	for _, capture := range c.captures(t)[3:5] {
		if capture.RefersTo != edited.CaptureID || capture.Status != 304 || capture.Length != len("on time") {
			t.Errorf("revisit %+v, want one of %s", capture, edited.CaptureID)
		}
	}
	if segments, err := c.rows.Segments(t.Context()); err != nil || len(segments) != 1 || segments[0].State != store.SegmentOpen {
		t.Errorf("segments %+v, %v", segments, err)
	}

	nowhere := revisited(8, "/mill", "elsewhere", news.Digest([]byte("unknown")))
	if f := news.FaultOf(keep(nowhere)[0]); f == nil || f.Kind != news.Temporary || f.Reason != news.NotArchived {
		t.Errorf("the same as nothing: %v, want another try", f)
	}
	batch := capturesOf(nowhere)
	batch[0].Attempt = 2
	if verdicts, err := a.keep(t.Context(), batch); err != nil || news.FaultOf(verdicts[0]).Kind != news.Skip {
		t.Errorf("the same as nothing again: %v, %v, want it skipped", verdicts, err)
	}
}

// What was archived and not noted, because of a crash or of rows that were out
// of order, is noted before anything else is archived.
func TestArchiverNotesWhatItOwes(t *testing.T) {
	dir := t.TempDir()
	c := openCabinet(t, dir)
	spoiler := openBeside(t, filepath.Join(dir, "index.db"))
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	mend := corrupt(t, spoiler, "segments")
	batch := capturesOf(page(1, "/ferry", "late"), page(2, "/mill", "open"))
	if _, err := a.keep(t.Context(), batch); !unavailable(err) {
		t.Errorf("with rows out of order: %v", err)
	}
	mend()
	if _, err := a.keep(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	c.check(t, "response late", "response open")

	if _, err := c.files.Append(t.Context(), []archive.Entry{{Page: page(3, "/quay", "shut")}}); err != nil {
		t.Fatal(err)
	}
	c.files.Close() // as a crash would before the rows
	c = openCabinet(t, dir)
	a = NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	if _, err := a.keep(t.Context(), capturesOf(page(3, "/quay", "shut"))); err != nil {
		t.Fatal(err)
	}
	c.check(t, "response late", "response open", "response shut")
}

// A page that can never be archived is given up alone; a folder that cannot be
// written is waited for, and both are told.
func TestArchiverOutlastsItsDisk(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	dir := t.TempDir()
	c := openCabinet(t, dir)
	aside := c.dir + ".aside"
	if err := os.Rename(c.dir, aside); err != nil {
		t.Fatal(err)
	}
	nobody := page(2, "/ferry", "nobody's")
	nobody.FetchedAt = time.Time{}
	for _, p := range []*news.Page{page(1, "/ferry", "late"), nobody, page(3, "/mill", "open")} {
		if err := conn.PublishPage(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	a := NewArchiver(conn, c.rows, c.files, zerolog.Nop())
	running(t, a.Run)
	waitUntil(t, "the archiver says that it cannot archive", func() bool {
		err := a.Ready()
		return err != nil && strings.Contains(err.Error(), "cannot archive pages") && strings.Contains(err.Error(), c.dir)
	})
	if err := os.Rename(aside, c.dir); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "the pages are archived and the bad one is dead", func() bool {
		letters, err := conn.DeadList(t.Context(), 0, 10)
		return err == nil && len(letters) == 1 && letters[0].Letter.Stage == news.StageArchive && len(c.captures(t)) == 2 && a.Ready() == nil
	})
	c.check(t, "response late", "response open")
}

// Pages and word that one is as it was come in the order of the stream.
func TestArchiverReadsBothSubjects(t *testing.T) {
	conn := desktop(t, stream.Config{})
	c := openCabinet(t, t.TempDir())
	first := page(1, "/ferry", "late")
	if err := conn.PublishPage(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if err := conn.PublishRevisit(t.Context(), revisited(2, "/ferry", first.CaptureID, first.Digest)); err != nil {
		t.Fatal(err)
	}
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	waitUntil(t, "both are archived", func() bool { return len(c.captures(t)) == 2 })
	c.check(t, "response late", "revisit late")
}
