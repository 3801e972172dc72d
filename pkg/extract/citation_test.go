package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestCitationKind(t *testing.T) {
	s := &story{base: "https://www.quay-courier.example/local/ferry-1"}
	tests := map[string]news.CitationKind{
		"https://quay-courier.example/local/ferry-0":        news.CitesOwn,
		"https://static.quay-courier.example/docs/plan.pdf": news.CitesDocument,
		"https://harbour-board.example/minutes/2024.DOCX":   news.CitesDocument,
		"https://harbour-board.example/minutes":             news.CitesPage,
		"https://doi.org/10.9999/tide.17":                   news.CitesStudy,
		"https://x.com/harbour_board/status/17":             news.CitesPost,
		"https://x.com/harbour_board":                       news.CitesPage,
		"https://notx.com/harbour_board/status/17":          news.CitesPage,
		"https://www.facebook.com/harbour.board/posts/1700": news.CitesPost,
		"https://www.instagram.com/p/Cq17tide/":             news.CitesPost,
		"https://www.instagram.com/harbour.board/":          news.CitesPage,
		"https://t.me/harbour_board/1700":                   news.CitesPost,
		"https://www.linkedin.com/in/jane-doe-17/":          news.CitesPage,
		"https://social.quay.example/@harbour/110000000017": news.CitesPost,
		"https://journal.example/doi/full/10.9999/tide.17":  news.CitesStudy,
		"https://doi.org/":                                  news.CitesPage,
		"https://[::1":                                      news.CitesPage,
	}
	for address, want := range tests {
		if got := s.citationKind(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// TestCitations says which links of a story are kept, and with which words.
func TestCitations(t *testing.T) {
	const page = `<html lang="en"><body><nav><a href="/boats">Boats</a></nav><article><h1>Ferry crews return to work</h1>
<p>The owners put the cost of a <a href="https://institute.example/watch">second </a><a href="https://institute.example/watch"><b>watch</b></a> at four million crowns a year, and the <a href="/union">union</a> says that the <a href="/union">union</a> was not asked.<a href="#note-1">1</a></p>
<p>Three things are to change before the winter, the board of the harbour wrote in a letter to all of the crews.</p>
<ul><li>Nobody sails alone at night on <a href="https://isles.example/line">the island line</a>.</li><li>Every boat has <a href="https://board.example/two.pdf">a second watch</a> by May.</li></ul>
<p>The first boat left the harbour at six in the morning with flour, diesel and schoolbooks for eleven islands.</p>
<p><a href="/more">Read more: what the winter did to the quay</a></p></article></body></html>`
	a, err := Extract(Input{Body: []byte(page), ContentType: "text/html", URL: "https://quay-courier.example/local/ferry-1"})
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Citation{
		{URL: "https://institute.example/watch", Text: "second watch", Kind: news.CitesPage, Block: 0},
		{URL: "https://quay-courier.example/union", Text: "union", Kind: news.CitesOwn, Block: 0},
		{URL: "https://isles.example/line", Text: "the island line", Kind: news.CitesPage, Block: 2},
		{URL: "https://board.example/two.pdf", Text: "a second watch", Kind: news.CitesDocument, Block: 2},
	}
	if diff := cmp.Diff(want, a.Citations); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
