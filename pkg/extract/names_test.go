package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPeople(t *testing.T) {
	tests := []struct {
		line string
		told bool
		want []string
	}{
		{"By Ada Quill and Tom Reed", false, []string{"Ada Quill", "Tom Reed"}},
		{"Von Greta Lindner und Ole Brandt, Birkau", false, []string{"Greta Lindner", "Ole Brandt"}},
		{"Par Jeanne Kermarec", false, []string{"Jeanne Kermarec"}},
		{"Por Ildefonso Parra y Rosa de la Vega", false, []string{"Ildefonso Parra", "Rosa de la Vega"}},
		{"By Ada Quill, AFP", false, []string{"Ada Quill"}},
		{"Reuters", true, nil},                    // an agency
		{"The Ferry Gazette", true, nil},          // the outlet
		{"https://social.example/ada", true, nil}, // an address
		{"By Ada Quill | 11 June 2024, 6.30am", false, []string{"Ada Quill"}},
		{"Banksy", true, []string{"Banksy"}},
		{"Share this story", false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			s := newStory(Input{}, "utf-8")
			s.addSiteName("The Ferry Gazette")
			var got []string
			for _, p := range s.people(tt.line, tt.told) {
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
