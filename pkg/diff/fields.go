package diff

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// apart are the fields of a record that say nothing of the story: what names it,
// what says how it was made, and what is computed from other fields.
var apart = []string{
	"schema", "id", "url", "requestedUrl", "contentHash", "simhash", "provenance", "extraction", "raw", "recordRef",
}

// Compares says whether two records can differ in a field of that name.
func Compares(field string) bool { return !slices.Contains(apart, field) }

// fieldsOf are the fields of a record in which two can differ.
func fieldsOf(record []byte) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(record, &fields); err != nil {
		return nil, fmt.Errorf("read a record: %w", err)
	}
	for _, name := range apart {
		delete(fields, name)
	}
	return fields, nil
}

// differing are the names of the fields in which two records differ, in order.
func differing(before, after map[string]json.RawMessage) []string {
	names := maps.Clone(before)
	maps.Copy(names, after)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(names)), func(name string) bool {
		return bytes.Equal(before[name], after[name])
	})
}

// textOf is a value as people read it: text as it is, lists one entry a line, and
// what has parts as "part: text".
func textOf(value json.RawMessage) string {
	if value == nil {
		return ""
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return string(value)
	}
	if list, ok := v.([]any); ok {
		lines := make([]string, len(list))
		for i, entry := range list {
			lines[i] = inLine(entry)
		}
		return strings.Join(lines, "\n")
	}
	return inLine(v)
}

// leading are the parts of a value that are read first, and without their names.
var leading = []string{"value", "kind", "role", "name", "text"}

func inLine(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			parts[i] = inLine(entry)
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		names := slices.SortedFunc(maps.Keys(v), func(a, b string) int {
			return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
		})
		var parts []string
		for _, name := range names {
			text := inLine(v[name])
			if place(name) == len(leading) {
				text = name + ": " + text
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, " · ")
	}
	return fmt.Sprint(v)
}

func place(name string) int {
	if i := slices.Index(leading, name); i >= 0 {
		return i
	}
	return len(leading)
}
