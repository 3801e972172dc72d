package storycredit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCutDeskLine(t *testing.T) {
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
			rest, _, d, _ := Reader{}.CutDeskLine(tt.text, func(string) bool { return false })
			if rest != tt.rest || d.Initials != tt.initials {
				t.Errorf("got %q, %q; want %q, %q", rest, d.Initials, tt.rest, tt.initials)
			}
			if diff := cmp.Diff(tt.agencies, namesIn(d.Agencies)); diff != "" {
				t.Errorf("agencies (-want +got):\n%s", diff)
			}
		})
	}
}
