package agency_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
)

func TestFind(t *testing.T) {
	tests := []struct {
		literal, want string
	}{
		{"AFP", "AFP"},
		{"Agence France-Presse", "AFP"},
		{"dpa", "dpa"},
		{"DPA", "dpa"},
		{"sda", "Keystone-SDA"},
		{"(Reuters)", "Reuters"},
		{"The Associated Press", "AP"},
		{"共同", "Kyodo"},
		{"ap", ""},  // two small letters are a word of many languages
		{"Sta", ""}, // a name in no agency's own spelling
		{"map", ""}, // a word
		{"RSS", ""}, // a link
		{"أ ف ب", "AFP"},
		{"路透社", "Reuters"},
		{"", ""},     // nothing
		{"Jane", ""}, // a name
	}
	for _, tt := range tests {
		t.Run(tt.literal, func(t *testing.T) {
			got, _ := agency.Table{}.Find(tt.literal)
			if got.Name != tt.want {
				t.Errorf("Find(%q): got %q, want %q", tt.literal, got.Name, tt.want)
			}
		})
	}
}

func TestFindCredited(t *testing.T) {
	for literal, want := range map[string]string{"Direkt": "Direkt", "direkt": "", "SPA": "SPA", "Spa": "", "Mehr": "Mehr", "mehr": ""} {
		if got, _ := (agency.Table{}).FindCredited(literal); got.Name != want {
			t.Errorf("FindCredited(%q): got %q, want %q", literal, got.Name, want)
		}
		if got, ok := (agency.Table{}).Find(literal); ok {
			t.Errorf("Find(%q): got %q, want none", literal, got.Name)
		}
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		text        string
		found, rest []string
	}{
		{"AFP, dpa", []string{"AFP", "dpa"}, nil},
		{"apa/dpa", []string{"APA", "dpa"}, nil},
		{"AP and Reuters", []string{"AP", "Reuters"}, nil},
		{"dpa-AFX", []string{"dpa-AFX"}, nil},
		{"dpa/lby", []string{"dpa"}, []string{"lby"}},
		{"dpa-infocom, dpa:230428-99-481132/3", []string{"dpa", "dpa"}, nil},
		{"TT-Reuters", []string{"TT", "Reuters"}, nil},
		{"R.L. avec AFP", []string{"AFP"}, []string{"R.L."}},
		{"NTB–AFP", []string{"NTB", "AFP"}, nil},
		{"l’Agence France-Presse", []string{"AFP"}, nil},
		{"الأناضول وفرانس برس", []string{"AA", "AFP"}, nil},
		{"«Интерфакса» и ТАСС", []string{"Interfax", "TASS"}, nil},
		{"afp-dpa", []string{"AFP", "dpa"}, nil},
		{"Jane Doe/AFP via Getty Images", []string{"AFP", "Getty Images"}, []string{"Jane Doe"}},
		{"Europa Press", []string{"Europa Press"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			mentions, rest := agency.Table{}.List(tt.text)
			var found []string
			for _, m := range mentions {
				found = append(found, m.Name)
			}
			if diff := cmp.Diff(tt.found, found); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.rest, rest); diff != "" {
				t.Errorf("rest (-want +got):\n%s", diff)
			}
		})
	}
}
