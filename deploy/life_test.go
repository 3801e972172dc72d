package deploy_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/cli"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Every program does all that it can do under its own user alone, and the
// server denies nothing: a small page and one too large for a message, a page
// that is tried again, one that dies and is sent back, one that is dropped, what
// was in hand when a worker died, every command, and a subscriber.
func TestEveryUserMayDoItsWork(t *testing.T) {
	t.Parallel()
	b := boot(t)
	site := newSite(t)

	copydesk(t, b, 0, "streams", "apply")
	if out := copydesk(t, b, 0, "streams", "check"); !strings.Contains(out, "as the settings say") {
		t.Errorf("streams check: %s", out)
	}

	abandon(t, b, "fetcher", "FETCH", "fetch-normal", func(ctx context.Context, conn *stream.Conn) error {
		return conn.PublishFetch(ctx, &news.FetchJob{
			Schema: news.FetchSchema, VisitID: strings.Repeat("0a", 16), URL: "http://daily.example/2026/left-behind",
			Site: "daily.example", Priority: news.Normal, AddedAt: time.Now().UTC(),
		})
	})
	abandon(t, b, "fetcher", "EVENT", "frontier", func(ctx context.Context, conn *stream.Conn) error {
		return conn.PublishEvent(ctx, news.Event{
			Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: time.Now().UTC(),
			Trace: news.Trace{VisitID: strings.Repeat("0b", 16), URL: "http://daily.example/2026/gone", Site: "daily.example"},
		})
	})
	abandon(t, b, "", "EVENT", "journey", nil)
	run(t, b, service.Fetcher, "fetcher", "--fetch-hosts", "daily.example="+site, "--fetch-host-delay", "1ms")
	copydesk(t, b, 0, "add", "http://daily.example/2026/harbour", "http://daily.example/2026/ledger",
		"http://daily.example/2026/busy-once", "http://daily.example/2026/busy", "http://daily.example/2026/broken")
	abandon(t, b, "", "RAW", "extract", nil)
	run(t, b, service.Extractor, "extractor")
	abandon(t, b, "", "ARTICLE", "index", nil)
	abandon(t, b, "", "RAW", "archive", nil)
	run(t, b, service.Indexer, "indexer")

	until(t, "two dead pages", func() bool { return len(dead(t, b)) == 2 })
	numbers := dead(t, b)
	copydesk(t, b, 0, "dead", "show", fmt.Sprint(numbers[0]))
	copydesk(t, b, 0, "dead", "drop", fmt.Sprint(numbers[0]))
	copydesk(t, b, 0, "dead", "retry", fmt.Sprint(numbers[1]))
	until(t, "the second is dead again", func() bool { d := dead(t, b); return len(d) == 1 && d[0] > numbers[1] })

	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "saved.html"), []byte(story("Orchard", paragraphs(6))), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "large.html"), []byte(story("Registry", randomWords(60_000, 2))), 0o600); err != nil {
		t.Fatal(err)
	}
	copydesk(t, b, 0, "add", folder)

	want := []string{"Harbour", "Ledger", "Busy once", "Left behind", "Orchard", "Registry"}
	for _, headline := range want {
		until(t, headline+" to be found", func() bool {
			return strings.Contains(copydesk(t, b, -1, "search", quoted(headline)), headline)
		})
	}
	copydesk(t, b, 0, "sources", "add", "http://daily.example/feed.xml")
	copydesk(t, b, 0, "sources", "pause", "http://daily.example/feed.xml")
	copydesk(t, b, 0, "sources", "resume", "http://daily.example/feed.xml")
	copydesk(t, b, 0, "sources", "ls")
	copydesk(t, b, 0, "refetch", "http://daily.example/2026/harbour")
	copydesk(t, b, 0, "sources", "rm", "http://daily.example/feed.xml")
	copydesk(t, b, 0, "show", "http://daily.example/2026/harbour")
	if out := copydesk(t, b, 0, "journey", "http://daily.example/2026/busy-once"); !strings.Contains(out, "done") {
		t.Errorf("journey: %s", out)
	}
	copydesk(t, b, 0, "reindex")
	until(t, "every page in the archive, the one fetched again as a revisit", func() bool {
		out := copydesk(t, b, -1, "status")
		return strings.Contains(out, "7 captures, 1 of them")
	})
	if out := copydesk(t, b, 0, "replay", "--run", "again"); !strings.Contains(out, "complete: 6 captures") {
		t.Errorf("replay: %s", out)
	}
	if out := copydesk(t, b, 0, "diff", "again"); !strings.Contains(out, "the same") {
		t.Errorf("diff: %s", out)
	}
	copydesk(t, b, 0, "promote", "again")
	copydesk(t, b, 0, "runs", "ls")
	copydesk(t, b, 0, "runs", "cancel", "again")
	copydesk(t, b, 0, "runs", "drop", "again")
	until(t, "everybody to be ready and all work done", func() bool {
		return allSettled(t, copydesk(t, b, -1, "status", "--json"))
	})

	for _, user := range []string{"operator", "subscriber"} { // who must get large records too
		seen := copydeskAs(t, b, user, 0, "tail", "--json", "--since", "1h", "-n", fmt.Sprint(len(want)))
		for _, headline := range want {
			if !strings.Contains(seen, `"headline":"`+headline+`"`) {
				t.Errorf("tail as %s did not show %q", user, headline)
			}
		}
	}
	if rows := copydesk(t, b, 0, "export", "--jsonl"); strings.Count(rows, "\n") != len(want) {
		t.Errorf("exported %d records, want %d", strings.Count(rows, "\n"), len(want))
	}

	got := subscribe(t, b)
	for _, headline := range want {
		if !got[headline] {
			t.Errorf("the subscriber did not get %q, it got %v", headline, got)
		}
	}
	if denied := b.log.containing("Violation"); len(denied) > 0 {
		t.Errorf("the server denied what is needed:\n%s", strings.Join(denied, "\n"))
	}
}

