package export

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/copydesk/copydesk/pkg/news"
)

// The example of docs/export.md is what the example of docs/schema becomes.
func TestNinJSExample(t *testing.T) {
	var out, want bytes.Buffer
	w := NewNinJS(&out)
	writeAll(t, w, sample(t, 1))
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := json.Indent(&want, out.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "```json\n", "```\n"
	before, rest, _ := strings.Cut(string(doc), begin)
	got, after, found := strings.Cut(rest, end)
	if *update {
		if err := os.WriteFile("../../docs/export.md", []byte(before+begin+want.String()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want.String(), got); diff != "" || !found {
		t.Errorf("docs/export.md (-want +got):\n%s", diff)
	}
}

// Whatever a record has, its object holds what the specification of ninjs asks.
func TestNinJSIsValid(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	checks, err := compiler.Compile("testdata/ninjs3.checks.json")
	if err != nil {
		t.Fatal(err)
	}
	full := example(t)
	odd := full
	odd.URL, odd.CanonicalURL = "https://news.example/a b|ü?q={x}#y z", "not an address"
	odd.DatePublished = &news.Date{Value: "2026-03-13", Precision: news.ToDay}
	odd.AccessEvidence = news.AccessByTruncation
	for name, tt := range map[string]struct {
		stored news.Stored
		want   string // is in it
	}{
		"full":      {news.Stored{Article: full, Version: 2, FirstSeen: sampleMorning}, `"contentCreated":"2026-03-13T17:05:00+01:00"`},
		"odd":       {news.Stored{Article: odd}, `"representationType":"partial"`},
		"addresses": {news.Stored{Article: odd}, `"href":"https://news.example/a%20b%7C%C3%BC?q=%7Bx%7D#y%20z"`},
		"empty":     {news.Stored{}, `"type":"text"`},
		"gone":      {news.Stored{Article: full, WithdrawnAt: sampleMorning}, `"pubStatus":"canceled"`},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := NewNinJS(&out)
			writeAll(t, w, lineOf(t, news.StoredRow{Number: 1, Stored: tt.stored}))
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			object, err := jsonschema.UnmarshalJSON(&out)
			if err != nil {
				t.Fatal(err)
			}
			if err := checks.Validate(object); err != nil {
				t.Error(err)
			}
			text := string(lineOf(t, object))
			if !strings.Contains(strings.ReplaceAll(text, `\u0026`, "&"), tt.want) {
				t.Errorf("%s: no %s", text, tt.want)
			}
		})
	}
}
