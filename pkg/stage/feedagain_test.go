package stage

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// A replay whose messages are purged on their way, or whose results are, is
// completed all the same; one that was cancelled goes on.
func TestLostReplaysAreHandedOnAgain(t *testing.T) {
	conn, server := desktopWith(t, stream.Config{Topology: stream.Topology{Duplicates: 100 * time.Millisecond}})
	raw, err := nats.Connect(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(raw.Close)
	broker, err := jetstream.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	purge := func(name string) {
		t.Helper()
		s, err := broker.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if s.CachedInfo().State.Msgs == 0 {
			t.Errorf("%s holds nothing that could be lost", name)
		}
		if err := s.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c := openCabinet(t, t.TempDir())
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	archiver := NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run
	indexer := NewIndexer(conn, c.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run
	extractor := func(ctx context.Context) error {
		return (&Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20}).Run(ctx)
	}
	const pages = 20
	for i := range pages {
		if err := conn.PublishPage(t.Context(), livePage(i)); err != nil {
			t.Fatal(err)
		}
	}
	running(t, archiver)
	waitUntil(t, "all are archived", func() bool {
		captures, err := c.rows.CountCaptures(t.Context())
		return err == nil && captures.Captures == pages
	})
	state := func() store.RunState {
		t.Helper()
		run, err := c.rows.Run(t.Context(), "lost")
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	begin := func() {
		t.Helper()
		r := store.Replay{Run: news.Run{Name: "lost", Kind: news.RunReplay, BegunAt: time.Now().UTC()}}
		if err := c.rows.BeginReplay(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}

	begin()
	waitUntil(t, "all are handed on", func() bool { return state().Fed == pages })
	if on, err := conn.OnTheWay(t.Context(), state().Run); err != nil || !on {
		t.Errorf("on the way: %v, %v", on, err)
	}
	purge("REPLAY")
	if on, err := conn.OnTheWay(t.Context(), state().Run); err != nil || on {
		t.Errorf("on the way after they were lost: %v, %v", on, err)
	}
	stop := together(t, extractor)
	waitUntil(t, "results are told", func() bool {
		s, err := broker.Stream(t.Context(), "SHADOW")
		return err == nil && s.CachedInfo().State.Msgs >= pages
	})
	stop()
	waitUntil(t, "results are on the way", func() bool { // the broker shows them to their reader a little later
		on, err := conn.OnTheWay(t.Context(), state().Run)
		return err == nil && on
	})
	purge("SHADOW")
	if err := c.rows.CancelRun(t.Context(), "lost", time.Now()); err != nil {
		t.Fatal(err)
	}
	running(t, indexer)
	running(t, extractor)
	if state().CancelledAt.IsZero() {
		t.Error("it is not cancelled")
	}
	begin() // again
	waitUntil(t, "it is complete", func() bool { return state().Ended == pages })
}
