package stream

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// Only attempts that ended with a fault of their own count against the limit.
func TestSpent(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    delivery
		want int
	}{
		{"first", delivery{deliveries: 1}, 1},
		{"its worker died twice", delivery{deliveries: 3}, 1},
		{"set aside after a death", delivery{deliveries: 1, passage: passage{attempts: 1, origin: origin{Unsettled: 1}}}, 1},
		{"failed, then came again", delivery{deliveries: 1, passage: passage{attempts: 1}}, 2},
		{"died, failed, came again", delivery{deliveries: 1, passage: passage{attempts: 2, origin: origin{Forgiven: 1}}}, 2},
		{"tried again by an operator after five", delivery{deliveries: 1, passage: passage{attempts: 5, origin: origin{Forgiven: 5}}}, 1},
	} {
		if got := tt.d.spent(); got != tt.want {
			t.Errorf("%s: %d attempts spent, want %d", tt.name, got, tt.want)
		}
	}
}

// A reader was made with a shorter wait than ours: what is being worked on is
// worked on once.
func TestSignsOfLifeAreTheReaders(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishPage(t.Context(), pageOf("a", []byte("x"))); err != nil {
		t.Fatal(err)
	}
	other := connect(t, Config{Server: c.cfg.Server, AckWait: time.Hour})
	release := make(chan struct{})
	running(t, func(ctx context.Context) error {
		return other.ConsumePages(ctx, 2, func(context.Context, *Message[*news.Page]) error {
			<-release
			return nil
		})
	})
	s, err := c.js.Stream(t.Context(), streamRaw)
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(3 * c.cfg.AckWait); time.Now().Before(end); time.Sleep(c.cfg.AckWait / 4) {
		r, err := s.Consumer(t.Context(), "extract")
		if err != nil || r.CachedInfo().NumRedelivered > 0 {
			t.Errorf("%d messages delivered again while worked on (%v)", r.CachedInfo().NumRedelivered, err)
			break
		}
	}
	close(release)
	if diff := cmp.Diff([]string{"extract/1 done()"}, told(t, c, 1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
