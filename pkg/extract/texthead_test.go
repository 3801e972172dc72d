package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// textStory is running text below the heads of TestTextHead. It speaks of the
// ferry, the harbour and its master.
const textStory = `
The ferry left the harbour an hour late on Tuesday because nobody could find the master, who had gone to see the new lighthouse.
Passengers waited on the quay with their bicycles, and the kiosk sold more coffee than on any morning since the storm.
“I lost my watch in the lighthouse,” the master said when he came back to the harbour with wet boots and a borrowed lamp.
The ferry company said that it would give every passenger a free crossing before the end of the season.
`

// TestTextHead says what is read of the lines above a story in a text.
func TestTextHead(t *testing.T) {
	const menu = "Home\nNews\nSport\nCulture\nPuzzles\nShop\nWeather\nSearch\nSign in\n"
	for _, tt := range []struct {
		name, head          string
		url                 string
		headline, publisher string
		kicker, others      []string
	}{
		{name: "title with outlet", head: "Harbour ferry leaves late after master vanishes | The Quay Mail\n" + menu + "Harbour ferry leaves late after master vanishes\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late after master vanishes", publisher: "The Quay Mail"},
		{name: "title with section and outlet", head: "Harbour ferry leaves late after master vanishes - News - The Quay Mail\n" + menu + "Harbour ferry leaves late after master vanishes\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late after master vanishes", publisher: "The Quay Mail"},
		{name: "title with outlet and date", head: "Harbour ferry leaves late after master vanishes – Quay Mail – 05/03/2022\n" + menu + "Harbour ferry leaves late after master vanishes",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late after master vanishes", publisher: "Quay Mail"},
		{name: "title with other words", head: "Why a ferry had to wait for its master\n" + menu + "Harbour boat leaves late after captain vanishes\n3 May 2022",
			headline: "Harbour boat leaves late after captain vanishes", others: []string{"Why a ferry had to wait for its master"}},
		{name: "title only", head: "Harbour ferry leaves late after master vanishes\n" + menu,
			headline: "Harbour ferry leaves late after master vanishes"},
		{name: "no title", head: "Harbour ferry leaves late after master vanishes\n3 May 2022",
			headline: "Harbour ferry leaves late after master vanishes"},
		{name: "kicker with a mark in the title", head: "Trouble at sea: Harbour ferry leaves late - Quay Mail\n" + menu + "Trouble at sea Harbour ferry leaves late\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late", publisher: "Quay Mail", kicker: []string{"Trouble at sea"}, others: []string{"Trouble at sea: Harbour ferry leaves late"}},
		{name: "kicker with a mark in the path", head: menu + "Trouble at sea: Harbour ferry leaves late\nShare\nTrouble at seaHarbour ferry leaves late\n3 May 2022",
			url: "https://quaymail.example/trouble-at-sea-harbour-ferry-leaves-late", headline: "Harbour ferry leaves late", kicker: []string{"Trouble at sea"}},
		{name: "kicker that the title leaves out", head: "Harbour ferry leaves late - Quay Mail\n" + menu + "Analysis Harbour ferry leaves late\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late", publisher: "Quay Mail", kicker: []string{"Analysis"}},
		{name: "a colon that the title has too", head: "Trouble at sea: Harbour ferry leaves late - Quay Mail\n" + menu + "Trouble at sea: Harbour ferry leaves late\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Trouble at sea: Harbour ferry leaves late", publisher: "Quay Mail"},
		{name: "kicker and headline on two lines, one title", head: "Trouble at sea: Harbour ferry leaves late - Quay Mail\n" + menu + "Trouble at sea\n: Harbour ferry leaves late\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late", publisher: "Quay Mail", kicker: []string{"Trouble at sea"}, others: []string{"Trouble at sea: Harbour ferry leaves late"}},
		{name: "path above a headline of other words", head: menu + "Ferry trouble as harbour master vanishes\nShipping\nThe morning nobody could find the captain\nBy Ada Reed\n3 May 2022",
			url: "https://quaymail.example/ferry-trouble-as-harbour-master-vanishes", headline: "The morning nobody could find the captain", kicker: []string{"Shipping"}},
		{name: "deck without a full stop", head: menu + "Harbour ferry leaves late after master vanishes on a Tuesday\nPassengers with bicycles drank the kiosk empty before noon\nBy Ada Reed\n3 May 2022",
			url: "https://quaymail.example/a-1", headline: "Harbour ferry leaves late after master vanishes on a Tuesday"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := extract.Extract(extract.Input{Body: []byte(strings.TrimSpace(tt.head) + "\n" + textStory), ContentType: "text/plain", URL: tt.url, FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			publisher := ""
			if a.Publisher != nil {
				publisher = a.Publisher.Name
			}
			type head struct {
				Headline, Publisher string
				Kicker, Others      []string
			}
			if diff := cmp.Diff(head{tt.headline, tt.publisher, tt.kicker, tt.others}, head{a.Headline, publisher, a.Kicker, a.AlternativeHeadlines}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
