package photocredit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCutCredit(t *testing.T) {
	tests := []struct{ line, caption, text, label string }{
		{"A boat on the quayImage: Idris Halvorsen/AFP", "A boat on the quay", "Idris Halvorsen/AFP", "Image"},
		{"A boat on the quay. Photo: Idris Halvorsen/AFP", "A boat on the quay.", "Idris Halvorsen/AFP", "Photo"},
		{"Ein Boot am Kai © Heike Sommer/dpa", "Ein Boot am Kai", "Heike Sommer/dpa", "©"},
		{"A boat on the quay (Idris Halvorsen/AP)", "A boat on the quay", "Idris Halvorsen/AP", ""},
		{"Un bateau. (Photo Le Journal / I. H.)", "Un bateau.", "Le Journal / I. H.", "Photo"},
		{"Ein Boot (Archiv). (Quelle: IMAGO/Idris Halvorsen)", "Ein Boot (Archiv).", "IMAGO/Idris Halvorsen", "Quelle"},
		{"The mayor said: we shall see what the sea will bring us in the years to come, and so shall our children and theirs", "The mayor said: we shall see what the sea will bring us in the years to come, and so shall our children and theirs", "", ""},
		{"A boat on the quay. (Idris Halvorsen/Harbour Pictures)", "A boat on the quay.", "Idris Halvorsen/Harbour Pictures", ""},
		{"A boat on the quay. (Archive)", "A boat on the quay. (Archive)", "", ""},
		{"The boat lies on the quay(Dok.Harbour)", "The boat lies on the quay", "Dok.Harbour", ""},
		{"The boat lies on the quay (Left)", "The boat lies on the quay (Left)", "", ""},
		{"桟橋の船（青木海斗撮影）", "桟橋の船", "青木海斗", "撮影"},
		{"부두의 배 [사진 출처 = 항구뉴스]", "부두의 배", "항구뉴스", "사진 출처"},
		{"A boat (left) and a quay", "A boat (left) and a quay", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			caption, c := Reader{}.Cut(tt.line)
			if caption != tt.caption || c.Text != tt.text || c.Label != tt.label {
				t.Errorf("got %q, %q, %q; want %q, %q, %q", caption, c.Text, c.Label, tt.caption, tt.text, tt.label)
			}
		})
	}
}

func TestCreditParties(t *testing.T) {
	tests := []struct {
		text         string
		people, orgs []string
	}{
		{"Idris Halvorsen/AFP", []string{"Idris Halvorsen"}, []string{"AFP"}},
		{"Idris Halvorsen/AFP via Getty Images", []string{"Idris Halvorsen"}, []string{"AFP", "Getty Images"}},
		{"AP Photo/Idris Halvorsen", []string{"Idris Halvorsen"}, []string{"AP"}},
		{"Moussa Ag Idris/AFP", []string{"Moussa Ag Idris"}, []string{"AFP"}},
		{"Hafen Energie AG", nil, []string{"Hafen Energie AG"}},
		{"Idris Halvorsen/Nordbilde", []string{"Idris Halvorsen"}, []string{"Nordbilde"}},
		{"Nordbilde/Idris Halvorsen", []string{"Idris Halvorsen"}, []string{"Nordbilde"}},
		{"Halvorsen/Nordbilde", nil, nil},
		{"Nordbilde/Harbour Sports/I.Halvorsen", nil, []string{"Harbour Sports"}},
		{"Idris Halvorsen/J.Doe", []string{"Idris Halvorsen"}, nil},
		{"Idris Halvorsen/privat", []string{"Idris Halvorsen"}, nil},
		{"Idris Halvorsen/Reuters/Nordbilde", []string{"Idris Halvorsen"}, []string{"Reuters", "Nordbilde"}},
		{"Idris Halvorsen, Reed & Tide Productions", []string{"Idris Halvorsen"}, []string{"Reed & Tide Productions"}},
		{"Idris Halvorsen & Jane Doe", []string{"Idris Halvorsen", "Jane Doe"}, nil},
		{"Quay Post. Photo by Idris Halvorsen", []string{"Idris Halvorsen"}, []string{"Quay Post"}},
		{"eHarbour Municipality / Facebook", nil, []string{"eHarbour Municipality"}},
		{"Harbour office", nil, []string{"Harbour office"}},
		{"Harbour", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			people, orgs := Reader{}.Parties(tt.text)
			if diff := cmp.Diff(tt.people, people); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.orgs, orgs); diff != "" {
				t.Errorf("organisations (-want +got):\n%s", diff)
			}
		})
	}
}
