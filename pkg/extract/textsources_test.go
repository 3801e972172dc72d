package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// TestTextSources says where a text names the place of its story and who it is
// from: in lines above the story, at the head of its first paragraph or of one
// behind a caption, and below it.
func TestTextSources(t *testing.T) {
	type sources struct {
		Dateline, Signoff string
		Agencies          []string
	}
	for _, tt := range []struct {
		name, above, opening, below string
		want                        sources
	}{
		{name: "place and agency above", above: "AFP, LISBON", want: sources{Dateline: "LISBON", Agencies: []string{"AFP"}}},
		{name: "place and date above", above: "Lisbon - 3 May 2022 - 08:22", want: sources{Dateline: "Lisbon"}},
		{name: "place alone above", above: "Lisbon", want: sources{Dateline: "Lisbon"}},
		{name: "agency by the date", above: "AFP", want: sources{Agencies: []string{"AFP"}}},
		{name: "at the head", opening: "LISBON (AP) — ", want: sources{Dateline: "LISBON", Agencies: []string{"AP"}}},
		{name: "at the head, with a date", opening: "LISBON, May 3 (Reuters) - ", want: sources{Dateline: "LISBON", Agencies: []string{"Reuters"}}},
		{name: "behind what may be a caption", above: "A man in wet boots holds up a lamp that somebody on the ferry has lent him for the night.", opening: "LISBON (AP) — ", want: sources{Dateline: "LISBON", Agencies: []string{"AP"}}},
		{name: "agency in brackets below", below: "(AFP)", want: sources{Agencies: []string{"AFP"}}},
		{name: "desk below", below: "ab/cd (AFP, dpa)", want: sources{Signoff: "ab/cd", Agencies: []string{"AFP", "dpa"}}},
		{name: "outlet and desk below", below: "Quelle: quaymail.example, ino/dpa", want: sources{Signoff: "ino/dpa", Agencies: []string{"dpa"}}},
		{name: "rights below", below: "© dpa-infocom, dpa:230428-99-483045/5", want: sources{Agencies: []string{"dpa"}}},
		{name: "none", want: sources{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := []string{"Harbour ferry leaves late after master vanishes", "3 May 2022", tt.above, tt.opening + strings.TrimSpace(textStory), tt.below}
			a, err := extract.Extract(extract.Input{Body: []byte(strings.Join(lines, "\n")), ContentType: "text/plain", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			told := newsroom.Told(a)
			if diff := cmp.Diff(tt.want, sources{told.Dateline, told.Signoff, told.Agencies}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
