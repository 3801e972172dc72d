package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// seen is what a test keeps of a record.
type seen struct {
	Place intake.Place
	What  string
}

// see reads a record to its end.
func see(r intake.Record) seen {
	switch {
	case r.WARC != nil:
		block, err := io.ReadAll(r.WARC.Block)
		if err != nil {
			return seen{r.Place, r.WARC.Header.Target() + " cut"}
		}
		return seen{r.Place, r.WARC.Header.Target() + " " + news.Digest(block)}
	case r.Page != nil:
		return seen{r.Place, r.Page.URL + " " + r.Page.Digest}
	}
	return seen{r.Place, "unreadable"}
}

// readOn reads a source to its end from a place on.
func readOn(t testing.TB, path string, from intake.Place) []seen {
	t.Helper()
	s, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []seen
	done := int64(0)
	for r, err := range s.Records(t.Context(), from) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Done < done || r.Done > s.Size {
			t.Errorf("%v: %d of %d bytes are done, after %d", r.Place, r.Done, s.Size, done)
		}
		done = r.Done
		all = append(all, see(r))
	}
	return all
}

// records is a web archive of so many pages.
func records(t testing.TB, c warc.Compression, pages int) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, 0, c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range pages {
		var page strings.Builder
		lines := 1 + i*7%5*20
		if i == 9 {
			lines = 4000 // more than any buffer
		}
		for line := range lines {
			fmt.Fprintf(&page, "<p>The tide of day %d: %d.", i, line*line%977)
		}
		block := page.String()
		if _, err := w.Write(warc.Header{
			{Name: warc.Type, Value: warc.Resource}, {Name: warc.RecordID, Value: fmt.Sprintf("<urn:uuid:0-%d>", i)},
			{Name: warc.Date, Value: "2026-05-03T10:00:00Z"}, {Name: warc.TargetURI, Value: fmt.Sprintf("https://news.example/%d", i)},
		}, strings.NewReader(block), int64(len(block))); err != nil {
			t.Fatal(err)
		}
	}
	return file.Bytes()
}

