package storycredit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
)

func TestReadDeskLine(t *testing.T) {
	tests := []struct {
		line, initials string
		agencies       []string
		form           DeskForm
	}{
		{"rm,es/dj (AFP, dpa)", "rm,es/dj (AFP, dpa)", []string{"AFP", "dpa"}, WithAgency},
		{"mak/dpa", "mak/dpa", []string{"dpa"}, WithAgency},
		{"(sda/rzu)", "sda/rzu", []string{"Keystone-SDA"}, WithAgency},
		{"CT/AM (Lusa/AFP)", "CT/AM (Lusa/AFP)", []string{"Lusa", "AFP"}, WithAgency},
		{"PTI SVK ARN", "PTI SVK ARN", []string{"PTI"}, WithAgency},
		{"(afp, rtr)", "", []string{"AFP", "Reuters"}, WithAgency},
		{"(avec AFP)", "", []string{"AFP"}, WithAgency},
		{"（共同）", "", []string{"Kyodo"}, WithAgency},
		{"/ritzau/", "", []string{"Ritzau"}, WithAgency},
		{"(NTB–AFP)", "", []string{"NTB", "AFP"}, WithAgency},
		{"ani/Reuters", "ani/Reuters", []string{"Reuters"}, WithAgency},
		{"R.L. avec AFP", "R.L. avec AFP", []string{"AFP"}, WithAgency},
		{"dpa/rc", "dpa/rc", []string{"dpa"}, WithAgency},
		{"ab/cd", "ab/cd", nil, InBars},
		{"mark/ aszw/", "mark/ aszw/", nil, InBars},
		{"JRS // MCL", "JRS // MCL", nil, InBars},
		{"(النهاية) ف ن / ر ج", "ف ن / ر ج", nil, InBars},
		{"(KNA 19.11.21)", "", []string{"KNA"}, WithAgency},
		{"(APA, 3.5.2024)", "", []string{"APA"}, WithAgency},
		{"(pm – gs)", "pm – gs", nil, InBars},
		{"(rb)", "rb", nil, InBracket},
		{"(M.H.)", "M.H.", nil, Dotted},
		{"s.l.m.", "s.l.m.", nil, Dotted},
		{"hw", "hw", nil, Bare},
		{"so it goes", "", nil, 0},                          // a sentence
		{"(page 3)", "", nil, 0},                            // a bracket without an agency
		{"He said yes.", "", nil, 0},                        // begins with a capital
		{"Järnforsen–Tallby 8–2 (24–9)", "", nil, 0},        // a score
		{"either/or, and then some more words", "", nil, 0}, // words are longer than initials
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			d, _ := Reader{}.ReadDeskLine(tt.line)
			if d.Initials != tt.initials || d.Form != tt.form {
				t.Errorf("got %q, %v; want %q, %v", d.Initials, d.Form, tt.initials, tt.form)
			}
			if diff := cmp.Diff(tt.agencies, namesIn(d.Agencies)); diff != "" {
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
		d, _ := Reader{}.ReadDeskLine(line)
		if diff := cmp.Diff(want, Reader{}.People(d)); diff != "" {
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
