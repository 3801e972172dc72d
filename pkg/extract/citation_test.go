package extract

import (
	"testing"

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
		"https://[::1": news.CitesPage,
	}
	for address, want := range tests {
		if got := s.citationKind(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
