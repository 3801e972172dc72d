package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// messages are the types behind the schemas, empty.
func messages() map[string]any {
	return map[string]any{
		news.FetchSchema: &news.FetchJob{}, news.PageSchema: &news.Page{}, news.ArticleSchema: &news.Article{},
		news.EventSchema: &news.Event{}, news.DeadSchema: &news.DeadLetter{},
		news.WithdrawnSchema: &news.Withdrawn{}, news.RevisitSchema: &news.Revisit{}, news.RecordSchema: &news.Record{},
	}
}

// TestFresh generates the schemas anew and compares them with the files.
func TestFresh(t *testing.T) {
	dir := t.TempDir()
	gen := exec.Command("go", "run", "./docs/schema/gen", dir)
	gen.Dir = filepath.Join("..", "..")
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("generate: %v\n%s", err, out)
	}
	for name := range messages() {
		file := File(name) + ".schema.json"
		want, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, run make schema (-generated +file):\n%s", file, diff)
		}
	}
}

func TestExamples(t *testing.T) {
	v, err := NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	for name, message := range messages() {
		text, err := Example(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(name, text); err != nil {
			t.Errorf("example of %s: %v", name, err)
		}
		strict := json.NewDecoder(bytes.NewReader(text))
		strict.DisallowUnknownFields()
		if err := strict.Decode(message); err != nil {
			t.Errorf("example of %s: %v", name, err)
		}
		again, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(name, again); err != nil {
			t.Errorf("example of %s, read and written: %v", name, err)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	v, err := NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	text, err := Example(news.EventSchema)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, schema, old, new string }{
		{"other schema", news.ArticleSchema, "", ""},
		{"unknown schema", "event/9", "", ""},
		{"wrong type", news.EventSchema, `"attempt": 1`, `"attempt": "1"`},
		{"missing field", news.EventSchema, `"outcome": "done",`, ``},
		{"bad time", news.EventSchema, `2026-03-14T08`, `2026-03-14 08`},
		{"not JSON", news.EventSchema, `{`, ``},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := v.Validate(tt.schema, []byte(strings.Replace(string(text), tt.old, tt.new, 1))); err == nil {
				t.Error("accepted")
			}
		})
	}
	// What a later build adds must not trouble a reader.
	grown := strings.Replace(string(text), `"outcome"`, `"colour": "blue", "outcome"`, 1)
	if err := v.Validate(news.EventSchema, []byte(grown)); err != nil {
		t.Errorf("an added field: %v", err)
	}
}
