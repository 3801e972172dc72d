package stream

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// A worker that gives no sign of life is taken for dead, each time.
func TestSilentWorkersAreTakenForDead(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.AckWait = 200 * time.Millisecond })
	if err := c.PublishPage(t.Context(), pageOf("a", []byte("x"))); err != nil {
		t.Fatal(err)
	}
	for want := uint64(1); want <= 3; want++ {
		meta, err := takeAway(t, c, streamRaw, "extract", 1)[0].Metadata()
		if err != nil || meta.NumDelivered != want {
			t.Errorf("delivery %+v, want number %d (%v)", meta, want, err)
		}
	}
}

func TestPoisonIsBuriedBeforeTheWork(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishPage(t.Context(), pageOf("a", []byte("x"))); err != nil {
		t.Fatal(err)
	}
	for range c.cfg.MaxDeliveries {
		die(t, c, streamRaw, "extract", 1)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(context.Context, *Message[*news.Page]) error {
			t.Error("taken again, after it had killed its worker as often as is allowed")
			return nil
		})
	})
	if diff := cmp.Diff([]string{"extract/5 dead(poison)"}, told(t, c, 1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// A worker dies with a batch. Each of its messages is then tried alone, so that
// the one it died of takes no other with it.
func TestBatchThatDiedIsTriedOneByOne(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	names := []string{"calm", "poison", "quiet"}
	for _, name := range names {
		if err := c.PublishArticle(t.Context(), articleOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	shown(t, c, streamArticle, "index", uint64(len(names)))
	die(t, c, streamArticle, "index", len(names))
	seen := make(chan string, len(names))
	running(t, func(ctx context.Context) error {
		return c.ConsumeArticles(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[*news.Article]) []error {
			if len(batch) > 1 {
				t.Errorf("%d messages at once, each was to be tried alone", len(batch))
			}
			seen <- batch[0].Value.Headline
			return nil
		})
	})
	got := map[string]bool{}
	for range names {
		got[receive(t, seen)] = true
	}
	for _, name := range names {
		if !got[name] {
			t.Errorf("%q did not come: %v", name, got)
		}
	}
	if diff := cmp.Diff([]string{"index/2 done()", "index/2 done()", "index/2 done()"}, told(t, c, 3)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// Those that are tried alone do not wait for a batch to fill between each two.
func TestAloneIsDrained(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	const suspects = 5
	for i := range suspects {
		e := news.Event{Schema: news.EventSchema, Stage: news.StageFetch, Trace: jobOf(fmt.Sprint(i)).Trace(), Outcome: news.Done}
		m, err := frameJSON(laterAlone(stageJourney), news.EventSchema, "", e.Trace, e)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.publish(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	from := c.sources([]reader{aloneReader(stageJourney)})[0]
	shown(t, c, from.stream, from.name, suspects)
	seen := 0
	k := &collector[news.Event]{desk: newDesk(c, stageJourney), decode: readEvent, trace: eventTrace}
	k.handle = func(_ context.Context, batch []*Message[news.Event]) []error {
		if len(batch) != 1 || !batch[0].Alone {
			t.Errorf("%d messages, the first alone: %v", len(batch), batch[0].Alone)
		}
		seen++
		return nil
	}
	if err := k.drain(t.Context(), from); err != nil || seen != suspects {
		t.Errorf("%d tried in one turn, want %d (%v)", seen, suspects, err)
	}
}

// What was in hand together when a worker died is tried one by one, however
// many workers there are; what is new goes on beside it.
func TestCompanyOfTheDeadIsTriedAlone(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	names := []string{"a", "b", "c", "d"}
	for _, name := range names {
		if err := c.PublishPage(t.Context(), pageOf(name, []byte(name))); err != nil {
			t.Fatal(err)
		}
	}
	shown(t, c, streamRaw, "extract", uint64(len(names)))
	die(t, c, streamRaw, "extract", len(names))
	var inHand atomic.Int32
	seen := make(chan string, len(names))
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 4, func(_ context.Context, m *Message[*news.Page]) error {
			if n := inHand.Add(1); n > 1 {
				t.Errorf("%d at once, each was to be tried alone", n)
			}
			time.Sleep(20 * time.Millisecond) // long enough to be seen together
			inHand.Add(-1)
			seen <- m.Value.VisitID
			return nil
		})
	})
	for range names {
		receive(t, seen)
	}
}

// An event that the journeys cannot take ends its visit at the stage that it was of;
// that end, if they cannot take it either, ends nothing.
func TestPoisonOfTheJourneys(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		schema string
		kills  bool
		want   news.Reason
	}{{"poison", news.EventSchema, true, news.Poison}, {"unreadable", "event/7", false, news.Malformed}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := desktop(t)
			told := news.Event{Schema: tt.schema, Stage: news.StageIndex, Trace: jobOf("a").Trace(), Attempt: 1, Outcome: news.Done}
			m, err := frameJSON(eventSubject(told), tt.schema, "", told.Trace, told)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.publish(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			for range c.cfg.MaxDeliveries {
				if tt.kills {
					die(t, c, streamEvent, "journey", 1)
				}
			}
			got := make(chan news.Event, 10)
			running(t, func(ctx context.Context) error {
				return c.ConsumeEvents(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[news.Event]) []error {
					got <- batch[0].Value
					return []error{&news.Fault{Kind: news.Permanent, Reason: news.Internal}}
				})
			})
			e := receive(t, got)
			if e.Stage != told.Stage || e.VisitID != told.VisitID || e.URL != told.URL || e.Outcome != news.Dead || e.Reason != tt.want || e.At.IsZero() {
				t.Errorf("the journeys are told %+v", e)
			}
			eventually(t, "both are buried, and nothing waits", func() bool {
				letters, failed := c.DeadList(t.Context(), 0, 10)
				s, err := c.js.Stream(t.Context(), streamLater)
				return errors.Join(failed, err) == nil && len(letters) == 2 && s.CachedInfo().State.Msgs == 0
			})
		})
	}
}

// Silent deliveries count over the move.
func TestSetAsideRemembersDeliveries(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishArticle(t.Context(), articleOf("poison")); err != nil {
		t.Fatal(err)
	}
	die(t, c, streamArticle, "index", 1)
	k := newDesk(c, news.StageIndex)
	from := c.sources(articleReaders[len(articleReaders)-1:])[0]
	eventually(t, "delivered again", func() bool {
		_, err := from.pull(t.Context(), 1, 100*time.Millisecond, func(d *delivery) {
			defer d.rest()
			k.settle(t.Context(), d, errAlone)
		})
		if err != nil {
			t.Error(err)
		}
		s, err := c.js.Stream(t.Context(), streamLater)
		return err == nil && s.CachedInfo().State.Msgs == 1
	})
	for range c.cfg.MaxDeliveries - 1 {
		die(t, c, streamLater, aloneReader(news.StageIndex).name, 1)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeArticles(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(context.Context, []*Message[*news.Article]) []error {
			t.Error("handled after as many silent deliveries as are allowed")
			return nil
		})
	})
	if diff := cmp.Diff([]string{"index/5 dead(poison)"}, told(t, c, 1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// A worker that sets a message aside and dies before the acknowledgement makes
// no second copy of it; one that is set aside in a later round is a new one.
func TestSetAsideOnceARound(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishArticle(t.Context(), articleOf("a")); err != nil {
		t.Fatal(err)
	}
	taken := make(chan *delivery, 1)
	if _, err := c.sources(articleReaders)[2].pull(t.Context(), 1, patience, func(d *delivery) { taken <- d }); err != nil {
		t.Fatal(err)
	}
	d := receive(t, taken)
	defer d.rest()
	k := newDesk(c, news.StageIndex)
	first := delivery{raw: d.raw, passage: d.passage, deliveries: 2, ackWait: patience}
	again, retried := first, first
	again.deliveries++
	retried.attempts, retried.Forgiven = 3, 1
	for _, tt := range []struct {
		name string
		d    delivery
		want uint64
	}{{"first", first, 1}, {"after a crash", again, 1}, {"after a retry", retried, 2}} {
		if err := k.setAside(t.Context(), &tt.d); err != nil {
			t.Fatal(err)
		}
		s, err := c.js.Stream(t.Context(), streamLater)
		if err != nil || s.CachedInfo().State.Msgs != tt.want {
			t.Errorf("%s: %d messages set aside, want %d (%v)", tt.name, s.CachedInfo().State.Msgs, tt.want, err)
		}
	}
}

// Stopping and starting again hands work back and condemns nothing, however
// often it is done.
func TestStoppingHandsBack(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.MaxDeliveries = 1 })
	if err := c.PublishPage(t.Context(), pageOf("a", []byte("x"))); err != nil {
		t.Fatal(err)
	}
	for range c.cfg.MaxDeliveries + 2 {
		began := make(chan int, 1)
		stop := running(t, func(ctx context.Context) error {
			return c.ConsumePages(ctx, 4, func(ctx context.Context, m *Message[*news.Page]) error {
				began <- m.Attempt
				<-ctx.Done()
				return fmt.Errorf("extract: %w", ctx.Err())
			})
		})
		if got := receive(t, began); got != 1 {
			t.Errorf("attempt %d, want 1: a stop is no attempt", got)
		}
		stop()
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 4, func(context.Context, *Message[*news.Page]) error { return nil })
	})
	if diff := cmp.Diff([]string{"extract/1 done()"}, told(t, c, 1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	settled(t, c, streamRaw, "extract")
	settled(t, c, streamLater, "extract-later")
}
