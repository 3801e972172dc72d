package archive_test

import (
	"bytes"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// anyField is a header field as servers send them, good ones and bad ones.
var anyField = rapid.Custom(func(t *rapid.T) news.HeaderField {
	return news.HeaderField{
		Name: rapid.OneOf(
			rapid.SampledFrom([]string{"Content-Type", "content-type", "Set-Cookie", "Transfer-Encoding", "CONTENT-LENGTH", "Content-Encoding", "X-Desk"}),
			rapid.String(),
		).Draw(t, "name"),
		Value: rapid.OneOf(rapid.SampledFrom([]string{"", "chunked", "7", "gzip", "text/html; charset=utf-8", " a\r\n\r\n<p>b "}), rapid.String()).Draw(t, "value"),
	}
})

// anyPage is a page as it may come off RAW, and none that is refused.
var anyPage = rapid.Custom(func(t *rapid.T) *news.Page {
	body := rapid.OneOf(
		rapid.SliceOfN(rapid.Byte(), 0, 300),
		rapid.SampledFrom([][]byte{nil, []byte("<p>Tide"), []byte("5\r\nhello\r\n0\r\n\r\n"), []byte("WARC/1.1\r\n\r\n"), bytes.Repeat([]byte("ebb "), 9000)}),
	).Draw(t, "body")
	at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond")).UTC()
	url := rapid.SampledFrom([]string{"https://news.example/tide?a=1", "http://bay.example:8080/%C3%A4/", "file:///home/desk/page.html"}).Draw(t, "url")
	p := &news.Page{
		Schema: news.PageSchema, VisitID: news.VisitID(url, at), URL: url, RequestedURL: rapid.String().Draw(t, "requested"),
		Site: "news.example", Origin: rapid.SampledFrom([]news.PageOrigin{news.OriginFetch, news.OriginFolder, news.OriginArchive}).Draw(t, "origin"),
		Protocol: rapid.SampledFrom([]string{"", "HTTP/1.0", "HTTP/1.1", "HTTP/2.0"}).Draw(t, "protocol"), RemoteIP: rapid.SampledFrom([]string{"", "192.0.2.1", "2001:db8::1"}).Draw(t, "ip"),
		RequestHeader: rapid.SliceOfN(anyField, 0, 4).Draw(t, "request"), ResponseHeader: rapid.SliceOfN(anyField, 0, 8).Draw(t, "response"),
		Status: rapid.SampledFrom([]int{0, 200, 404, 999}).Draw(t, "status"), HeadersRebuilt: rapid.Bool().Draw(t, "rebuilt"),
		ContentType: rapid.OneOf(rapid.Just("text/html"), rapid.String()).Draw(t, "type"), ContentEncoding: rapid.SampledFrom([]string{"", "gzip"}).Draw(t, "coding"),
		Truncated: rapid.Bool().Draw(t, "truncated"), FetchedAt: at,
		Digest: news.Digest(body), Length: len(body), Body: body,
	}
	p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
	return p
})

// TestLaw: of any pages, in any batches, the file alone tells what Append told,
// each page comes back byte for byte, and nothing is found wrong.
func TestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "archive")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		a, err := archive.Open(dir, archive.Options{Compression: rapid.SampledFrom(compressions).Draw(t, "compression")})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		a.OnDisk(func(d archive.Disk) archive.Disk { return &brokenDisk{Disk: d, left: -1} })
		pages := rapid.SliceOfNDistinct(anyPage, 1, 6, func(p *news.Page) string { return p.CaptureID }).Draw(t, "pages")
		var captures []news.Capture
		for batch := range slices.Chunk(pages, rapid.IntRange(1, 6).Draw(t, "batch")) {
			var entries []archive.Entry
			for _, p := range batch {
				entries = append(entries, archive.Entry{Page: p})
			}
			more, err := a.Append(t.Context(), entries)
			if err != nil {
				t.Fatal(err)
			}
			captures = append(captures, more...)
		}
		name := captures[0].File
		var scanned []news.Capture
		if err := a.Scan(t.Context(), name, func(c news.Capture) error { scanned = append(scanned, c); return nil }, func(d *archive.DamagedFile) error { return d }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(captures, scanned); diff != "" {
			t.Fatalf("(-appended +scanned):\n%s", diff)
		}
		for i, c := range captures {
			p, err := a.Get(t.Context(), c, rows(captures))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(pages[i], p, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			known, record, err := a.Record(t.Context(), c, rows(captures))
			if err != nil {
				t.Fatal(err)
			}
			if known.Body, err = warc.Body(record, 1<<20); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(p, known, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("the record (-got +record):\n%s", diff)
			}
		}
		if _, err := a.Verify(t.Context(), name, ledger{captures}, func(f *archive.Finding) error { return f }); err != nil {
			t.Fatal(err)
		}
	})
}

