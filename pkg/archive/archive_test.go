package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

var noon = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)

// page is a page as the fetcher publishes it, the nth of a test.
func page(n int, body string) *news.Page {
	at := noon.Add(time.Duration(n)*time.Second + 123456789)
	url := fmt.Sprintf("https://news.example/tide-%d?a=1", n)
	p := &news.Page{
		Schema: news.PageSchema, VisitID: news.VisitID(url, at), RequestedURL: "http://news.example/" + fmt.Sprint(n), URL: url,
		Site: "news.example", Origin: news.OriginFetch, Redirects: []news.Redirect{{URL: "http://news.example/" + fmt.Sprint(n), Status: 301}},
		Protocol: "HTTP/1.1", RemoteIP: "192.0.2.7", Status: 200,
		RequestHeader:  []news.HeaderField{{Name: "Host", Value: "news.example"}, {Name: "User-Agent", Value: "copydesk"}},
		ResponseHeader: []news.HeaderField{{Name: "content-type", Value: "text/html"}, {Name: "Set-Cookie", Value: "b=1"}, {Name: "Set-Cookie", Value: "a=2"}},
		ContentType:    "text/html", Digest: news.Digest([]byte(body)), Length: len(body), FetchedAt: at, Body: []byte(body),
	}
	p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
	return p
}

// pages are entries of pages with these bodies.
func pages(bodies ...string) (all []archive.Entry) {
	for i, body := range bodies {
		all = append(all, archive.Entry{Page: page(i, body)})
	}
	return all
}

