package export

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// Other people's queries name columns, and rely on their types: what there was is
// there, and docs/schema/CHANGES.md names what came. The frozen lists never
// change.
func TestFrozenColumns(t *testing.T) {
	changes, err := os.ReadFile("../../docs/schema/CHANGES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, told, _ := strings.Cut(string(changes), "\n## Export\n")
	for _, table := range []Table{Articles, Captures} {
		text, err := os.ReadFile("testdata/frozen/" + string(table) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		then, now := strings.Split(strings.TrimSpace(string(text)), "\n"), leaves(t, table)
		for _, leaf := range then {
			if !slices.Contains(now, leaf) {
				t.Errorf("%s had %s", table, leaf)
			}
		}
		for _, leaf := range now {
			name, _, _ := strings.Cut(leaf, " ")
			if !slices.Contains(then, leaf) && !strings.Contains(told, "`"+name+"`") {
				t.Errorf("docs/schema/CHANGES.md does not name `%s` below Export; %s has %s", name, table, leaf)
			}
		}
	}
}

// leaves are the columns of a table down to those that hold values: name, type,
// and how often a record may have none and more than one.
func leaves(t *testing.T, table Table) []string {
	schema := schemaOf(table, mirror(table.row()))
	var all []string
	for _, path := range schema.Columns() {
		leaf, ok := schema.Lookup(path...)
		if !ok {
			t.Fatalf("no column %q", path)
		}
		all = append(all, fmt.Sprintf("%s %s %d %d", strings.Join(path, "."), leaf.Node.Type(), leaf.MaxDefinitionLevel, leaf.MaxRepetitionLevel))
	}
	return all
}
