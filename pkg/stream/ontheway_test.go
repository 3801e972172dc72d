package stream

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// A page of an import that waits to be tried again is on its way, and so is what may
// tell of it and is not kept yet.
func TestOnTheWayOfAnImport(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	on := func(run string, want bool) {
		t.Helper()
		eventually(t, "run "+run+" is where it should be", func() bool {
			is, err := c.OnTheWay(t.Context(), news.Run{Name: run, Kind: news.RunImport})
			if err != nil {
				t.Fatal(err)
			}
			return is == want
		})
	}
	on("spring", false)
	for name, run := range map[string]string{"a": "spring", "b": "spring-tide"} {
		page := pageOf(name, []byte("<p>ebb"))
		if err := c.PublishReplay(t.Context(), news.Run{Name: run, Kind: news.RunImport}, page, archived(page.Body)); err != nil {
			t.Fatal(err)
		}
	}
	on("spring", true)
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(_ context.Context, m *Message[*news.Page]) error {
			if m.Run.Name == "spring" {
				return &news.Fault{Kind: news.Temporary, After: time.Hour, Err: errors.New("not now")}
			}
			return &news.Fault{Kind: news.Skip, Reason: news.NoText}
		})
	})
	on("spring-tide", true) // its event is told, and nobody keeps it
	first := make(chan struct{})
	running(t, func(ctx context.Context) error {
		return c.ConsumeEvents(ctx, Batch{Size: 1, Wait: 10 * time.Millisecond}, func(ctx context.Context, batch []*Message[news.Event]) []error {
			if batch[0].Value.URL == "https://harbour.example/live" {
				close(first)
				<-ctx.Done() // in hand for ever
			}
			return make([]error, len(batch))
		})
	})
	on("spring-tide", false)
	on("spring", true)
	if left, err := c.ImportsLeft(t.Context(), "spring"); left != 0 || err != nil {
		t.Errorf("%d records are left to import, %v", left, err)
	}
	if err := c.PublishEvent(t.Context(), news.Event{Stage: news.StageFetch, Trace: news.Trace{VisitID: "live", URL: "https://harbour.example/live"}, Attempt: 1, Outcome: news.Retrying, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	receive(t, first)
	on("spring-tide", true) // it may be of this run
}

// A look takes many requests: it has an end also where each of them is slow, and all
// together take longer than one may.
func TestOnTheWayOfASlowBroker(t *testing.T) {
	t.Parallel()
	near := desktop(t)
	broker := relayTo(t, near.cfg.Server)
	broker.slow(requestTimeout / 12)
	far := connect(t, Config{URL: broker.URL()})
	if is, err := far.OnTheWay(t.Context(), news.Run{Name: "spring", Kind: news.RunImport}); is || err != nil {
		t.Errorf("on the way %v, %v", is, err)
	}
}

// What was published is unread from then on, also while the broker has not counted
// it yet.
func TestUnreadAtOnce(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	s, err := c.js.Stream(t.Context(), streamArticle)
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.Consumer(t.Context(), "index")
	if err != nil {
		t.Fatal(err)
	}
	for published, want := range []bool{true, false} {
		if is, err := settledBy(t.Context(), s, before.CachedInfo(), 1); is != want || err != nil {
			t.Errorf("with %d published all is settled: %v, %v", published, is, err)
		}
		if err := c.PublishArticle(t.Context(), articleOf("ferry")); err != nil {
			t.Fatal(err)
		}
	}
}