// described is a file of lines, some of which are none.
func described() []byte {
	var b strings.Builder
	for i := range 12 {
		switch i {
		case 3:
			b.WriteString("\n{\"url\":\n")
		case 7:
			b.WriteString(`{"url":"https://news.example/7","file":"../secret.html"}` + "\n")
		case 8:
			b.WriteString(`{"url":"https://news.example/8","file":"pages/8.html"}` + "\r\n")
		default:
			fmt.Fprintf(&b, `{"url":"https://news.example/%d","html":"<p>The tide of day %d.","date":"2026-05-03"}`+"\n", i, i)
		}
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func gzipped(t testing.TB, text []byte) []byte {
	t.Helper()
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Write(text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func zipped(t testing.TB, method uint16, files map[string][]byte, order ...string) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	files["datapackage.json"] = []byte(`{"resources":[{}]}`)
	for _, name := range append(order, "datapackage.json") {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(files[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// broken overwrites some bytes of one record in the middle of a file.
func broken(file []byte) []byte {
	file = bytes.Clone(file)
	middle := file[len(file)/2:]
	copy(middle[max(0, bytes.Index(middle, []byte("WARC/1.1\r\n"))):], bytes.Repeat([]byte{'x'}, 60))
	return file
}

func zstded(t testing.TB, text []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(text, nil)
}

// sources writes one source of every kind, and says how many records of each can
// be read.
func sources(t testing.TB) (folder string, readable map[string]int) {
	t.Helper()
	folder = t.TempDir()
	gz, plain := records(t, warc.Gzip, 20), records(t, warc.Plain, 20)
	two := map[string][]byte{"archive/b.warc.gz": gz, "archive/a.warc": broken(plain)}
	deflated := zipped(t, zip.Deflate, map[string][]byte{"archive/b.warc.gz": gz, "archive/a.warc": plain}, "archive/b.warc.gz", "archive/a.warc")
	files := map[string]struct {
		text     []byte
		readable int
	}{
		"whole.warc":            {plain, 20},
		"whole.warc.gz":         {gz, 20},
		"whole.warc.gz.open":    {gz, 20},
		"whole.warc.zst":        {records(t, warc.Zstd, 20), 20},
		"broken.warc":           {broken(plain), 19},
		"broken.warc.gz":        {broken(gz), 19},
		"broken.warc.zst":       {broken(records(t, warc.Zstd, 20)), 19},
		"cut.warc.gz":           {gz[:len(gz)-20], 19},
		"one-member.warc.gz":    {gzipped(t, plain), 20},
		"two.wacz":              {zipped(t, zip.Store, two, "archive/b.warc.gz", "archive/a.warc"), 39},
		"deflated.wacz":         {deflated, 40},
		"lines.jsonl":           {described(), 10},
		"lines.jsonl.gz":        {gzipped(t, described()), 10},
		"lines.jsonl.zst":       {zstded(t, described()), 10},
		"cut.jsonl.gz":          {gzipped(t, described())[:120], -1},
		"none.jsonl":            {nil, 0},
		"none.warc":             {nil, 0},
		"folder/manifest.jsonl": {[]byte(`{"url":"https://news.example/8","file":"8.html.gz","fetchedAt":"2026-05-03T10:00:00Z"}`), 1},
		"folder/8.html.gz":      {gzipped(t, []byte("<p>Tide")), -2},
		"pages/8.html":          {[]byte("<p>The tide of day 8."), -2},
	}
	readable = map[string]int{}
	for name, f := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.text, 0o600); err != nil {
			t.Fatal(err)
		}
		if f.readable > -2 {
			readable[name] = f.readable
		}
	}
	return folder, readable
}

// TestRecords says that all that can be read is read, and that reading on from
// any place, or behind it, gives what comes then.
func TestRecords(t *testing.T) {
	folder, readable := sources(t)
	for name, want := range readable {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			all := readOn(t, path, intake.Place{})
			got := 0
			for i, s := range all {
				if strings.Contains(s.What, "sha256:") {
					got++
				}
				if diff := cmp.Diff(all[i:], readOn(t, path, s.Place)); diff != "" {
					t.Errorf("from %v on (-want +got):\n%s", s.Place, diff)
				}
				rest := readOn(t, path, s.Place.After())
				if diff := cmp.Diff(append([]seen(nil), all[i+1:]...), rest); diff != "" {
					t.Errorf("behind %v (-want +got):\n%s", s.Place, diff)
				}
			}
			if want >= 0 && got != want {
				t.Errorf("%d can be read, want %d: %v", got, want, all)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	for want, p := range map[string]intake.Place{
		"0": {}, "1042": {Offset: 1042}, "1042.1": intake.Place{Offset: 1042}.After(), "archive/a.warc#7": {Archive: "archive/a.warc", Offset: 7},
	} {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back intake.Place
		if err := json.Unmarshal(text, &back); err != nil || back != p || p.String() != want {
			t.Errorf("%s: got %v and %v", want, p, back)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	folder, _ := sources(t)
	if err := os.WriteFile(filepath.Join(folder, "bad.wacz"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{
		"nowhere.warc": "no such file", "pages": "pages has no manifest.jsonl", "pages/8.html": "must be a folder with a manifest.jsonl", "bad.wacz": "no readable WACZ",
	} {
		path := filepath.Join(folder, name)
		if _, err := intake.Open(path); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestAnotherFile says that going on in a file that is not the one of before is
// an error.
func TestAnotherFile(t *testing.T) {
	folder, _ := sources(t)
	for name, from := range map[string]intake.Place{
		"two.wacz": {Archive: "archive/c.warc"}, "lines.jsonl": {Offset: 1 << 20},
	} {
		s, err := intake.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for r, err := range s.Records(t.Context(), from) {
			if err = errors.Join(err, r.Err); err == nil || !strings.Contains(err.Error(), "not the file that was read before") {
				t.Errorf("%s: got %v, %v", name, r, err)
			}
		}
	}
}

// TestMemory says that what is read of an archive does not stay: neither long
// records nor many.
func TestMemory(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "long.warc.gz")
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, 0, warc.Gzip)
	if err != nil {
		t.Fatal(err)
	}
	h := warc.Header{{Name: warc.Type, Value: warc.Resource}, {Name: warc.RecordID, Value: "<urn:uuid:0>"}, {Name: warc.Date, Value: "2026-05-03T10:00:00Z"}}
	const long, many = 200 << 20, 3000
	if _, err := w.Write(h, zeros{}, long); err != nil {
		t.Fatal(err)
	}
	for range many {
		if _, err := w.Write(h, zeros{}, 2000); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for r, err := range s.Records(t.Context(), intake.Place{}) {
		if err != nil || r.Err != nil {
			t.Fatal(err, r.Err)
		}
		n++
	}
	runtime.ReadMemStats(&after)
	const each, once = 4 << 10, 1 << 20 // bytes
	if took := after.TotalAlloc - before.TotalAlloc; n != many+1 || took > many*each+once {
		t.Errorf("%d records took %d bytes", n, took)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
