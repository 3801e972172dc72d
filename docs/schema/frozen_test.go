package schema

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/copydesk/copydesk/docs/schema/compat"
	"github.com/copydesk/copydesk/pkg/news"
)

// frozen are the schemas that subscribers were promised, as they were on the day
// of the promise, by the digest of the file. Neither is ever changed: what is to
// be otherwise is a new version beside it.
var frozen = map[string]string{
	news.ArticleSchema:   "932a87a5f14ecd43005fbadf63f859d0300a9602069e2660d1d028a5498b52e7",
	news.WithdrawnSchema: "c1cad563640015dfd1bab6b58b8a1ba507c831dbda50a7dc9ebbeed5afad9948",
}

func frozenSchema(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("frozen", File(name)+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != frozen[name] {
		t.Fatalf("frozen/%s.schema.json was changed: it is what was promised; its digest is %x", File(name), sum)
	}
	return text
}

func frozenRecords(t *testing.T, name string) [][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("frozen", File(name)+".records.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Split(bytes.TrimSpace(text), []byte("\n"))
}

// Today's schema keeps what the frozen one promises, and CHANGES.md names what
// was added.
func TestFrozen(t *testing.T) {
	for name := range frozen {
		today, err := files.ReadFile(File(name) + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		result, err := compat.Compare(frozenSchema(t, name), today)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range result.Breaks {
			t.Errorf("%s breaks its promise: %s", name, b)
		}
		told := chapter(t, name)
		for _, path := range result.Added {
			if !strings.Contains(told, "`"+path+"`") {
				t.Errorf("CHANGES.md does not name `%s` below %s", path, name)
			}
		}
	}
}

// chapter is what CHANGES.md says of a schema.
func chapter(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("CHANGES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\n## "+name+"\n")
	if !found {
		t.Fatalf("CHANGES.md has no chapter %s", name)
	}
	told, _, _ := strings.Cut(after, "\n## ")
	return told
}

// What was recorded then holds today, and today's types lose nothing of it.
func TestFrozenRecords(t *testing.T) {
	v, err := NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	for name := range frozen {
		then := compiled(t, name)
		for i, record := range frozenRecords(t, name) {
			if err := v.Validate(name, record); err != nil {
				t.Errorf("%s, record %d, by today's schema: %v", name, i, err)
			}
			if err := then(record); err != nil {
				t.Errorf("%s, record %d, by the frozen schema: %v", name, i, err)
			}
			message := messages()[name]
			strict := json.NewDecoder(bytes.NewReader(record))
			strict.DisallowUnknownFields()
			if err := strict.Decode(message); err != nil {
				t.Errorf("%s, record %d: %v", name, i, err)
			}
			again, err := json.Marshal(message)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(value(t, record), value(t, again)); diff != "" {
				t.Errorf("%s, record %d, read and written (-then +now):\n%s", name, i, diff)
			}
		}
	}
}

// The frozen records have every field that there was: else losing one would not
// be seen.
func TestFrozenRecordsAreWhole(t *testing.T) {
	for name := range frozen {
		var defs struct {
			Defs map[string]struct {
				Properties map[string]any `json:"properties"`
			} `json:"$defs"`
		}
		if err := json.Unmarshal(frozenSchema(t, name), &defs); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, record := range frozenRecords(t, name) {
			message := messages()[name]
			if err := json.Unmarshal(record, message); err != nil {
				t.Fatal(err)
			}
			filled(reflect.ValueOf(message).Elem(), seen)
		}
		for def, of := range defs.Defs {
			for property := range of.Properties {
				if path := def + "." + property; !seen[path] && path != "Publisher.country" {
					t.Errorf("no frozen record has %s", path)
				}
			}
		}
	}
}

// filled notes which fields of which types have a value.
func filled(v reflect.Value, seen map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			filled(v.Elem(), seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			filled(v.Index(i), seen)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			filled(v.MapIndex(key), seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if !v.Field(i).IsZero() && name != "" {
				seen[v.Type().Name()+"."+name] = true
				filled(v.Field(i), seen)
			}
		}
	}
}

// Whoever checks by the frozen schema takes what is written today.
func TestTodayHoldsByTheFrozenSchema(t *testing.T) {
	for name := range frozen {
		text, err := Example(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled(t, name)(text); err != nil {
			t.Errorf("example of %s: %v", name, err)
		}
	}
}

// Every field that is promised says what it is.
func TestFieldsAreExplained(t *testing.T) {
	for name := range frozen {
		text, err := files.ReadFile(File(name) + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			Defs map[string]struct {
				Properties map[string]struct {
					Description string `json:"description"`
				} `json:"properties"`
			} `json:"$defs"`
		}
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		for def, of := range s.Defs {
			for property, p := range of.Properties {
				if p.Description == "" {
					t.Errorf("%s: %s.%s has no comment", name, def, property)
				}
			}
		}
	}
}

// What a subscriber reads is promised, and CHANGES.md says of every other message
// that it is not.
func TestPromises(t *testing.T) {
	told := chapter(t, "Not promised")
	for name := range messages() {
		_, promised := frozen[name]
		if named := strings.Contains(told, "`"+name+"`"); named == promised {
			t.Errorf("%s: promised is %v, and named as not promised is %v", name, promised, named)
		}
	}
}

// compiled validates by a frozen schema.
func compiled(t *testing.T, name string) func(doc []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(frozenSchema(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return func(text []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		return s.Validate(v)
	}
}

func value(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