// open opens an archive for the test.
func open(t testing.TB, dir string, o archive.Options) *archive.Archive {
	t.Helper()
	a, err := archive.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func appendAll(t testing.TB, a *archive.Archive, entries []archive.Entry) []news.Capture {
	t.Helper()
	captures, err := a.Append(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	return captures
}

// scanAll reads the captures of every segment; damage fails the test.
func scanAll(t testing.TB, a *archive.Archive) (all []news.Capture) {
	t.Helper()
	segments, err := a.Segments()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		err := a.Scan(t.Context(), s.Name,
			func(c news.Capture) error { all = append(all, c); return nil },
			func(d *archive.DamagedFile) error { return d })
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// rows finds captures among those that it holds.
type rows []news.Capture

func (r rows) FindCapture(_ context.Context, id string) (news.Capture, error) {
	for _, c := range r {
		if c.CaptureID == id {
			return c, nil
		}
	}
	return news.Capture{}, errNoCapture
}

var errNoCapture = errors.New("no such capture")

var compressions = []warc.Compression{warc.Gzip, warc.Zstd}

// TestAppend says that what was archived is told by the file alone, and that the
// pages come back as they were.
func TestAppend(t *testing.T) {
	for _, c := range compressions {
		t.Run(string(c), func(t *testing.T) {
			entries := pages("<p>Tide", "<p>Ebb", "<p>Tide", "")
			h2 := page(4, "<p>Flood")
			h2.Protocol, h2.HeadersRebuilt, h2.Truncated = "HTTP/2.0", true, true
			folder := page(5, "<p>Saved")
			folder.Origin, folder.URL, folder.Status, folder.Protocol, folder.RequestHeader, folder.ResponseHeader = news.OriginFolder, "file:///a/b.html", 0, "", nil, nil
			entries = append(entries, archive.Entry{Page: h2}, archive.Entry{Page: folder, Source: &archive.Source{Run: "r1", File: "b.html"}})
			a := open(t, t.TempDir(), archive.Options{Compression: c})
			got := appendAll(t, a, entries)

			unchanged := *page(6, "")
			unchanged.Status = 304
			got = append(got, appendAll(t, a, []archive.Entry{{Page: &unchanged, Same: &got[0]}})...)
			unchanged.Digest, unchanged.Length, unchanged.Body = got[0].Digest, got[0].Length, entries[0].Page.Body

			if diff := cmp.Diff(got, scanAll(t, a)); diff != "" {
				t.Errorf("scanned (-appended +scanned):\n%s", diff)
			}
			var kinds []news.CaptureKind
			for i, c := range got {
				kinds = append(kinds, c.Kind)
				want := &unchanged
				if i < len(entries) {
					want = entries[i].Page
				}
				back, err := a.Get(t.Context(), c, rows(got))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, back); diff != "" {
					t.Errorf("page %d (-want +got):\n%s", i, diff)
				}
			}
			want := []news.CaptureKind{news.CaptureResponse, news.CaptureResponse, news.CaptureRevisit, news.CaptureResponse, news.CaptureResponse, news.CaptureResource, news.CaptureRevisit}
			if diff := cmp.Diff(want, kinds); diff != "" {
				t.Errorf("kinds (-want +got):\n%s", diff)
			}
			if got[2].RefersTo != got[0].CaptureID || got[5].Run != "r1" {
				t.Errorf("refers to %q, run %q", got[2].RefersTo, got[5].Run)
			}
		})
	}
}

// TestNotModified: an answer of 304 need not say what its body is.
func TestNotModified(t *testing.T) {
	first, later := page(0, "coded"), page(1, "")
	first.ContentType, first.ContentEncoding = "text/html; charset=utf-8", "gzip"
	later.Status, later.ContentType, later.ContentEncoding = 304, "", ""
	a := open(t, t.TempDir(), archive.Options{})
	got := appendAll(t, a, []archive.Entry{{Page: first}})
	got = append(got, appendAll(t, a, []archive.Entry{{Page: later, Same: &got[0]}})...)
	back, err := a.Get(t.Context(), got[1], rows(got))
	if err != nil {
		t.Fatal(err)
	}
	if back.Status != 304 || string(back.Body) != "coded" || back.ContentEncoding != "gzip" || back.ContentType != first.ContentType {
		t.Errorf("%d %q, %q in %q", back.Status, back.ContentType, back.Body, back.ContentEncoding)
	}
	known, _, err := a.Record(t.Context(), got[1], rows(got))
	if err != nil || known.ContentEncoding != "gzip" || known.ContentType != first.ContentType {
		t.Errorf("its record: %v, %q in %q", err, known.ContentType, known.ContentEncoding)
	}
}

// TestOriginal copies a record of somebody else's archive.
func TestOriginal(t *testing.T) {
	block := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nebb\r\n0\r\n\r\n"
	p := page(0, "ebb")
	p.Origin = news.OriginArchive
	o := &archive.Original{Block: []byte(block), Header: warc.Header{
		{Name: warc.Type, Value: warc.Response}, {Name: warc.RecordID, Value: "<urn:uuid:7>"},
		{Name: warc.Date, Value: "2026-05-03T10:00:00Z"}, {Name: warc.TargetURI, Value: p.URL}, {Name: "X-Note", Value: "theirs"},
	}}
	dir := t.TempDir()
	a := open(t, dir, archive.Options{Compression: warc.Zstd})
	got := appendAll(t, a, []archive.Entry{{Page: p, Original: o, Source: &archive.Source{Run: "r1", File: "theirs.warc.gz", Offset: 7}}})
	if diff := cmp.Diff(got, scanAll(t, a)); diff != "" || got[0].RecordID != "urn:uuid:7" {
		t.Errorf("record %s, scanned (-appended +scanned):\n%s", got[0].RecordID, diff)
	}
	back, err := a.Get(t.Context(), got[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRestart goes on in the open segment, and knows what is in it.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	first := appendAll(t, a, pages("<p>Tide"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir, archive.Options{})
	if diff := cmp.Diff(archive.Recovery{Captures: first}, a.Recovered()); diff != "" {
		t.Errorf("recovered (-want +got):\n%s", diff)
	}
	second := appendAll(t, a, []archive.Entry{{Page: page(1, "<p>Ebb")}})
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	third := appendAll(t, a, []archive.Entry{{Page: page(2, "<p>Flood")}})
	all := append(append(first, second...), third...)
	if diff := cmp.Diff(all, scanAll(t, a)); diff != "" || first[0].File != second[0].File || third[0].File == second[0].File {
		t.Errorf("(-appended +scanned):\n%s", diff)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz*"))
	if err != nil || len(names) != 2 || strings.HasSuffix(names[0], ".open") || !strings.HasSuffix(names[1], ".open") {
		t.Errorf("files %q, %v", names, err)
	}
	if _, err := os.Stat(filepath.Join(dir, third[0].File)); err == nil {
		t.Error("the open segment has its last name")
	}
}