// TestOtherCharsets: what a header says in another charset is told the same before
// and after.
func TestOtherCharsets(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	p := page(0, "<p>Tide")
	p.ContentType, p.RequestedURL = "text/html; title=\xe4\xe4b", "https://news.example/\xff\xfe"
	if diff := cmp.Diff(appendAll(t, a, []archive.Entry{{Page: p}}), scanAll(t, a)); diff != "" {
		t.Errorf("(-appended +scanned):\n%s", diff)
	}
}

// FuzzWhole: any bytes are read as a segment to their end.
func FuzzWhole(f *testing.F) {
	for _, c := range compressions {
		w := write(f, c)
		f.Add(w.file)
		f.Add(w.file[w.captures[0].Offset:])
		f.Add(slices.Concat(w.file[:w.captures[1].Offset], w.file[w.captures[2].Offset:]))
		var plain bytes.Buffer
		if err := copyOf(&plain, w.file, warc.Plain, "", ""); err != nil {
			f.Fatal(err)
		}
		f.Add(plain.Bytes())
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		captures, end, err := archive.WholeIn(file, "fuzz-20260503120000-00001.warc.gz")
		if end < 0 || end > int64(len(file)) || err != nil && len(file) == 0 {
			t.Fatalf("ends at %d of %d, %v", end, len(file), err)
		}
		last := int64(-1)
		for _, c := range captures {
			if c.Offset <= last || c.Size <= 0 || c.Offset+c.Size > end {
				t.Fatalf("a capture at %d of %d bytes behind %d, all end at %d", c.Offset, c.Size, last, end)
			}
			last = c.Offset
		}
	})
}

// FuzzRepair: of a segment that was cut anywhere, and whatever came behind the
// cut, the units before it are found, and no other.
func FuzzRepair(f *testing.F) {
	var all []written
	for _, c := range compressions {
		all = append(all, write(f, c))
	}
	for _, tail := range []string{"", "\x00\x00\x00\x00", "\x1f\x8b\x08\x00", "\r\n\r\n", "\x28\xb5\x2f\xfd\x00", "WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n"} {
		f.Add(uint16(math.MaxUint16), []byte(tail))
		f.Add(uint16(2000), []byte(tail))
	}
	f.Fuzz(func(t *testing.T, cut uint16, tail []byte) {
		for _, w := range all {
			file := append(bytes.Clone(w.file[:min(int(cut), len(w.file))]), tail...)
			n, end := w.whole(file)
			captures, gotEnd, err := archive.WholeIn(file, w.name)
			if diff := cmp.Diff(w.captures[:n], captures, cmpopts.EquateEmpty()); diff != "" || err != nil || gotEnd < end {
				t.Fatalf("%v, ends at %d, want %d (-want +got):\n%s", err, gotEnd, end, diff)
			}
		}
	})
}

// FuzzReadOriginal: what is taken as a record is read the same again.
func FuzzReadOriginal(f *testing.F) {
	for _, c := range compressions {
		w := write(f, c)
		at := w.captures[0]
		f.Add(w.file[at.Offset:][:at.Size])
	}
	f.Add([]byte("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: 3\r\n\r\nebb\r\n\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := archive.ReadOriginal(text)
		if err != nil {
			return
		}
		again, err := warc.NewReader(bytes.NewReader(text)).Next()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(again.Block)
		if err != nil || !bytes.Equal(block, o.Block) {
			t.Fatalf("got %q, %v, want %q", o.Block, err, block)
		}
		if diff := cmp.Diff(again.Header, o.Header); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestRecords holds the records of a segment, letter by letter.
func TestRecords(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{Software: "copydesk/test", Now: func() time.Time { return noon }})
	chunked := page(0, "<p>Tide")
	chunked.ResponseHeader = append(chunked.ResponseHeader, news.HeaderField{Name: "transfer-encoding", Value: "chunked"})
	cut := page(1, "<p>Ebb")
	cut.Protocol, cut.HeadersRebuilt, cut.Truncated = "HTTP/2.0", true, true
	cut.ResponseHeader = append(cut.ResponseHeader, news.HeaderField{Name: "Content-Length", Value: "70000000"}, news.HeaderField{Name: "Server", Value: "quay\r\n\r\n<p>"})
	saved := page(2, "<p>Saved")
	saved.Origin, saved.URL, saved.Status, saved.Protocol, saved.RequestHeader, saved.ResponseHeader = news.OriginFolder, "file:///a/b.html", 0, "", nil, nil
	unchanged := page(3, "")
	unchanged.Status = 304
	all := appendAll(t, a, []archive.Entry{{Page: chunked}, {Page: cut}, {Page: saved, Source: &archive.Source{Run: "r1", File: "b.html"}}, {Page: page(4, "<p>Tide")}})
	appendAll(t, a, []archive.Entry{{Page: unchanged, Same: &all[1]}})
	var text bytes.Buffer
	if err := copyOf(&text, []byte(read(t, filepath.Join(dir, all[0].File+".open"))), warc.Plain, "", ""); err != nil {
		t.Fatal(err)
	}
	golden(t, "records.warc.txt", strings.ReplaceAll(text.String(), "\r\n", "\n"))
}

var update = flag.Bool("update", false, "write the expected records anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(read(t, path), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
