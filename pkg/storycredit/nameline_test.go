package storycredit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAgenciesIn(t *testing.T) {
	tests := []struct {
		byline string
		want   []string
	}{
		{"Jane Doe, AP", []string{"AP"}},
		{"Jane Doe (AP)", []string{"AP"}},
		{"Jane Doe Associated Press", []string{"AP"}},
		{"AP Auto Writer", []string{"AP"}},
		{"Redazione Ansa", []string{"ANSA"}},
		{"EFE Madrid", []string{"EFE"}},
		{"Agence France-Presse in Paris", []string{"AFP"}},
		{"20 Rivages avec AFP", []string{"AFP"}},
		{"DA REUTERS", []string{"Reuters"}},
		{"Por France Presse", []string{"AFP"}},
		{"Rédaction avec Belga", []string{"Belga"}},
		{"Maude Roy, avec l’Agence France-Presse", []string{"AFP"}},
		{"新华社记者 邵可", []string{"Xinhua"}},
		{"[서울=뉴시스] 길나영 기자", []string{"Newsis"}},
		{"Jane Doe", nil},
		{"Petra Mehr", nil},
	}
	for _, tt := range tests {
		t.Run(tt.byline, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, namesIn(Reader{}.AgenciesIn(tt.byline))); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}
