package intake_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocument says that docs/archive.md names the keys that are read.
func TestDocument(t *testing.T) {
	code, err := os.ReadFile("keys.go")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/archive.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| | keys |")
	table, _, _ = strings.Cut(table, "\nTimes are")
	keys := func(pattern, text string) (all []string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			all = append(all, m[1])
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	read := keys(`"([a-zA-Z_.]+)"`, string(code)[strings.Index(string(code), "var ("):strings.Index(string(code), "// value is")])
	if told := keys("`([^`]+)`", table); !slices.Equal(read, told) {
		t.Errorf("docs/archive.md names %q, keys.go %q", told, read)
	}
}
