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

// A reader was made with a shorter wait than ours: who works gives the signs of life
// that this one wants, and what is being worked on is worked on once.
func TestSignsOfLifeAreTheReaders(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.AckWait = 8 * time.Second })
	signs, err := c.nc.SubscribeSync("$JS.ACK." + streamRaw + ".extract.>")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.nc.Flush(); err != nil {
		t.Fatal(err)
	}
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
	for given := 0; given < 5; { // which takes longer than the reader waits
		m, err := signs.NextMsg(patience)
		if err != nil {
			t.Fatalf("%d signs of life, then %v", given, err)
		}
		if string(m.Data) == "+WPI" {
			given++
		}
	}
	r, err := c.js.Consumer(t.Context(), streamRaw, "extract")
	if err != nil || r.CachedInfo().NumRedelivered > 0 {
		t.Errorf("%d messages delivered again while worked on (%v)", r.CachedInfo().NumRedelivered, err)
	}
	close(release)
	if diff := cmp.Diff([]string{"extract/1 done()"}, told(t, c, 1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
