package stream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

func portOf(t *testing.T, s *Server) int {
	t.Helper()
	u, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// The broker goes down and comes back in the middle of publishing and
// consuming. Every page is handled, and told of.
func TestOutageLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := startServer(t, ServerOptions{Dir: dir})
	broker := relayTo(t, server)
	c := connect(t, Config{URL: broker.URL(), AckWait: time.Second})
	setUp(t, c)

	const pages = 60
	var mu sync.Mutex
	handled := map[string]bool{}
	midway := make(chan struct{})
	reached := sync.OnceFunc(func() { close(midway) })
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 4, func(ctx context.Context, m *Message[*news.Page]) error {
			mu.Lock()
			defer mu.Unlock()
			handled[m.Value.URL] = true
			if len(handled) == pages/3 {
				reached()
			}
			return c.PublishArticle(ctx, articleOf(string(m.Value.Body)))
		})
	})
	publish := func(from, to int) error {
		for i := from; i < to; i++ {
			name := fmt.Sprint("page", i)
			if err := c.PublishPage(t.Context(), pageOf(name, []byte(name))); err != nil {
				return err
			}
		}
		return nil
	}
	if err := publish(0, pages/2); err != nil {
		t.Fatal(err)
	}
	receive(t, midway)
	broker.stop(t, server)
	published := make(chan error, 1)
	go func() { published <- publish(pages/2, pages) }()
	eventually(t, "not ready without a broker", func() bool {
		err := c.Ready()
		return err != nil && strings.HasPrefix(err.Error(), "no NATS connection to nats://")
	})
	broker.lead(t, startServer(t, ServerOptions{Dir: dir}))
	if err := receive(t, published); err != nil {
		t.Fatal(err)
	}
	eventually(t, "all pages done, and told of", func() bool {
		done := map[string]bool{}
		for _, e := range eventsOf(t, c, pages) {
			if e.Outcome != news.Done {
				t.Fatalf("event %+v", e)
			}
			done[e.URL] = true
		}
		return len(done) == pages
	})
	settled(t, c, streamRaw, "extract")
	s, err := c.js.Stream(t.Context(), streamArticle)
	if err != nil || s.CachedInfo().State.Msgs != pages {
		t.Errorf("%d articles, want %d (%v)", s.CachedInfo().State.Msgs, pages, err)
	}
	eventually(t, "ready again", func() bool { return c.Ready() == nil })
}

// What waits for its second attempt still waits when the broker comes back.
func TestWaitingOutlastsTheBroker(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := startServer(t, ServerOptions{Dir: dir})
	broker := relayTo(t, server)
	c := connect(t, Config{URL: broker.URL(), RetryBase: time.Millisecond})
	setUp(t, c)
	if err := c.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetches(ctx, 1, func(_ context.Context, m *Message[*news.FetchJob]) error {
			if m.Attempt == 1 {
				return &news.Fault{Reason: news.ServerError, After: time.Second}
			}
			return nil
		})
	})
	told(t, c, 1)
	settled(t, c, streamFetch, "fetch-normal")
	broker.stop(t, server)
	broker.lead(t, startServer(t, ServerOptions{Dir: dir}))
	want := []string{"fetch/1 retry(serverError)", "fetch/2 done()"}
	if diff := cmp.Diff(want, told(t, c, 2)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// A broker that died without keeping what it delivered does not answer when that is
// acknowledged. Nobody waits for it message by message.
func TestABrokerThatForgotIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := startServer(t, ServerOptions{Dir: dir})
	broker := relayTo(t, server)
	c := connect(t, Config{URL: broker.URL(), AckWait: patience / 4}) // 100 of those would be too long
	setUp(t, c)
	const events = 100
	for i := range events {
		e := news.Event{Schema: news.EventSchema, Stage: news.StageFetch, Trace: jobOf(fmt.Sprint(i)).Trace(), Attempt: 1, Outcome: news.Done}
		if err := c.PublishEvent(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	shown(t, c, streamEvent, "journey", events)
	taken, goOn := make(chan int, events), make(chan struct{})
	running(t, func(ctx context.Context) error {
		return c.ConsumeEvents(ctx, Batch{Size: events, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[news.Event]) []error {
			taken <- len(batch)
			<-goOn
			return nil
		})
	})
	receive(t, taken)
	broker.stop(t, server)
	states, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", streamEvent, "obs", "journey", "o.dat"))
	if err != nil || len(states) != 1 {
		t.Fatalf("states of the reader: %q, %v", states, err)
	}
	if err := os.Remove(states[0]); err != nil {
		t.Fatal(err)
	}
	eventually(t, "not connected", func() bool { return !c.nc.IsConnected() })
	close(goOn)
	broker.lead(t, startServer(t, ServerOptions{Dir: dir}))
	settled(t, c, streamEvent, "journey")
}

// What the broker hands out later than nats.go would wait for it is in hand all the
// same. Else it would count as delivered to a worker that died.
func TestALateAnswerIsWaitedFor(t *testing.T) {
	t.Parallel()
	server := startServer(t, ServerOptions{})
	near := connect(t, Config{Server: server})
	setUp(t, near)
	broker := relayTo(t, server)
	source := connect(t, Config{URL: broker.URL()}).sources(fetchReaders)[2]
	taken := make(chan *delivery, 1)
	pull := func() error {
		_, err := source.pull(t.Context(), 1, 0, func(d *delivery) { taken <- d })
		return err
	}
	eventually(t, "it knows its reader, though there is nothing", func() bool {
		if err := pull(); err != nil {
			t.Fatal(err)
		}
		return source.consumer != nil
	})
	if err := near.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Fatal(err)
	}
	shown(t, near, streamFetch, "fetch-normal", 1)
	broker.answers.Lock()
	release := sync.OnceFunc(broker.answers.Unlock)
	defer release()
	pulled := make(chan error, 1)
	go func() { pulled <- pull() }()
	eventually(t, "the job is handed out", func() bool {
		r, err := near.js.Consumer(t.Context(), streamFetch, "fetch-normal")
		return err == nil && r.CachedInfo().NumAckPending == 1
	})
	time.Sleep(1500 * time.Millisecond) // nats.go waits for a second
	release()
	receive(t, taken).rest()
	if err := receive(t, pulled); err != nil {
		t.Error(err)
	}
}

func TestConnectWaitsForABroker(t *testing.T) {
	t.Parallel()
	broker := relayTo(t, nil)
	connected := make(chan error, 1)
	go func() {
		c, err := Connect(t.Context(), Config{URL: broker.URL()}, zerolog.Nop())
		if err == nil {
			c.Close()
		}
		connected <- err
	}()
	receive(t, broker.refused)
	broker.lead(t, startServer(t, ServerOptions{}))
	if err := receive(t, connected); err != nil {
		t.Error(err)
	}
}

func TestConnectGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Connect(ctx, Config{URL: "nats://127.0.0.1:1"}, zerolog.Nop())
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(fmt.Sprint(err), "nats://127.0.0.1:1") {
		t.Errorf("Connect = %v", err)
	}
}

