package extract_test

import (
	"testing"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestWireCopy says which stories are an agency's alone.
func TestWireCopy(t *testing.T) {
	tests := []struct {
		name, lang, byline, opening, closing string
		want                                 bool
	}{
		{"the agency signs", "en", "By Reuters", "", "", true},
		{"the agency's writer signs", "en", "By Jane Doe, Associated Press", "", "", true},
		{"two of the agency's writers", "en", "By Jane Doe and John Roe Associated Press", "HAVN (AP) — ", "", true},
		{"a writer and the agency", "en", "By Jane Doe and AP", "", "", false},
		{"a writer with the agency's help", "en", "By Jane Doe", "", "Reuters contributed to this report.", false},
		{"a writer under an agency's dateline", "en", "By Jane Doe", "HAVN (AP) — ", "", false},
		{"nobody signs", "de", "", "", "(dpa)", true},
		{"the agency's writer signs, in German", "de", "Von Hedda Muster, dpa", "", "", true},
		{"a writer and the agency behind a slash", "de", "Von Hedda Muster/dpa", "", "", false},
		{"initials of the desk", "de", "", "", "hm/dpa", false},
		{"no agency", "en", "By the desk", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := map[string]string{
				"en": "The crews of the island line went back to work on Wednesday, nine days after they had tied up their boats in the old harbour.",
				"de": "Die Mannschaften der Inselfähren sind am Mittwoch wieder an Bord gegangen, neun Tage nachdem sie ihre Schiffe im alten Hafen festgemacht hatten.",
			}[tt.lang]
			page := `<html lang="` + tt.lang + `"><body><article><h1>Ferry crews return to work</h1><p class="byline">` + tt.byline + `</p><p>` + tt.opening + text + `</p><p>` + text + `</p><p>` + tt.closing + `</p></article></body></html>`
			a, err := extract.Extract(extract.Input{Body: []byte(page), ContentType: "text/html", URL: "https://isles.example/ferry-crews-return"})
			if err != nil {
				t.Fatal(err)
			}
			if a.IsWireCopy != tt.want {
				t.Errorf("got %v, want %v; sources %+v, authors %+v, byline %q, sign-off %+v", a.IsWireCopy, tt.want, a.InfoSources, a.Author, a.Byline, a.Signoff)
			}
		})
	}
}
