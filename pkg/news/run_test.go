package news

import (
	"strings"
	"testing"
)

func TestRunNames(t *testing.T) {
	for name, good := range map[string]bool{
		"spring-2024": true, "a": true, strings.Repeat("a", 64): true,
		"": false, "a.b": false, "*": false, ">": false, "Spring": false, "a b": false, "../a": false, strings.Repeat("a", 65): false,
	} {
		if err := (Run{Name: name, Kind: RunImport}).Check(); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := (Run{Name: "a", Kind: "other"}).Check(); err == nil {
		t.Error("a kind that is none was taken")
	}
}
