package intake_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/warc"
)

// long is a file of so many megabytes of one text between a begin and an end.
func long(t testing.TB, path, begin, text string, megabytes int, end string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	to := io.WriteCloser(nopCloser{file})
	switch filepath.Ext(path) {
	case ".gz":
		to = gzip.NewWriter(file)
	case ".zst":
		if to, err = zstd.NewWriter(file); err != nil {
			t.Fatal(err)
		}
	}
	io.WriteString(to, begin)
	for many := []byte(strings.Repeat(text, (1<<20)/len(text))); megabytes > 0; megabytes-- {
		to.Write(many)
	}
	io.WriteString(to, end)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// TestHostileLines reads lines that were made to fill the memory: each is told with
// its place and its reason, and the page behind it is read.
func TestHostileLines(t *testing.T) {
	const url = `{"url":"https://news.example/tide",`
	const good = "\n" + url + `"html":"<p>Tide"}` + "\n"
	for _, test := range []struct {
		name, begin, text string
		megabytes         int
		end, says         string
		most              uint64 // megabytes that it may take, with garbage; more than without the race detector, with which pools forget
	}{
		{"a line of a gigabyte", url + `"html":"`, "a", 1024, `"}`, "a line of 1073741", 400},
		{"a line without an end of its text", url + `"html":"`, "a", 40, "", "no line of JSON", 300},
		{"a page that is too long", url + `"html":"`, "a", 40, `"}`, "more than 32 MB", 500},
		{"names of no meaning", url + `"b":1`, `,"a":1`, 60, `}`, "a page without HTML", 600},
		{"values for one name", url + `"html":1`, `,"html":1`, 60, `}`, "a page without HTML", 600},
		{"an object in an object", url + `"raw_html":`, `{"raw_html":`, 12, `1`, "no line of JSON", 100},
		{"a long time", url + `"html":" ","date":"`, "2026-05-03 ", 40, `"}`, "a page without HTML", 300},
		{"bytes of no charset", url + "\"html\":\"\xff\xfe", "\x00", 1, `"}`, "no line of JSON", 20},
	} {
		endings := []string{""}
		if test.megabytes > 100 {
			if testing.Short() {
				t.Logf("%s: not in a short run", test.name)
				continue
			}
			endings = []string{".gz", ".zst"} // not on everybody's disk
		}
		for _, packed := range endings {
			t.Run(test.name+packed, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "hostile.jsonl"+packed)
				long(t, path, test.begin, test.text, test.megabytes, test.end+good)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				all := allOf(t, path)
				runtime.ReadMemStats(&after)
				if len(all) != 2 || all[0].Err == nil || !strings.Contains(all[0].Err.Error(), test.says) || all[1].Page == nil || len(all[0].Err.Error()) > 2000 {
					t.Errorf("got %.300v, want an error with %q, and a page", all, test.says)
				}
				if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > test.most {
					t.Errorf("it took %d MB", took)
				}
			})
		}
	}
}