// A client that does not make the streams hears at once that there are none.
func TestNoStreams(t *testing.T) {
	t.Parallel()
	c := connect(t, Config{Server: startServer(t, ServerOptions{})})
	for _, tt := range []struct {
		name string
		got  error
	}{
		{"job", c.PublishFetch(t.Context(), jobOf("a"))},
		{"page", c.PublishPage(t.Context(), pageOf("a", []byte("x")))},
		{"large page", c.PublishPage(t.Context(), pageOf("a", noise(1<<20)))},
		{"event", c.PublishEvent(t.Context(), news.Event{Stage: news.StageFetch, Trace: jobOf("a").Trace()})},
	} {
		if !errors.Is(tt.got, ErrNoStreams) {
			t.Errorf("%s: %v, want ErrNoStreams", tt.name, tt.got)
		}
	}
	setUp(t, c)
	if err := c.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Error(err)
	}
}

// A stage whose reader somebody deleted is not ready, and is again when the
// reader is there.
func TestReadyNeedsTheReader(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.js.DeleteConsumer(t.Context(), streamRaw, "extract"); err != nil {
		t.Fatal(err)
	}
	consume := func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(context.Context, *Message[*news.Page]) error { return nil })
	}
	stop := running(t, consume)
	unready := func() bool {
		err := c.Ready()
		return err != nil && strings.Contains(err.Error(), `reader "extract" of RAW`)
	}
	eventually(t, "not ready without its reader", unready)
	setUp(t, c)
	eventually(t, "ready", func() bool { return c.Ready() == nil })
	if err := c.js.DeleteConsumer(t.Context(), streamRaw, "extract"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "not ready again", unready)
	stop()
	if err := c.Ready(); err != nil {
		t.Errorf("nobody pulls any more: %v", err)
	}
}

// Whoever closes a connection has not lost it.
func TestCloseWarnsOfNothing(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	c, err := Connect(t.Context(), Config{Server: startServer(t, ServerOptions{})}, zerolog.New(zerolog.SyncWriter(&lines)))
	if err != nil {
		t.Fatal(err)
	}
	lines.Reset() // it may have waited for the broker
	closed := make(chan struct{})
	c.nc.SetClosedHandler(func(*nats.Conn) { close(closed) }) // comes after all others
	c.Close()
	receive(t, closed)
	if lines.Len() > 0 {
		t.Errorf("logged: %s", &lines)
	}
}

func TestConnectRefused(t *testing.T) {
	t.Parallel()
	s := startServer(t, ServerOptions{Token: "shibboleth"})
	for _, r := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"no token", Config{}, "check token, user, creds or nkey"},
		{"wrong token", Config{Token: "sibboleth"}, "check token, user, creds or nkey"},
		{"no creds file", Config{Creds: "/nowhere/desk.creds"}, "/nowhere/desk.creds"},
		{"no CA file", Config{TLSCA: "/nowhere/ca.pem"}, "/nowhere/ca.pem"},
	} {
		r.cfg.URL = s.URL()
		_, err := Connect(t.Context(), r.cfg, zerolog.Nop())
		if err == nil || !strings.Contains(err.Error(), r.want) || strings.Contains(err.Error(), "bboleth") {
			t.Errorf("%s: %v, want %q", r.name, err, r.want)
		}
	}
	for _, cfg := range []Config{{URL: s.URL(), Token: "shibboleth"}, {Server: s, Token: "shibboleth"}} {
		if c, err := Connect(t.Context(), cfg, zerolog.Nop()); err != nil {
			t.Error(err)
		} else {
			c.Close()
		}
	}
}

func TestTakenPortIsAnError(t *testing.T) {
	t.Parallel()
	s := startServer(t, ServerOptions{})
	_, err := StartServer(ServerOptions{Dir: t.TempDir(), Port: portOf(t, s)})
	if !errors.Is(err, ErrPortTaken) {
		t.Errorf("StartServer on a taken port: %v, want ErrPortTaken", err)
	}
}
