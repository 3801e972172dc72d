package export

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// FuzzWrite states that any line is written by each writer, or an error; and
// what is written is CSV of as many cells as there are names, and JSON.
func FuzzWrite(f *testing.F) {
	f.Add([]byte(`{"row":1,"headline":"=1","keywords":["a\nb"],"raw":{"fetchedAt":"2026-03-14T08:30:02Z"}}`))
	f.Add([]byte(`{"row":"1","images":[{"url":"https://news.example/a b\u0000"}]}`))
	f.Add([]byte(`{"datePublished":{"value":"2026"},"url":"::"}`))
	f.Add([]byte(`null`))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, line []byte) {
		var out strings.Builder
		w, err := NewCSV(&out, Articles, true)
		if err != nil {
			t.Fatal(err)
		}
		if w.Write(line) == nil {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll(); err != nil || len(rows) != 2 {
				t.Errorf("%d rows of CSV, %v", len(rows), err)
			}
		}
		out.Reset()
		if w := NewNinJS(&out); w.Write(line) == nil {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if !json.Valid([]byte(out.String())) {
				t.Errorf("no JSON: %q", out.String())
			}
		}
		p, err := NewParquet(stageIn(t, t.TempDir()), Articles)
		if err != nil {
			t.Fatal(err)
		}
		if json.Valid(line) && p.Write(line) == nil {
			_, _ = p.Finish()
		}
	})
}

// FuzzURI states that an address is ASCII, absolute and stays as it is, or none.
func FuzzURI(f *testing.F) {
	f.Add("https://news.example/ä b?q=ü|x#%zz")
	f.Add("mailto:desk@news.example")
	f.Add("//news.example")
	f.Fuzz(func(t *testing.T, address string) {
		got := uri(address)
		if got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil || !u.IsAbs() || uri(got) != got || strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Errorf("%q of %q: %v, and again %q", got, address, err, uri(got))
		}
	})
}
