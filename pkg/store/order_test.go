package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// place is that of a message in the order of docs/subscribe.md.
type place struct {
	at       time.Time
	sequence int
}

func (p place) after(q place) bool {
	return p.at.After(q.at) || p.at.Equal(q.at) && p.sequence > q.sequence
}

// told is what a subscriber reads of one story: revisions that the extractors
// published, and withdrawals of the indexer, which is behind with reading.
type told struct {
	sequence  int
	unread    []Arrival
	revision  place
	withdrawn place
}

func (s *told) article(a *news.Article) {
	s.sequence++
	s.unread = append(s.unread, Arrival{Article: a, Sequence: uint64(s.sequence)})
	if p := (place{a.Raw.FetchedAt, s.sequence}); p.after(s.revision) {
		s.revision = p
	}
}

func (s *told) gone(all ...*news.Withdrawn) {
	for _, w := range all {
		if w == nil {
			continue
		}
		s.sequence++
		if p := (place{w.At, s.sequence}); p.after(s.withdrawn) {
			s.withdrawn = p
		}
	}
}

// Who goes by time and then by the stream's order has a story withdrawn exactly
// where the rows do, whatever crossed on its way: captures, pages that are gone, and
// captures that are no article any more.
func TestOrderOfWithdrawals(t *testing.T) {
	const path = "/2026/ferry-late"
	address := "https://www.harbour.example" + path
	withdrawn, crossed := 0, 0
	for seed := range uint64(60) {
		s, sub, chance := open(t), &told{}, rand.New(rand.NewPCG(seed, 1))
		read := func() {
			if len(sub.unread) == 0 {
				return
			}
			results, err := s.PutArticles(t.Context(), sub.unread[:1])
			if err != nil {
				t.Fatal(err)
			}
			sub.unread = sub.unread[1:]
			sub.gone(results[0].Withdrawn)
		}
		var captures []*news.Article
		for minute := 1; minute <= 12; minute++ {
			switch chance.IntN(4) {
			case 0: // the page is gone
				at := morning.Add(time.Duration(minute) * time.Minute)
				gone, err := s.PutEvents(t.Context(), []news.Event{{
					Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: at,
					Trace: news.Trace{VisitID: news.VisitID(address, at), URL: address, Site: "harbour.example"},
				}})
				if err != nil {
					t.Fatal(err)
				}
				sub.gone(gone...)
			case 1: // a capture is no article any more
				if len(captures) == 0 {
					continue
				}
				w, why, err := s.Loss(t.Context(), captures[chance.IntN(len(captures))].Raw.CaptureID, news.NotArticle)
				if err != nil || why != "" {
					continue // of one that was not read yet, or that others are behind
				}
				if len(sub.unread) > 0 {
					crossed++
				}
				sub.gone(w)
				for range chance.IntN(2) {
					read()
				}
				if err := s.Withdraw(t.Context(), w); err != nil {
					t.Fatal(err)
				}
			default:
				a := capture(t, path, minute, fmt.Sprintf("Ferry late, report %d", minute))
				captures = append(captures, a)
				sub.article(a)
			}
			for range chance.IntN(3) {
				read()
			}
		}
		for len(sub.unread) > 0 {
			read()
		}
		if len(captures) == 0 {
			continue
		}
		shown, err := s.Story(t.Context(), address, 0)
		if err != nil {
			t.Fatal(err)
		}
		rows, subscriber := !shown.WithdrawnAt.IsZero(), sub.withdrawn.after(sub.revision)
		if rows != subscriber {
			t.Errorf("seed %d: withdrawn in the rows: %v, for a subscriber: %v (%v, %v)", seed, rows, subscriber, sub.withdrawn, sub.revision)
		}
		if rows {
			withdrawn++
		}
	}
	if withdrawn == 0 || crossed == 0 {
		t.Errorf("%d stories are withdrawn at the end, %d withdrawals crossed an article: too few", withdrawn, crossed)
	}
}