// allOf are the records of a source of which none is read.
func allOf(t testing.TB, path string) (all []intake.Record) {
	t.Helper()
	s, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for r, err := range s.Records(t.Context(), intake.Place{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// TestHostileZips reads zips whose names and contents lie: none leads out of the
// file, and what can be read is.
func TestHostileZips(t *testing.T) {
	gz := records(t, warc.Gzip, 3)
	inner := zipped(t, zip.Store, map[string][]byte{"archive/a.warc.gz": gz}, "archive/a.warc.gz")
	outside := filepath.Join(t.TempDir(), "outside.warc.gz")
	for name, test := range map[string]struct {
		file map[string][]byte
		want int
		says string
	}{
		"names that lead out":    {map[string][]byte{"archive/../../../a.warc.gz": gz, "archive/" + outside: gz}, 6, ""},
		"absolute names":         {map[string][]byte{outside: gz, "/archive/a.warc.gz": gz, "archive/a.warc.gz": gz}, 3, ""},
		"a zip in it":            {map[string][]byte{"archive/a.wacz": inner, "archive/a.warc.gz": gz}, 3, ""},
		"nothing but a zip":      {map[string][]byte{"archive/a.wacz": inner}, 0, "no web archive"},
		"a zip by another name":  {map[string][]byte{"archive/a.warc.gz": inner, "archive/b.warc.gz": gz}, 6, "begins neither"},
		"indexes that lie":       {map[string][]byte{"indexes/index.cdxj": []byte("example,news)/ 2026 {\"offset\":\"-9\",\"filename\":\"/etc/passwd\"}"), "archive/a.warc.gz": gz}, 3, ""},
		"pages that are no JSON": {map[string][]byte{"pages/pages.jsonl": {0xff, 0}, "archive/a.warc.gz": gz}, 3, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var order []string
			for entry := range test.file {
				order = append(order, entry)
			}
			path := filepath.Join(t.TempDir(), "hostile.wacz")
			if err := os.WriteFile(path, zipped(t, zip.Store, test.file, order...), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(outside); err == nil {
				t.Error("it was unpacked")
			}
			s, err := intake.Open(path)
			if err != nil {
				if test.want > 0 || !strings.Contains(err.Error(), test.says) {
					t.Error(err)
				}
				return
			}
			s.Close()
			got, said := 0, ""
			for _, r := range allOf(t, path) {
				if r.WARC != nil {
					got++
				} else {
					said += fmt.Sprint(r.Err)
				}
			}
			if got != test.want || !strings.Contains(said, test.says) || (said == "") != (test.says == "") {
				t.Errorf("%d records, %q, want %d, %q", got, said, test.want, test.says)
			}
		})
	}
}

// TestCutAnywhere cuts a source of every kind at any place: it is read without a
// panic, and what is whole before the cut is there.
func TestCutAnywhere(t *testing.T) {
	folder, readable := sources(t)
	for name, whole := range readable {
		if whole <= 0 {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "cut"+name[strings.Index(name, "."):])
		last := 0
		for at := 1; at < len(text); at += max(1, len(text)/150) {
			if err := os.WriteFile(path, text[:at], 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := intake.Open(path)
			if err != nil {
				continue // a zip ends with its list
			}
			s.Close()
			got := 0
			for _, s := range readOn(t, path, intake.Place{}) {
				if strings.Contains(s.What, "sha256:") {
					got++
				}
			}
			if got < last || got > whole {
				t.Errorf("%s cut at %d: %d records, were %d of %d", name, at, got, last, whole)
			}
			last = got
		}
	}
}

// TestOriginalMemory says that a long record is in the memory once.
func TestOriginalMemory(t *testing.T) {
	const size = 40 << 20
	for _, ending := range []string{".warc", ".warc.gz"} {
		path := filepath.Join(t.TempDir(), "long"+ending)
		long(t, path, fmt.Sprintf("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n", size), "a", size>>20, "\r\n\r\n")
		s, err := intake.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for r, err := range s.Records(t.Context(), intake.Place{}) {
			if err != nil || r.Err != nil {
				t.Fatal(err, r.Err)
			}
			if _, err := r.Original(64 << 20); err != nil {
				t.Error(err)
			}
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > size+(2<<20) {
			t.Errorf("%s: it took %d MB", ending, took>>20)
		}
	}
}

// TestInterrupt says that a record without an end does not keep the reader.
func TestInterrupt(t *testing.T) {
	for _, ending := range []string{".warc.gz", ".jsonl.gz"} {
		path := filepath.Join(t.TempDir(), "long"+ending)
		long(t, path, "WARC/1.1\r\nContent-Length: 999999999999\r\n\r\n", "a line without an end ", 200, "")
		s, err := intake.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for r, err := range s.Records(ctx, intake.Place{}) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %+v, %v", ending, r, err)
			}
		}
	}
}
