package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/docs/schema/compat"
)

const frozen = `{
  "$ref": "#/$defs/Story",
  "title": "story/1",
  "$defs": {
    "Story": {
      "type": "object",
      "description": "A story.",
      "required": ["id", "pictures"],
      "properties": {
        "schema": {"type": "string", "const": "story/1"},
        "id": {"type": "string", "pattern": "^[0-9a-f]{4}$"},
        "at": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "x-extensible-enum": ["report", "letter"]},
        "words": {"type": "integer"},
        "pictures": {"type": "array", "items": {"$ref": "#/$defs/Picture"}},
        "notes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Note"}},
        "answer": {"$ref": "#/$defs/Story"}
      }
    },
    "Picture": {
      "type": "object",
      "required": ["url"],
      "properties": {"url": {"type": "string"}, "by": {"type": "array", "items": {"type": "string"}}}
    },
    "Note": {
      "type": "object",
      "properties": {"trust": {"type": "number", "minimum": 0, "maximum": 1}}
    }
  }
}`

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string // what is written otherwise today
		breaks, added  []string
	}{
		{name: "as it was"},
		{"other words", `"A story."`, `"One story."`, nil, nil},
		{"another title of a definition", `Picture`, `Image`, nil, nil},

		{"a field more", `"words"`, `"colour": {"type": "string"}, "words"`, nil, []string{"colour"}},
		{"a field more in a list", `"by"`, `"height": {"type": "integer"}, "by"`, nil, []string{"pictures[].height"}},
		{"a field more in a map", `"trust"`, `"by": {"type": "string"}, "trust"`, nil, []string{"notes{}.by"}},
		{"an object more, with what it needs", `"words"`, `"place": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}, "words"`, nil, []string{"place"}},
		{"a value more", `"letter"]`, `"letter", "poem"]`, nil, []string{`kind: "poem"`}},
		{"values where there were none", `"words": {"type": "integer"}`, `"words": {"type": "integer", "x-extensible-enum": ["1"]}`, nil, []string{`words: "1"`}},

		{"a field gone", `"words": {"type": "integer"},`, ``, []string{"words: is gone"}, nil},
		{"a field gone in a list", `"by": {"type": "array", "items": {"type": "string"}}`, `"by2": {"type": "string"}`, []string{"pictures[].by: is gone"}, []string{"pictures[].by2"}},
		{"a field renamed", `"at":`, `"when":`, []string{"at: is gone"}, []string{"when"}},
		{"a required field gone", `"id": {"type": "string", "pattern": "^[0-9a-f]{4}$"},`, ``, []string{"id: is gone"}, nil},
		{"another type", `"words": {"type": "integer"}`, `"words": {"type": "number"}`, []string{`words: type was "integer", is "number"`}, nil},
		{"a text that became an object", `"words": {"type": "integer"}`, `"words": {"type": "object"}`, []string{`words: type was "integer", is "object"`}, nil},
		{"one that became a list", `"words": {"type": "integer"}`, `"words": {"type": "array", "items": {"type": "integer"}}`,
			[]string{`words: type was "integer", is "array"`, `words[]: items was open, is {"type":"integer"}`}, nil},
		{"a list of others", `"items": {"type": "string"}`, `"items": {"type": "object"}`, []string{`pictures[].by[]: type was "string", is "object"`}, nil},
		{"no type any more", `"words": {"type": "integer"}`, `"words": {}`, []string{`words: type was "integer", is open`}, nil},
		{"a definition instead of a text", `"words": {"type": "integer"}`, `"words": {"$ref": "#/$defs/Note"}`, []string{`words: type was "integer", is "object"`}, []string{"words.trust"}},
		{"required no more", `["id", "pictures"]`, `["id"]`, []string{"pictures: was required, is not"}, nil},
		{"required no more in a list", `"required": ["url"],`, ``, []string{"pictures[].url: was required, is not"}, nil},
		{"required now", `["id", "pictures"]`, `["id", "pictures", "words"]`, []string{"words: is required, and older documents may lack it"}, nil},
		{"a new field that is required", `"required": ["url"],
      "properties": {`, `"required": ["url", "size"],
      "properties": {"size": {"type": "integer"}, `, []string{"pictures[].size: is required, and older documents may lack it"}, []string{"pictures[].size"}},
		{"a value gone", `["report", "letter"]`, `["report"]`, []string{`kind: the value "letter" is gone`}, nil},
		{"all values gone", `, "x-extensible-enum": ["report", "letter"]`, ``, []string{`kind: the value "letter" is gone`, `kind: the value "report" is gone`}, nil},
		{"a closed list of values", `"x-extensible-enum": [`, `"enum": [`, []string{`kind: enum is not judged here`, `kind: the value "letter" is gone`, `kind: the value "report" is gone`}, nil},
		{"another pattern", `{4}`, `{8}`, []string{`id: pattern was "^[0-9a-f]{4}$", is "^[0-9a-f]{8}$"`}, nil},
		{"no pattern", `, "pattern": "^[0-9a-f]{4}$"`, ``, []string{`id: pattern was "^[0-9a-f]{4}$", is open`}, nil},
		{"a new pattern", `"words": {"type": "integer"`, `"words": {"type": "integer", "pattern": "1"`, []string{`words: pattern was open, is "1"`}, nil},
		{"another format", `"date-time"`, `"date"`, []string{`at: format was "date-time", is "date"`}, nil},
		{"a wider range", `"maximum": 1`, `"maximum": 2`, []string{`notes{}.trust: maximum was 1, is 2`}, nil},
		{"another version", `"const": "story/1"`, `"const": "story/2"`, []string{`schema: const was "story/1", is "story/2"`}, nil},
		{"closed", `"required": ["url"],`, `"required": ["url"], "additionalProperties": false,`, []string{`pictures[]{}: additionalProperties was open, is false`}, nil},
		{"a choice", `"words": {"type": "integer"}`, `"words": {"oneOf": [{"type": "integer"}, {"type": "null"}]}`,
			[]string{`words: oneOf is not judged here`, `words: type was "integer", is open`}, nil},
		{"a reference to nothing", `"items": {"$ref": "#/$defs/Picture"}`, `"items": {"$ref": "#/$defs/Drawing"}`,
			[]string{`pictures[].by: is gone`, `pictures[].url: is gone`, `pictures[]: $ref is not judged here`, `pictures[]: type was "object", is open`}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(frozen, tt.old) {
				t.Fatalf("there is no %s", tt.old)
			}
			got, err := compat.Compare([]byte(frozen), []byte(strings.ReplaceAll(frozen, tt.old, tt.new)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(compat.Result{Breaks: tt.breaks, Added: tt.added}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareRefusesWhatIsNoSchema(t *testing.T) {
	if _, err := compat.Compare([]byte(frozen), []byte(`[1`)); err == nil {
		t.Error("accepted")
	}
}
