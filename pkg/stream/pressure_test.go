package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestFullQueueRefuses(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.Topology.Fetch.Messages = 3 })
	for i := range 3 {
		if err := c.PublishFetch(t.Context(), jobOf(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.PublishFetch(t.Context(), jobOf("one too many")); !errors.Is(err, ErrFull) {
		t.Errorf("PublishFetch = %v, want ErrFull", err)
	}
	if err := c.Ready(); err != nil {
		t.Errorf("a full queue is no trouble: %v", err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetches(ctx, 1, func(context.Context, *Message[*news.FetchJob]) error { return nil })
	})
	told(t, c, 3)
	eventually(t, "room again", func() bool {
		return c.PublishFetch(t.Context(), jobOf("one too many")) == nil
	})
}

// Nobody reads: publishing pauses long before a page would be dropped unread,
// and goes on when somebody does.
func TestPublishersWaitForTheirReader(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.Topology.Raw.Bytes = 2 << 20 })
	// A client knows nothing of the settings that the stream was made with.
	client := connect(t, Config{Server: c.cfg.Server})
	const pages, size = 30, 100 << 10
	published := make(chan error, 1)
	go func() {
		for i := range pages {
			body := append(noise(size), byte(i))
			if err := client.PublishPage(t.Context(), pageOf(fmt.Sprint("page", i), body)); err != nil {
				published <- err
				return
			}
		}
		published <- nil
	}()
	eventually(t, "publishing pauses", func() bool {
		err := client.Ready()
		return err != nil && strings.HasPrefix(err.Error(), "publishing on RAW pauses")
	})
	select {
	case err := <-published:
		t.Fatalf("published all: %v", err)
	default:
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 2, func(context.Context, *Message[*news.Page]) error { return nil })
	})
	eventually(t, "one of the two readers is not enough", func() bool {
		err := client.Ready()
		return err != nil && strings.Contains(err.Error(), `its reader "archive" has`)
	})
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(context.Context, []*Message[Captured]) []error { return nil })
	})
	if err := receive(t, published); err != nil {
		t.Fatal(err)
	}
	if n := len(told(t, c, 2*pages)); n != 2*pages {
		t.Errorf("%d pages came through to both, want %d", n, 2*pages)
	}
	eventually(t, "ready", func() bool { return client.Ready() == nil })
}

// What the stream drops first is what was published first, whoever it is for:
// messages that are not for a reader, and far smaller, do not hide how far it is
// behind.
func TestUnreadIsCountedFromTheFirst(t *testing.T) {
	state := jetstream.StreamState{Msgs: 1000, Bytes: 1 << 20, FirstSeq: 1001, LastSeq: 2000}
	reader := func(delivered uint64, pending uint64, inHand int) *jetstream.ConsumerInfo {
		return &jetstream.ConsumerInfo{Delivered: jetstream.SequenceInfo{Stream: delivered}, NumPending: pending, NumAckPending: inHand}
	}
	for _, tt := range []struct {
		name   string
		reader *jetstream.ConsumerInfo
		want   int64
	}{
		{"all read", reader(2000, 0, 0), 0},
		{"all read of what is its", reader(1200, 0, 0), 0},
		{"the half of the stream unread, a tenth of it its", reader(1500, 50, 0), 512 << 10},
		{"in hand", reader(2000, 0, 250), 256 << 10},
		{"nothing read since before the first", reader(10, 100, 0), 1 << 20},
	} {
		if got := unread(state, tt.reader); got != tt.want {
			t.Errorf("%s: %d bytes, want %d", tt.name, got, tt.want)
		}
	}
}

func TestPauseEndsWithItsContext(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.Topology.Article.Bytes = 2000 })
	if err := c.PublishArticle(t.Context(), articleOf("first")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	published := make(chan error, 1)
	go func() {
		var err error
		for i := 0; err == nil; i++ { // the server counts a little later
			err = c.PublishArticle(ctx, articleOf(fmt.Sprint("second", i)))
		}
		published <- err
	}()
	eventually(t, "publishing pauses", func() bool { return c.article.state() != nil })
	cancel()
	if err := receive(t, published); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "publishing on ARTICLE pauses") {
		t.Errorf("PublishArticle = %v", err)
	}
}

func TestStreams(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	for _, name := range []string{"a", "b"} {
		if err := c.PublishFetch(t.Context(), jobOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	takeAway(t, c, streamFetch, "fetch-normal", 1)
	var all []StreamStatus
	eventually(t, "the reader knows of both", func() bool { // the server counts a little later
		var err error
		if all, err = c.Streams(t.Context()); err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(all[0].Readers, func(r ReaderStatus) bool { return r.Pending == 1 })
	})
	fetch := all[0]
	if len(all) != 9 || fetch.Name != streamFetch || fetch.Messages != 2 || fetch.Bytes == 0 || fetch.Limit.Messages != 100_000 {
		t.Errorf("Streams = %+v", all)
	}
	for _, r := range fetch.Readers {
		waiting := r.Pending == 1 && r.InHand == 1 && r.Oldest > 0
		idle := r == ReaderStatus{Name: r.Name, Stage: r.Stage}
		if r.Name == "fetch-normal" && !waiting || r.Name != "fetch-normal" && !idle {
			t.Errorf("reader %+v", r)
		}
	}
}
