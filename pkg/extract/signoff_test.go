package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadSignoff(t *testing.T) {
	tests := []struct {
		line, initials string
		agencies       []string
	}{
		{"rm,es/dj (AFP, dpa)", "rm,es/dj", []string{"AFP", "dpa"}},
		{"mak/dpa", "mak/dpa", []string{"dpa"}},
		{"(afp, rtr)", "", []string{"AFP", "Reuters"}},
		{"(avec AFP)", "", []string{"AFP"}},
		{"（共同）", "", []string{"Kyodo"}},
		{"ab/cd", "ab/cd", nil},
		{"end", "", nil},                                 // one word alone
		{"so it goes", "", nil},                          // a sentence
		{"(page 3)", "", nil},                            // a bracket without an agency
		{"He said yes.", "", nil},                        // begins with a capital
		{"either/or, and then some more words", "", nil}, // words are longer than initials
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			initials, mentions := readSignoff(tt.line)
			var agencies []string
			for _, m := range mentions {
				agencies = append(agencies, m.Name)
			}
			if initials != tt.initials {
				t.Errorf("initials: got %q, want %q", initials, tt.initials)
			}
			if diff := cmp.Diff(tt.agencies, agencies); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadDateline(t *testing.T) {
	tests := []struct{ text, place, agency string }{
		{"EASTMOOR (AP) — The council voted.", "EASTMOOR", "AP"},
		{"COLUMBIA, S.C. (AP) — The council voted.", "COLUMBIA, S.C.", "AP"},
		{"HAVN, March 9 (Reuters) - The ministry closed.", "HAVN", "Reuters"},
		{"Birkau (dpa) - Das Rathaus ist geräumt.", "Birkau", "dpa"},
		{"PORT ALDER, Me. — The harbor will be dredged.", "PORT ALDER, Me.", ""},
		{"Dekalb, Ill. — Mike threw.", "Dekalb, Ill.", ""},
		{"The mayor – who had wanted it – left.", "", ""}, // an insertion, no place
		{"On Monday - a holiday - nobody came.", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			d, _ := readDateline(tt.text)
			if d.Place != tt.place || d.Agency != tt.agency {
				t.Errorf("got %q, %q; want %q, %q", d.Place, d.Agency, tt.place, tt.agency)
			}
		})
	}
}
