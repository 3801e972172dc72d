package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// noted collects events as "stage/attempt outcome".
func noted(events []news.Event) (lines []string) {
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s/%d %s %s", e.Stage, e.Attempt, e.Outcome, e.ArticleID))
	}
	return lines
}

// passOn has pages of an import extracted, each to the record of its name.
func passOn(t *testing.T, c *Conn, names ...string) {
	t.Helper()
	articles := map[string]*news.Article{}
	for _, name := range names {
		page := pageOf(name, []byte(name))
		if err := c.PublishReplay(t.Context(), importRun, page, archived(page.Body)); err != nil {
			t.Fatal(err)
		}
		articles[page.URL] = articleOf(name)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 2, func(ctx context.Context, m *Message[*news.Page]) error {
			return c.HandOn(ctx, m, articles[m.Value.URL])
		})
	})
}

// Who keeps the journeys is told of the work on imported pages by their records,
// and notes his own: neither is an event that travels.
func TestWhatIsNotedIsNotPublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	passOn(t, c, "a", "b", "c")
	notes := make(chan []string, 10)
	running(t, func(ctx context.Context) error {
		b := Batch{Size: 10, Wait: 50 * time.Millisecond, Note: func(_ context.Context, events []news.Event) error {
			notes <- noted(events)
			return nil
		}}
		return c.ConsumeArticles(ctx, b, func(_ context.Context, batch []*Message[*news.Article]) []error {
			verdicts := make([]error, len(batch))
			for i, m := range batch {
				if m.Value.ID == articleOf("c").ID {
					verdicts[i] = &news.Fault{Kind: news.Permanent, Reason: news.Malformed}
				}
			}
			return verdicts
		})
	})
	var all []string
	for len(all) < 4 {
		all = append(all, receive(t, notes)...)
	}
	slices.Sort(all)
	a, b := articleOf("a").ID, articleOf("b").ID
	want := []string{"extract/1 done " + a, "extract/1 done " + b, "index/1 done " + a, "index/1 done " + b}
	slices.Sort(want)
	if !slices.Equal(all, want) {
		t.Errorf("noted %q, want %q", all, want)
	}
	settled(t, c, streamShadow, "index-import")
	// What is not at its end is told by messages, with what came before it.
	if got := told(t, c, 2); !slices.Equal(got, []string{"extract/1 done()", "index/1 dead(malformed)"}) {
		t.Errorf("published %q", got)
	}
}

// EVENT tells of every page that is live, whoever could note it.
func TestEventsTellOfLivePages(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishPage(t.Context(), pageOf("live", []byte("live"))); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(ctx context.Context, m *Message[*news.Page]) error { return c.HandOn(ctx, m, articleOf("live")) })
	})
	running(t, func(ctx context.Context) error {
		b := Batch{Size: 10, Wait: 50 * time.Millisecond, Note: func(_ context.Context, events []news.Event) error {
			t.Errorf("noted %q", noted(events))
			return nil
		}}
		return c.ConsumeArticles(ctx, b, func(context.Context, []*Message[*news.Article]) []error { return nil })
	})
	if got := told(t, c, 2); !slices.Equal(got, []string{"extract/1 done()", "index/1 done()"}) {
		t.Errorf("published %q", got)
	}
	settled(t, c, streamArticle, "index")
}

// An event that is too long to go with its record goes by itself.
func TestLongEventsGoAlone(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	long := articleOf("long")
	long.RequestedURL += "?" + strings.Repeat("tide=high&", 2*maxEventHeader/10)
	page := pageOf("long", []byte("long"))
	if err := c.PublishReplay(t.Context(), importRun, page, archived(page.Body)); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(ctx context.Context, m *Message[*news.Page]) error { return c.HandOn(ctx, m, long) })
	})
	if e := eventsOf(t, c, 1)[0]; e.Stage != news.StageExtract || e.Outcome != news.Done || e.URL != long.RequestedURL {
		t.Errorf("told %.300v", e)
	}
}

// What cannot be noted is published: nothing is acknowledged in silence.
func TestWhatCannotBeNotedIsPublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	passOn(t, c, "a")
	running(t, func(ctx context.Context) error {
		b := Batch{Size: 10, Wait: 50 * time.Millisecond, Note: func(context.Context, []news.Event) error { return errors.New("no disk") }}
		return c.ConsumeArticles(ctx, b, func(context.Context, []*Message[*news.Article]) []error { return nil })
	})
	if got := told(t, c, 2); !slices.Equal(got, []string{"extract/1 done()", "index/1 done()"}) {
		t.Errorf("published %q", got)
	}
	settled(t, c, streamShadow, "index-import")
}

// Acknowledgements that may have gone with a connection are given again, and not
// waited for.
func TestAcknowledgementsOutlastTheirConnection(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	broker := connect(t, Config{Server: c.cfg.Server})
	heard, asked := make(chan string, 100), make(chan string, 100)
	var silent atomic.Bool
	if _, err := broker.nc.Subscribe("acked.*", func(m *nats.Msg) {
		switch {
		case m.Reply == "":
			heard <- m.Subject
			return
		case !silent.Load():
			_ = m.Respond(nil)
		}
		asked <- m.Subject
	}); err != nil {
		t.Fatal(err)
	}
	if err := broker.nc.Flush(); err != nil {
		t.Fatal(err)
	}
	batch := make([]*delivery, 5)
	for i := range batch {
		batch[i] = &delivery{raw: &nats.Msg{Reply: fmt.Sprint("acked.", i)}, ackWait: time.Minute}
	}
	hear := func(want ...int) {
		t.Helper()
		for _, i := range want {
			if got, want := receive(t, heard), fmt.Sprint("acked.", i); got != want {
				t.Fatalf("heard %s, want %s", got, want)
			}
		}
	}
	k := newDesk(c, news.StageIndex)
	acknowledgeAll := func() (failed chan error) {
		failed = make(chan error, 1)
		go func() { failed <- k.acknowledgeAll(t.Context(), batch) }()
		hear(0, 1, 2, 3)
		return failed
	}
	wait := func(failed chan error) {
		t.Helper()
		if err := receive(t, failed); err != nil {
			t.Fatal(err)
		}
	}
	onlyTheLast := func() { // perhaps more than once, if the broker is slow
		t.Helper()
		for len(asked) > 0 {
			if got := <-asked; got != "acked.4" {
				t.Errorf("%s is waited for, want the last of each batch alone", got)
			}
		}
	}
	wait(acknowledgeAll())
	onlyTheLast()
	silent.Store(true)
	failed := acknowledgeAll()
	receive(t, asked)
	if err := c.nc.ForceReconnect(); err != nil { // and with it goes the answer
		t.Fatal(err)
	}
	hear(4, 0, 1, 2, 3)
	wait(failed)
	if err := k.acknowledge(t.Context(), batch[0]); err != nil {
		t.Fatal(err)
	}
	hear(0) // it came by an earlier connection
	onlyTheLast()
}
