package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/term"
)

// TestShowWhoSays says what explain prints of a story's sources on a terminal.
func TestShowWhoSays(t *testing.T) {
	const page = `<html lang="en"><body><article><h1>Ferry crews return to work</h1>
<figure><img src="/sula.jpg" width=800 height=500><figcaption>The Sula in Skarvik — Image: Jon Tveit/Reuters</figcaption></figure>
<p>Crews of the island line went back to work on Wednesday, nine days after they had tied up their boats. "Nobody walked out for money," said Berit Oskland, who speaks for the seafarers' union. "We walked out because two eyes fall asleep sooner than four."</p>
<p>The owners put the cost of a second watch at four million crowns a year, according to <a href="https://institute.example/night-watches.pdf">a study</a>. A senior official told Reuters that the state would pay half of it.</p>
<p>tk/ru (AFP, dpa)</p></article></body></html>`
	const want = `
Supplied by
  sure  block  of     who      by
  0.95  4      story  AFP      the sign-off, text p
  0.95  4      story  dpa      the sign-off, text p
  0.90  1      photo  Reuters  a picture's credit, selector figure, img

Who says what
  sure  block  word, rule      text
  Berit Oskland
  0.90  2      “said”          “Nobody walked out for money,”
  0.70  2      turn            “We walked out because two eyes fall asleep soon…
  reported, not quoted
  0.80  3      “according to”  a study, document
  0.80  3      “told”          A senior official, not named
  0.70  3      hearer “told”   Reuters, organization

  cue        a word beside it names the source
  hearer     something was said to it, and it tells
  turn       who spoke last goes on

Links to
  kind      block  words    address
  document  3      a study  https://institute.example/night-watches.pdf
`
	x, err := extract.Explain(extract.Input{Body: []byte(page), ContentType: "text/html", URL: "https://isles.example/ferry-crews-return"})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	showWhoSays(&term.Out{Writer: &b, Width: 80}, &x.Sources)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
