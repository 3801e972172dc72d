package agency_test

import (
	"testing"

	"github.com/copydesk/copydesk/pkg/agency"
)

// TestAdd says that what is added is found as it was written, and that an
// agency that the world has can be added again.
func TestAdd(t *testing.T) {
	var table agency.Table
	add := func(a agency.Agency, aliases ...string) {
		t.Helper()
		if err := table.Add(a); err != nil {
			t.Fatal(err)
		}
		for _, alias := range aliases {
			if err := table.AddAlias(a.Name, alias); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(agency.Agency{Name: "EPS", FullName: "Example Press Service"}, "ExPress", "E.P.S.")
	add(agency.Agency{Name: "AFP", FullName: "Agence France-Presse"}, "Fransapres")
	add(agency.Agency{Name: "Direkt"})
	for literal, want := range map[string]string{
		"eps": "", "EPS": "EPS", "(E.P.S.)": "EPS", "ExPress": "EPS", "Express": "", "example press-service": "EPS",
		"Fransapres": "AFP", "FRANSAPRES": "AFP", "fransapres": "", "AFP": "AFP", "Direkt": "", "": "",
	} {
		if got, _ := table.Find(literal); got.Name != want {
			t.Errorf("%q stands for %q, want %q", literal, got.Name, want)
		}
	}
	if _, ok := (agency.Table{}).Find("EPS"); ok {
		t.Error("another table has it too")
	}
}
