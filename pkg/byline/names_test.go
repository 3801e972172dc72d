package byline

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
		{"ferry.com, Springfield, Norland", true, nil},                                       // an outlet and its address
		{"By Ada Quill, FERRY SOUTH", false, []string{"Ada Quill"}},                          // a branch of it
		{"Von unserer Redaktion", false, nil},                                                // nobody
		{"News", true, nil},                                                                  // a folder
		{"Greta Lindner, Birkau, Ole Brandt", true, []string{"Greta Lindner", "Ole Brandt"}}, // a place among names
		{"Ada Quill, MS, RD", true, []string{"Ada Quill"}},                                   // degrees
		{"Tide & Sand", true, []string{"Tide & Sand"}},                                       // one name of two words
		{"Agencies", true, nil},
		{"(Norport", true, nil},
		{"Autorin/Autor Greta Lindner", false, []string{"Greta Lindner"}},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			ferry := &Outlet{}
			ferry.Add("The Ferry Gazette")
			ferry.Add("Ferry")
			read := Reader{Outlet: ferry}.Printed
			if tt.told {
				read = Reader{Outlet: ferry}.Told
			}
			var got []string
			for _, p := range read(tt.line) {
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
