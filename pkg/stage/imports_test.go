package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/warc"
)

const importDate = "2019-05-03T10:%02d:%02dZ"

// theirs writes an archive as other programs do: for each page a request and a
// response, revisits of every tenth, and one that refers to nothing.
func theirs(t *testing.T, compression warc.Compression, pages int) string {
	t.Helper()
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, 0, compression)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	write := func(kind, url, date, block string, more ...warc.Field) {
		n++
		header := warc.Header{
			{Name: warc.Type, Value: kind}, {Name: warc.RecordID, Value: fmt.Sprintf("<urn:uuid:0196f5d1-0000-4000-8000-%012d>", n)},
			{Name: warc.Date, Value: date},
		}
		if url != "" {
			header = append(header, warc.Field{Name: warc.TargetURI, Value: url})
		}
		if _, err := w.Write(append(header, more...), strings.NewReader(block), int64(len(block))); err != nil {
			t.Fatal(err)
		}
	}
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
	write(warc.Warcinfo, "", "2019-05-03T10:00:00Z", "software: theirs/1\r\n")
	for i := range pages {
		url, date := fmt.Sprintf("https://harbour.example/%d", i), fmt.Sprintf(importDate, i/60, i%60)
		write(warc.Request, url, date, "GET / HTTP/1.1\r\n\r\n")
		write(warc.Response, url, date, head+fmt.Sprintf("<p>tide %d", i))
		if i%10 == 0 {
			write(warc.Revisit, url, fmt.Sprintf(importDate, 59, i/10), head, warc.Field{Name: warc.RefersToURI, Value: url}, warc.Field{Name: warc.RefersToDate, Value: date})
		}
	}
	write(warc.Response, "https://harbour.example/"+strings.Repeat("x", stream.MaxPageHeader), "2019-06-01T00:00:00Z", head) // nothing that could travel
	write(warc.Response, "https://harbour.example/cut", "2019-06-01T00:00:00Z", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal")
	write(warc.Revisit, "https://harbour.example/unknown", "2019-06-01T00:00:00Z", head,
		warc.Field{Name: warc.RefersToURI, Value: "https://harbour.example/nowhere"}, warc.Field{Name: warc.RefersToDate, Value: "2019-01-01T00:00:00Z"})
	path := filepath.Join(t.TempDir(), "theirs"+compression.Ending())
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// bring reads a file into the archive, as the command does, up to a number of
// loads if it is not 0; it returns where to go on and what was refused.
func bring(t *testing.T, conn *stream.Conn, path string, from Imported, loads int) (Imported, []string) {
	t.Helper()
	source, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	killed := errors.New("killed")
	var refused []string
	importer := Importer{
		Conn: conn, Run: "spring",
		Reject: func(place string, why error) error {
			refused = append(refused, place+" "+why.Error())
			return nil
		},
		Passed: func(now Imported) error {
			if loads--; loads == 0 {
				return killed // what was sent is sent again
			}
			from = now
			return nil
		},
	}
	if err := importer.Read(t.Context(), source, filepath.Base(path), from); err != nil && !errors.Is(err, killed) {
		t.Fatal(err)
	}
	return from, refused
}

// What other archives hold is archived once, however often the import was killed,
// its records byte for byte, and handed on to the extractors once it is.
func TestImport(t *testing.T) {
	for _, compression := range []warc.Compression{warc.Gzip, warc.Zstd, warc.Plain} {
		t.Run("as "+string(compression), func(t *testing.T) {
			t.Parallel()
			conn := desktop(t, stream.Config{MaxAttempts: 2})
			c := openCabinet(t, t.TempDir())
			if err := c.rows.BeginRun(t.Context(), news.Run{Name: "spring", Kind: news.RunImport, BegunAt: time.Now()}, false); err != nil {
				t.Fatal(err)
			}
			running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
			const pages, captures = 300, 330
			path := theirs(t, compression, pages)
			var at Imported
			for range 3 {
				at, _ = bring(t, conn, path, at, 2)
			}
			at, refused := bring(t, conn, path, at, 0)
			if at.Sent != captures+2 || at.Rejected != 1 || at.Others[warc.Request] != pages || at.Others[warc.Warcinfo] != 1 {
				t.Errorf("read %+v, refused %q", at, refused)
			}
			var mu sync.Mutex
			extracted := map[string]int{}
			running(t, func(ctx context.Context) error {
				return conn.ConsumePages(ctx, 2, func(_ context.Context, m *stream.Message[*news.Page]) error {
					mu.Lock()
					defer mu.Unlock()
					if m.Run == nil || m.Run.Name != "spring" || !strings.HasPrefix(string(m.Value.Body), "<p>tide ") {
						t.Errorf("extracts %s %q of run %v", m.Value.URL, m.Value.Body, m.Run)
					}
					extracted[m.Value.CaptureID]++
					return nil
				})
			})
			waitUntil(t, "all was extracted", func() bool {
				mu.Lock()
				defer mu.Unlock()
				return len(extracted) == captures
			})
			waitUntil(t, "the revisit of nothing and the cut answer are given up", func() bool {
				letters, err := conn.DeadList(t.Context(), 0, 10)
				gone := map[string]news.Reason{}
				for _, l := range letters {
					if l.Letter.VisitID == "" {
						t.Errorf("%s died without a visit that has its end", l.Letter.URL)
					}
					gone[l.Letter.URL] = l.Letter.Reason
				}
				return err == nil && maps.Equal(gone, map[string]news.Reason{
					"https://harbour.example/unknown": news.NotArchived, "https://harbour.example/cut": news.Malformed,
				})
			})
			checkImport(t, c, path, captures)
		})
	}
}

// checkImport holds the archive to the file that it was brought from.
func checkImport(t *testing.T, c *cabinet, path string, captures int) {
	t.Helper()
	theirs := map[string]string{}
	eachRecord(t, path, func(r *warc.Record, block string) {
		theirs[r.Header.Get(warc.RecordID)] = fmt.Sprint(r.Header) + block
	})
	copies := 0
	segments, err := c.files.Segments()
	if err != nil || len(segments) != 1 {
		t.Fatalf("segments %v, %v", segments, err)
	}
	eachRecord(t, filepath.Join(c.dir, segments[0].Name+".open"), func(r *warc.Record, block string) {
		if same, ok := theirs[r.Header.Get(warc.RecordID)]; ok {
			copies++
			if diff := cmp.Diff(same, fmt.Sprint(r.Header)+block); diff != "" {
				t.Errorf("record (-theirs +ours):\n%s", diff)
			}
		}
	})
	all := c.captures(t)
	if copies != captures || len(all) != captures {
		t.Errorf("%d records and %d rows of %d captures", copies, len(all), captures)
	}
	for _, capture := range all {
		if capture.Run != "spring" || capture.Origin != news.OriginArchive || (capture.Kind == news.CaptureRevisit) != (capture.RefersTo != "") {
			t.Errorf("capture %+v", capture)
		}
	}
	runs, err := c.rows.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Captures != int64(captures) {
		t.Errorf("runs %+v, %v", runs, err)
	}
}

func eachRecord(t *testing.T, path string, do func(*warc.Record, string)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records := warc.NewReader(file)
	for {
		r, err := records.Next()
		if err != nil {
			return
		}
		var block bytes.Buffer
		if _, err := block.ReadFrom(r.Block); err != nil {
			t.Fatal(err)
		}
		do(r, block.String())
	}
}

// A record that cannot be read is given up, by its place, and its visit ends.
func TestImportOfDamage(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	c := openCabinet(t, t.TempDir())
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	bad := &news.Record{Schema: news.RecordSchema, Run: "spring", File: "theirs.warc", Place: "7", URL: "https://harbour.example/bad", Body: []byte("WARC/1.1\r\nno field"), Length: 18}
	if err := conn.PublishImport(t.Context(), bad); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "it is dead", func() bool {
		letters, err := conn.DeadList(t.Context(), 0, 10)
		return err == nil && len(letters) == 1 && letters[0].Letter.Reason == news.Malformed
	})
	if all, err := c.rows.Captures(t.Context(), store.CaptureQuery{Limit: 10}); err != nil || len(all) > 0 {
		t.Errorf("archived %v, %v", all, err)
	}
}

// A file that ends within a record, or has one whose checksum is wrong, has it
// refused once.
func TestImportOfCutFile(t *testing.T) {
	for _, compression := range []warc.Compression{warc.Gzip, warc.Zstd, warc.Plain} {
		conn := desktop(t, stream.Config{})
		whole, err := os.ReadFile(theirs(t, compression, 3))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "cut"+compression.Ending())
		if err := os.WriteFile(path, whole[:len(whole)-60], 0o600); err != nil {
			t.Fatal(err)
		}
		at, refused := bring(t, conn, path, Imported{}, 0)
		if len(refused) != 2 || at.Rejected != 2 || at.Sent != 5 { // one is too long for any message
			t.Errorf("%s: read %+v, refused %q", compression, at, refused)
		}
		if again, refused := bring(t, conn, path, at, 0); len(refused) > 0 || again.Rejected != at.Rejected || again.Sent != at.Sent {
			t.Errorf("%s: read on %+v, refused %q", compression, again, refused)
		}
	}
}
