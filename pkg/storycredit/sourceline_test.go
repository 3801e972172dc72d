package storycredit

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSourceLine(t *testing.T) {
	tests := []struct {
		line string
		want []string
	}{
		{"Quelle: apa/dpa", []string{"APA", "dpa"}},
		{"Mit Material von dpa", []string{"dpa"}},
		{"Con información de Reuters y Bloomberg", []string{"Reuters", "Bloomberg"}},
		{"Com Agência Lusa e Reuters", []string{"Lusa", "Reuters"}},
		{"Con información de AFP y agencias", []string{"AFP"}},
		{"Źródło artykułu: PAP", []string{"PAP"}},
		{"Quelle: ZEITBLATT ONLINE, dpa, AFP, kzi", []string{"dpa", "AFP"}},
		{"Mit dpa-Material", []string{"dpa"}},
		{"Mit Material der Nachrichtenagenturen AFP und dpa", []string{"AFP", "dpa"}},
		{"Quelle: dpa, eigener Bericht", []string{"dpa"}},
		{"Bron: ANP/dpa", []string{"ANP", "dpa"}},
		{"Källa: Direkt, Reuters", []string{"Direkt", "Reuters"}},
		{"Źródło: Reuters, PAP, CTK", []string{"Reuters", "PAP", "CTK"}},
		{"По материалам «Интерфакса» и ТАСС", []string{"Interfax", "TASS"}},
		{"資料來源：中央社、本報", []string{"CNA"}},
		{"（本文部分内容综合自路透社报道）", []string{"Reuters"}},
		{"- with AAP", []string{"AAP"}},
		{"Associated Press writer Jane Doe in Northport contributed to this report.", []string{"AP"}},
		{"Information from the Associated Press was used in this report.", []string{"AP"}},
		{"© dpa-infocom, dpa:240427-99-818234/3", []string{"dpa"}},
		{"© 2025 AFP. Tous droits de reproduction et de représentation réservés.", []string{"AFP"}},
		{"©2024 Bloomberg L.P.", []string{"Bloomberg"}},
		{"(©NTB)", []string{"NTB"}},
		{"المصدر: رويترز", []string{"Reuters"}},
		{"Diese Meldung wurde automatisch von der Deutschen Presse-Agentur (dpa) übernommen.", []string{"dpa"}},
		{"(This story has not been edited by our staff and is published from a PTI feed.)", []string{"PTI"}},
		{"Copyright 2024, dpa (www.dpa.de). Alle Rechte vorbehalten", []string{"dpa"}},
		{"(With ANI inputs)", []string{"ANI"}},
		{"출처=연합뉴스", []string{"Yonhap"}},
		{"Zdroj: ČTK", []string{"CTK"}},
		{"Autor: ČTK", []string{"CTK"}},
		{"*Com informações da Agência Brasil", []string{"Agência Brasil"}},
		{"This story was first told by my mother.", nil},
		{"By Jane Doe", nil},
		{"Foto: Jane Doe/dpa", nil}, // of a picture
		{"The mayor told Reuters that nothing was decided.", nil},
		{"© 2024 The Courier", nil},
		{"With Reuters reporters at the door, the minister left by the back.", nil},
		{"RSS", nil}, // a link
		{"(Agencias)", nil},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			var got []string
			for _, m := range (Reader{}).SourceLine(tt.line) {
				if !slices.Contains(got, m.Name) {
					got = append(got, m.Name)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}