// Rows that were lost, or are older than the streams, are made again from the
// streams, as docs/operate.md says.
func TestRowsComeBack(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	run(t, b, service.Fetcher, "fetcher", "--fetch-hosts", "daily.example="+newSite(t), "--fetch-host-delay", "1ms")
	run(t, b, service.Extractor, "extractor")
	stop := run(t, b, service.Indexer, "indexer")
	found := func() bool { return strings.Contains(copydesk(t, b, -1, "search", "Harbour"), "Harbour") }
	copydesk(t, b, 0, "add", "http://daily.example/2026/harbour")
	until(t, "the page", found)
	stop()

	js := b.client(t, "admin").jetStream(t)
	for from, reader := range map[string]string{"ARTICLE": "index", "EVENT": "journey"} {
		if err := js.DeleteConsumer(t.Context(), from, reader); err != nil {
			t.Fatal(err)
		}
	}
	copydesk(t, b, 0, "streams", "apply")
	run(t, b, service.Indexer, "indexer")
	until(t, "the page in new rows", found)
	until(t, "its journey", func() bool {
		return strings.Contains(copydesk(t, b, -1, "journey", "http://daily.example/2026/harbour"), "index")
	})
}

func quoted(text string) string { return `"` + text + `"` }

// subscribe reads every article as a downstream program would: a durable
// consumer, and the object store where a record is too large.
func subscribe(t *testing.T, b *broker) map[string]bool {
	t.Helper()
	c := b.client(t, "subscriber")
	js := c.jetStream(t)
	consumer, err := js.CreateOrUpdateConsumer(t.Context(), "ARTICLE", jetstream.ConsumerConfig{
		Durable: "downstream", FilterSubjects: []string{"news.v1.article.>", "news.v1.withdrawn.>"}, AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	batch, err := consumer.Fetch(int(consumer.CachedInfo().NumPending), jetstream.FetchMaxWait(patience))
	if err != nil {
		t.Fatal(err)
	}
	got, large := map[string]bool{}, 0
	for m := range batch.Messages() {
		var a news.Article
		if err := json.Unmarshal(m.Data(), &a); err != nil {
			t.Fatal(err)
		}
		if a.RecordRef != "" {
			large++
			records, err := js.ObjectStore(t.Context(), "RECORD")
			if err != nil {
				t.Fatal(err)
			}
			whole, err := records.GetBytes(t.Context(), a.RecordRef)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(whole, &a); err != nil || a.ArticleBody == "" {
				t.Errorf("record %s of %d bytes: no text, %v", a.RecordRef, len(whole), err)
			}
		}
		got[a.Headline] = true
		if err := m.DoubleAck(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if large < 2 {
		t.Errorf("%d records came through the object store, want 2: nothing was proved of it", large)
	}
	// What becomes the filter of one subject, and its own end.
	if _, err := js.CreateConsumer(t.Context(), "ARTICLE", jetstream.ConsumerConfig{Durable: "english", FilterSubject: "news.v1.article.en.>"}); err != nil {
		t.Error(err)
	}
	if err := js.DeleteConsumer(t.Context(), "ARTICLE", "english"); err != nil {
		t.Error(err)
	}
	return got
}

// abandon has a message published as user, and takes it as a worker that dies
// with it would.
func abandon(t *testing.T, b *broker, user, from, reader string, publish func(context.Context, *stream.Conn) error) {
	t.Helper()
	if publish != nil {
		conn, err := stream.Connect(t.Context(), stream.Config{URL: b.url, TLSCA: b.ca, User: user, Password: password(user)}, zerolog.Nop())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := publish(t.Context(), conn); err != nil {
			t.Fatal(err)
		}
	}
	js := b.client(t, "admin").jetStream(t)
	consumer, err := js.Consumer(t.Context(), from, reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := consumer.Next(jetstream.FetchMaxWait(patience)); err != nil {
		t.Fatalf("nothing to abandon in %s for %s: %v", from, reader, err)
	}
}

// ackWait is how soon what was abandoned comes again.
const ackWait = "2s"

// run runs a service as user, from when it answers until it is stopped or the
// test ends.
func run(t *testing.T, b *broker, s service.Service, user string, args ...string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	args = append(append(b.flags(user), "--data", t.TempDir(), "--http-listen", "127.0.0.1:0", "--log-level", "warn",
		"--stream-ack-wait", ackWait, "--stream-retry-base", "1s", "--stream-max-attempts", "2"), args...)
	var log output
	code := make(chan int, 1)
	go func() { code <- service.Main(ctx, s, args, &log, &log) }()
	stop = sync.OnceFunc(func() {
		cancel()
		got := <-code
		lost := strings.Contains(log.String(), "Batch Completed") // a full answer was taken for a failure
		if got != 0 || lost || t.Failed() {
			t.Errorf("%s ended with %d:\n%s", user, got, log.String())
		}
	})
	t.Cleanup(stop)
	until(t, user, func() bool {
		return strings.Contains(copydesk(t, b, -1, "status", "--json"), `"service": "`+user+`"`)
	})
	return stop
}

// copydesk runs a command as operator; want is its exit code, -1 for any.
func copydesk(t *testing.T, b *broker, want int, args ...string) string {
	t.Helper()
	return copydeskAs(t, b, "operator", want, args...)
}

func copydeskAs(t *testing.T, b *broker, user string, want int, args ...string) string {
	t.Helper()
	args = append(b.flags(user), args...)
	if slices.Contains(args, "streams") {
		args = append(args, "--stream-ack-wait", ackWait)
	}
	var stdout, stderr bytes.Buffer
	if got := cli.Run(t.Context(), args, &stdout, &stderr); want >= 0 && got != want {
		t.Fatalf("copydesk %q: exit code %d, want %d\n%s%s", args[8:], got, want, &stdout, &stderr)
	}
	return stdout.String()
}

func dead(t *testing.T, b *broker) []uint64 {
	t.Helper()
	var reply api.DeadListReply
	if err := json.Unmarshal([]byte(copydesk(t, b, 0, "dead", "ls", "--json")), &reply); err != nil {
		t.Fatal(err)
	}
	var numbers []uint64
	for _, m := range reply.Messages {
		numbers = append(numbers, m.Sequence)
	}
	return numbers
}

// allSettled says whether all services are ready and no reader has work left.
func allSettled(t *testing.T, status string) bool {
	t.Helper()
	var desk struct {
		Services []api.StatusReply
		Streams  []stream.StreamStatus
	}
	if err := json.Unmarshal([]byte(status), &desk); err != nil {
		t.Fatalf("status: %v\n%s", err, status)
	}
	for _, s := range desk.Services {
		if !s.Ready {
			return false
		}
	}
	for _, s := range desk.Streams {
		for _, r := range s.Readers {
			if r.Pending > 0 || r.InHand > 0 {
				return false
			}
		}
	}
	return len(desk.Services) == 3
}

// until waits for what takes a few round trips.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// newSite serves daily.example and returns its address.
func newSite(t *testing.T) string {
	var mu sync.Mutex
	asked := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		again := asked[r.URL.Path]
		asked[r.URL.Path] = true
		mu.Unlock()
		busy := func() { http.Error(w, "busy", http.StatusServiceUnavailable) }
		page := func(text string) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, text)
		}
		switch r.URL.Path {
		case "/feed.xml":
			fmt.Fprintf(w, `<rss version="2.0"><channel><item><link>http://%s/2026/harbour</link></item></channel></rss>`, r.Host)
		case "/2026/harbour":
			page(story("Harbour", paragraphs(6)))
		case "/2026/left-behind":
			page(story("Left behind", paragraphs(6)))
		case "/2026/ledger":
			page(story("Ledger", randomWords(60_000, 1)))
		case "/2026/busy", "/2026/broken":
			busy()
		case "/2026/busy-once":
			if !again {
				busy()
				return
			}
			page(story("Busy once", paragraphs(6)))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func story(headline, text string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%[1]s</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-02-03T08:00:00Z"></head><body><article><h1>%[1]s</h1>%[2]s</article></body></html>`, headline, text)
}

func paragraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n<p>In part %d of this account the harbour master counted every boat that came in before the rain, and wrote the number into the book that lies in the old customs house.</p>", i+1)
	}
	return b.String()
}

// randomWords does not compress to the size of a message.
func randomWords(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, seed))
	var b strings.Builder
	for i := range n {
		if i%100 == 0 {
			b.WriteString("</p>\n<p>The ledger says: ")
		}
		fmt.Fprintf(&b, "%x ", r.Uint64())
	}
	return "<p>It begins here." + b.String() + "</p>"
}

// output is what a service writes.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
