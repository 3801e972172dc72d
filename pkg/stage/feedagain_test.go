package stage

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// A run of which something is on its way is looked at every minute at least, however
// long it was handed on in vain; the waits for that grow to an hour.
func TestStandstillsAreLookedAtLaterEachTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s := newStandstill(7, now)
	if got := s.look.Sub(now); got != lookFirst {
		t.Errorf("first look after %v, want %v", got, lookFirst)
	}
	for _, step := range []struct {
		onItsWay bool
		times    int
		want     time.Duration
	}{
		{true, 1, 4 * time.Second}, {true, 9, time.Minute},
		{false, 1, 4 * time.Second}, {false, 19, time.Hour},
		{true, 1, time.Minute}, {false, 1, time.Hour},
	} {
		for range step.times {
			s.looked(step.onItsWay, now)
		}
		if got := s.look.Sub(now); got != step.want {
			t.Errorf("after %d looks, on its way %v: next look after %v, want %v", step.times, step.onItsWay, got, step.want)
		}
	}
}

// forgetful is a broker whose streams are emptied, and which takes soon what it had
// before.
func forgetful(t *testing.T) (*stream.Conn, *emptied) {
	t.Helper()
	conn, server := desktopWith(t, stream.Config{Topology: stream.Topology{Duplicates: 100 * time.Millisecond}})
	raw, err := nats.Connect(server.URL(), nats.Timeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(raw.Close)
	broker, err := jetstream.New(raw, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	return conn, &emptied{broker}
}

type emptied struct{ jetstream.JetStream }

// holds counts the messages of a stream.
func (e *emptied) holds(t *testing.T, name string) uint64 {
	t.Helper()
	s, err := e.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

// pages are the addresses of the articles of a stream behind a number, and how far
// it is.
func (e *emptied) pages(t *testing.T, name string, after uint64) (urls []string, last uint64) {
	t.Helper()
	s, err := e.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for last = after; ; {
		m, err := s.GetMsg(t.Context(), last+1, jetstream.WithGetMsgSubject("news.v1.>"))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return urls, last
		}
		var a news.Article
		if err == nil {
			err = json.Unmarshal(m.Data, &a)
		}
		if err != nil {
			t.Fatal(err)
		}
		urls, last = append(urls, a.URL), m.Sequence
	}
}

func (e *emptied) purge(t *testing.T, name string) {
	t.Helper()
	s, err := e.Stream(t.Context(), name)
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

// A replay whose messages are purged on their way, or whose results are, is
// completed all the same; one that was cancelled goes on.
func TestLostReplaysAreHandedOnAgain(t *testing.T) {
	conn, broker := forgetful(t)
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
	stopArchiver := together(t, archiver)
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
	stopArchiver() // which would hand them on again at once
	broker.purge(t, "REPLAY")
	if on, err := conn.OnTheWay(t.Context(), state().Run); err != nil || on {
		t.Errorf("on the way after they were lost: %v, %v", on, err)
	}
	stopArchiver = together(t, archiver)
	stop := together(t, extractor)
	waitUntil(t, "results are told", func() bool { return broker.holds(t, "SHADOW") >= pages })
	stop()
	waitUntil(t, "results are on the way", func() bool { // the broker shows them to their reader a little later
		on, err := conn.OnTheWay(t.Context(), state().Run)
		return err == nil && on
	})
	stopArchiver()
	broker.purge(t, "SHADOW")
	if err := c.rows.CancelRun(t.Context(), "lost", time.Now()); err != nil {
		t.Fatal(err)
	}
	running(t, archiver)
	running(t, indexer)
	running(t, extractor)
	if state().CancelledAt.IsZero() {
		t.Error("it is not cancelled")
	}
	begin() // again
	waitUntil(t, "it is complete", func() bool { return state().Ended == pages })
}

// An import whose messages are purged on their way, or its articles and what is told
// of other pages, comes to its end all the same, and what is at its end is not handed
// on again.
func TestLostImportsAreHandedOnAgain(t *testing.T) {
	for name, publish := range map[string]bool{"kept": false, "published": true} {
		t.Run(name, func(t *testing.T) {
			conn, broker := forgetful(t)
			rows, index, _ := indexFiles(t)
			files, err := archive.Open(t.TempDir(), archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { files.Close() })
			archiver := NewArchiver(conn, rows, files, zerolog.Nop())
			indexer := NewIndexer(conn, rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run
			extractor := func(ctx context.Context) error {
				return (&Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20}).Run(ctx)
			}
			run := news.Run{Name: "spring", Kind: news.RunImport, Publish: publish, BegunAt: time.Now().UTC()}
			if err := rows.BeginRun(t.Context(), run, false); err != nil {
				t.Fatal(err)
			}
			const pages, lists = 20, 4
			bring := func(from, to int) {
				t.Helper()
				for i := from; i < to; i++ {
					p := livePage(i)
					p.Origin = news.OriginArchive
					r := &news.Record{Schema: news.RecordSchema, Run: run.Name, File: "theirs.jsonl", Page: p, URL: p.URL, Body: p.Body, Length: p.Length}
					if err := conn.PublishImport(t.Context(), r); err != nil {
						t.Fatal(err)
					}
				}
			}
			onTheWay := func(when string, want bool) {
				t.Helper()
				if on, err := conn.OnTheWay(t.Context(), run); err != nil || on != want {
					t.Errorf("%s: on the way %v, %v", when, on, err)
				}
			}
			fed := func(want int64) {
				t.Helper()
				waitUntil(t, "all are handed on", func() bool {
					state, err := rows.Run(t.Context(), run.Name)
					return err == nil && state.Captures == want && state.Fed == want
				})
			}
			ended := func() (done, skipped int64) {
				counts, err := rows.RunOutcomes(t.Context(), run.Name)
				if err != nil {
					t.Fatal(err)
				}
				return counts[news.Done], counts[news.Skipped]
			}

			stopAll := together(t, archiver.Run, extractor, indexer)
			bring(0, pages/2)
			waitUntil(t, "the first are at their end", func() bool {
				done, skipped := ended()
				on, err := conn.OnTheWay(t.Context(), run)
				return err == nil && !on && done+skipped == pages/2
			})
			stopAll()
			articles := "SHADOW"
			if publish {
				articles = "ARTICLE"
			}
			atTheirEnd, before := broker.pages(t, articles, 0)
			stopArchiver := together(t, archiver.Run)
			bring(pages/2, pages)
			fed(pages)
			onTheWay("handed on", true)
			stopArchiver() // which would hand them on again at once
			broker.purge(t, "REPLAY")
			onTheWay("lost", false)
			running(t, archiver.Run)
			stop := together(t, extractor)
			waitUntil(t, "all are extracted", func() bool {
				return broker.holds(t, articles) >= pages-lists && broker.holds(t, "REPLAY") == 0
			})
			stop()
			waitUntil(t, "what came of them is on the way", func() bool { // as above
				on, err := conn.OnTheWay(t.Context(), run)
				return err == nil && on
			})
			extracted, _ := broker.pages(t, articles, before)
			for _, url := range extracted {
				if slices.Contains(atTheirEnd, url) {
					t.Errorf("%s is at its end and was handed on again", url)
				}
			}
			broker.purge(t, articles)
			broker.purge(t, "EVENT")
			running(t, indexer)
			running(t, extractor)
			waitUntil(t, "all are at their end", func() bool {
				done, skipped := ended()
				return done == pages-lists && skipped == lists
			})
		})
	}
}
