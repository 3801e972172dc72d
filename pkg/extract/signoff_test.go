package extract

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
)

func TestReadDeskLine(t *testing.T) {
	tests := []struct {
		line, initials string
		agencies       []string
		sure           float64
	}{
		{"rm,es/dj (AFP, dpa)", "rm,es/dj (AFP, dpa)", []string{"AFP", "dpa"}, sureAgency},
		{"mak/dpa", "mak/dpa", []string{"dpa"}, sureAgency},
		{"(sda/rzu)", "sda/rzu", []string{"Keystone-SDA"}, sureAgency},
		{"CT/AM (Lusa/AFP)", "CT/AM (Lusa/AFP)", []string{"Lusa", "AFP"}, sureAgency},
		{"PTI SVK ARN", "PTI SVK ARN", []string{"PTI"}, sureAgency},
		{"(afp, rtr)", "", []string{"AFP", "Reuters"}, sureAgency},
		{"(avec AFP)", "", []string{"AFP"}, sureAgency},
		{"（共同）", "", []string{"Kyodo"}, sureAgency},
		{"/ritzau/", "", []string{"Ritzau"}, sureAgency},
		{"(NTB–AFP)", "", []string{"NTB", "AFP"}, sureAgency},
		{"ani/Reuters", "ani/Reuters", []string{"Reuters"}, sureAgency},
		{"R.L. avec AFP", "R.L. avec AFP", []string{"AFP"}, sureAgency},
		{"dpa/rc", "dpa/rc", []string{"dpa"}, sureAgency},
		{"ab/cd", "ab/cd", nil, sureBars},
		{"mark/ aszw/", "mark/ aszw/", nil, sureBars},
		{"JRS // MCL", "JRS // MCL", nil, sureBars},
		{"(النهاية) ف ن / ر ج", "ف ن / ر ج", nil, sureBars},
		{"(KNA 19.11.21)", "", []string{"KNA"}, sureAgency},
		{"(APA, 3.5.2024)", "", []string{"APA"}, sureAgency},
		{"(pm – gs)", "pm – gs", nil, sureBars},
		{"(rb)", "rb", nil, sureBracket},
		{"(M.H.)", "M.H.", nil, sureDots},
		{"s.l.m.", "s.l.m.", nil, sureDots},
		{"hw", "hw", nil, sureBare},
		{"so it goes", "", nil, 0},                          // a sentence
		{"(page 3)", "", nil, 0},                            // a bracket without an agency
		{"He said yes.", "", nil, 0},                        // begins with a capital
		{"Järnforsen–Tallby 8–2 (24–9)", "", nil, 0},        // a score
		{"either/or, and then some more words", "", nil, 0}, // words are longer than initials
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			d, _ := readDeskLine(tt.line)
			if d.initials != tt.initials || d.sure != tt.sure {
				t.Errorf("got %q, %v; want %q, %v", d.initials, d.sure, tt.initials, tt.sure)
			}
			if diff := cmp.Diff(tt.agencies, namesIn(d.agencies)); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLastWords(t *testing.T) {
	tests := []struct {
		text, rest, initials string
		agencies             []string
	}{
		{"Das Rathaus ist geräumt. (APA, red, 3.5.2024)", "Das Rathaus ist geräumt.", "APA, red", []string{"APA"}},
		{"Das Rathaus ist geräumt. (Jane Doe, APA, 3.5.2024)", "Das Rathaus ist geräumt.", "", []string{"APA"}},
		{"Das Rathaus ist „leer“./abc/de/", "Das Rathaus ist „leer“.", "abc/de", nil},
		{"El puente está cerrado. EFE", "El puente está cerrado.", "", []string{"EFE"}},
		{"The bridge is closed. PTI ABC DE", "The bridge is closed.", "PTI ABC DE", []string{"PTI"}},
		{"The bridge is closed. – Additional reporting from Reuters", "The bridge is closed.", "", []string{"Reuters"}},
		{"Мост закрыт.-0-", "Мост закрыт.", "", nil},
		{"Most jest zamknięty. (PAP)", "Most jest zamknięty.", "", []string{"PAP"}},
		{"Gewählt wurde Jane Doe. (SPD)", "Gewählt wurde Jane Doe. (SPD)", "", nil},
		{"Das Urteil ist rechtskräftig. (Az. 7 S 112/25)", "Das Urteil ist rechtskräftig. (Az. 7 S 112/25)", "", nil},
		{"The mayor said so to AP.", "The mayor said so to AP.", "", nil},
		{"She never trusted the NATO", "She never trusted the NATO", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			s := newStory(Input{}, "utf-8")
			rest, _, d, _ := s.lastWords(tt.text)
			if rest != tt.rest || d.initials != tt.initials {
				t.Errorf("got %q, %q; want %q, %q", rest, d.initials, tt.rest, tt.initials)
			}
			if diff := cmp.Diff(tt.agencies, namesIn(d.agencies)); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeskPeople(t *testing.T) {
	for line, want := range map[string][]string{
		"rm,es/dj (AFP, dpa)": {"rm", "es", "dj"},
		"mak/dpa":             {"mak"},
		"PTI SVK ARN":         {"SVK", "ARN"},
		"mark/ aszw/":         {"mark", "aszw"},
		"(M.H.)":              {"M.H."},
		"S. A.":               {"S. A."},
		"(النهاية) ف ن / ر ج": {"ف ن", "ر ج"},
	} {
		d, _ := readDeskLine(line)
		if diff := cmp.Diff(want, d.people()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
}

func namesIn(found []agency.Mention) (names []string) {
	for _, m := range found {
		names = append(names, m.Name)
	}
	return names
}

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
			for _, m := range sourceLine(tt.line) {
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
			if diff := cmp.Diff(tt.want, namesIn(agenciesIn(tt.byline))); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}
