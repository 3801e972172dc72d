package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

// patience is how long a test waits for what must come: for ever, but that a test
// which hangs says where.
const patience = 3 * time.Minute

func startServer(t *testing.T, o ServerOptions) *Server {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	if o.Port == 0 {
		o.Port = -1
	}
	o.Log = zerolog.Nop()
	s, err := StartServer(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func connect(t *testing.T, cfg Config) *Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	c, err := Connect(ctx, cfg, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	// What a test asks once, the product would ask again.
	if c.js, err = jetstream.New(c.nc, jetstream.WithDefaultTimeout(patience)); err != nil {
		t.Fatal(err)
	}
	return c
}

// desktop is a broker of its own and a connection to it. Work is tried again soon.
// What is in hand stays there however slow the machine is: whose worker should die
// has it [die].
func desktop(t *testing.T, change ...func(*Config)) *Conn {
	t.Helper()
	cfg := Config{Server: startServer(t, ServerOptions{}), MaxAttempts: 2, RetryBase: time.Millisecond}
	for _, change := range change {
		change(&cfg)
	}
	c := connect(t, cfg)
	setUp(t, c)
	return c
}

func setUp(t *testing.T, c *Conn) {
	t.Helper()
	if found, err := c.Setup(t.Context()); err != nil || len(found) > 0 {
		t.Fatalf("Setup = %v, %v", found, err)
	}
}

// running starts a consumer, which the returned function ends.
func running(t *testing.T, consume func(context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- consume(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("consumer ended: %v", err)
			}
		case <-time.After(patience):
			t.Error("consumer does not end")
		}
	}
	t.Cleanup(stop)
	return stop
}

// receive is the next value of ch.
func receive[T any](t *testing.T, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("not reached")
	}
}

// eventually waits until check says yes.
func eventually(t *testing.T, what string, check func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !check(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("did not come to be: %s", what)
		}
	}
}

// told waits for n events and gives all that there are as "stage/attempt
// outcome(reason)".
func told(t *testing.T, c *Conn, n int) []string {
	t.Helper()
	var lines []string
	for _, e := range eventsOf(t, c, n) {
		lines = append(lines, fmt.Sprintf("%s/%d %s(%s)", e.Stage, e.Attempt, e.Outcome, e.Reason))
	}
	return lines
}

func eventsOf(t *testing.T, c *Conn, n int) []news.Event {
	t.Helper()
	s, err := c.js.Stream(t.Context(), streamEvent)
	for end := time.Now().Add(patience); err != nil; s, err = c.js.Stream(t.Context(), streamEvent) {
		if time.Now().After(end) {
			t.Fatalf("the stream of events is not there, by %q: %v", c.nc.ConnectedAddr(), err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	var events []news.Event
	for seq, end := uint64(1), time.Now().Add(patience); ; {
		m, err := s.GetMsg(t.Context(), seq)
		if err == nil {
			var e news.Event
			if err := json.Unmarshal(m.Data, &e); err != nil {
				t.Fatal(err)
			}
			events = append(events, e)
			seq++
			continue
		}
		if len(events) >= n {
			return events
		}
		if time.Now().After(end) {
			t.Fatalf("%d events, want %d: %+v", len(events), n, events)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// shown waits until the broker shows n messages to a reader, which is a little
// after it has taken them.
func shown(t *testing.T, c *Conn, stream, name string, n uint64) {
	t.Helper()
	eventually(t, fmt.Sprintf("%s/%s has %d messages", stream, name, n), func() bool {
		r, err := c.js.Consumer(t.Context(), stream, name)
		return err == nil && r.CachedInfo().NumPending == n
	})
}

// settled waits until a stream's reader has nothing left to do.
func settled(t *testing.T, c *Conn, stream, name string) {
	t.Helper()
	eventually(t, stream+"/"+name+" has settled all", func() bool {
		r, err := c.js.Consumer(t.Context(), stream, name)
		if err != nil {
			return false
		}
		info := r.CachedInfo()
		return info.NumPending == 0 && info.NumAckPending == 0
	})
}

// takeAway takes the next messages of a reader, all at once, into nobody's hand.
func takeAway(t *testing.T, c *Conn, stream, name string, messages int) (taken []*nats.Msg) {
	t.Helper()
	r := pullRequest{Batch: messages, Expires: patience}
	err := c.pullFrom(reader{stream: stream, name: name}, r, func(m *nats.Msg) { taken = append(taken, m) })
	if err != nil || len(taken) < messages {
		t.Fatalf("%d messages taken, want %d (%v)", len(taken), messages, err)
	}
	return taken
}

// die takes the next messages of a reader, all at once, as a worker that dies of
// them: they are delivered again, as they would be after AckWait, but at once.
func die(t *testing.T, c *Conn, stream, name string, messages int) {
	t.Helper()
	for _, m := range takeAway(t, c, stream, name, messages) {
		if err := c.nc.Publish(m.Reply, nak); err != nil {
			t.Fatal(err)
		}
	}
}

func jobOf(name string) *news.FetchJob {
	url := "https://news.example/" + name
	return &news.FetchJob{
		Schema: news.FetchSchema, VisitID: news.StoryID(name), URL: url, Site: "news.example",
		Priority: news.Normal, AddedAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
	}
}

func pageOf(name string, body []byte) *news.Page {
	job := jobOf(name)
	digest := news.Digest(body)
	return &news.Page{
		Schema: news.PageSchema, VisitID: job.VisitID, CaptureID: news.CaptureID(job.VisitID, digest),
		RequestedURL: job.URL, URL: job.URL, Site: job.Site, Origin: news.OriginFetch,
		Status: 200, ContentType: "text/html", Digest: digest, Length: len(body),
		ResponseHeader: []news.HeaderField{{Name: "X-Motto", Value: "naïve & <true>\ttab"}},
		FetchedAt:      time.Date(2026, 3, 1, 12, 0, 1, 0, time.UTC),
		Body:           body,
	}
}

func articleOf(name string) *news.Article {
	page := pageOf(name, []byte(name))
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(page.URL), URL: page.URL, RequestedURL: page.URL,
		Type: news.NewsArticle, Headline: name, Publisher: &news.Publisher{Domain: "news.example"},
		InLanguage: news.Language{Declared: "en-GB"},
		Raw:        news.Raw{CaptureID: page.CaptureID, Digest: page.Digest, FetchedAt: page.FetchedAt},
	}
	if err := a.Seal(); err != nil {
		panic(err)
	}
	return a
}
