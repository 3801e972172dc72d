package deploy_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	_ "github.com/copydesk/copydesk/pkg/sqlite" // the driver
	"github.com/copydesk/copydesk/pkg/stream"
)

// subscribed is what a program of docs/subscribe kept of a story.
type subscribed struct {
	ID, Headline string
	BodySize     int
	Withdrawn    bool
}

// program is a subscriber of docs/subscribe.
type program struct {
	command []string
	// kept reads what it has kept, by story; nil while there is nothing.
	kept func(t *testing.T, path string) map[string]subscribed
}

// The Go program of docs/subscribe.md, as it is printed there.
func TestSubscriberInGo(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "subscriber")
	if out, err := exec.Command("go", "build", "-o", bin, "../docs/subscribe/go").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	keepsEveryArticle(t, program{[]string{bin}, keptInSQLite})
}

// keepsEveryArticle runs a program as the user subscriber, kills it in the
// middle, starts it again, and wants every story once, at its newest revision
// and whole, whatever came twice and in whatever order.
func keepsEveryArticle(t *testing.T, p program) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	desk := newNewsDesk(t, b)
	path := filepath.Join(t.TempDir(), "articles")

	for n := range 20 {
		desk.publish(n, "first", 1, 10)
	}
	desk.publish(20, "large", 1, 900<<10)
	kill := p.start(t, b, path)
	until(t, "the first articles to be kept", func() bool { return len(p.kept(t, path)) >= 10 })
	kill(syscall.SIGKILL)

	desk.publish(3, "corrected", 5, 10)
	desk.publish(4, "late and older", 0, 10)
	desk.publish(21, "new", 1, 10)
	desk.again(7)
	desk.again(20)
	desk.withdraw(5, 2)
	desk.withdraw(6, 2)
	desk.publish(6, "back", 9, 10)
	desk.publish(8, "on its way", 9, 10)
	desk.withdraw(8, 2)
	desk.withdraw(9, 1) // what was captured then is no article
	desk.withdraw(9, 0)
	stop := p.start(t, b, path)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("kept (-want +got):\n%s", cmp.Diff(desk.want, p.kept(t, path)))
		}
	})
	until(t, "all articles to be kept", func() bool { return cmp.Equal(desk.want, p.kept(t, path)) })
	// What was delivered last has been acknowledged when nothing is in hand.
	until(t, "all to be acknowledged", func() bool { return desk.allAcknowledged() })
	stop(syscall.SIGTERM)
	if got := p.kept(t, path); !cmp.Equal(desk.want, got) {
		t.Errorf("kept %d articles, want %d, each at its newest revision", len(got), len(desk.want))
	}
	if denied := b.log.containing("Violation"); len(denied) > 0 {
		t.Errorf("the server denied what is needed:\n%s", strings.Join(denied, "\n"))
	}
}

// start starts the program; stop sends it a signal and waits for its end, which
// is peaceful unless it was killed.
func (p program) start(t *testing.T, b *broker, path string) (stop func(syscall.Signal)) {
	t.Helper()
	var out output
	cmd := exec.Command(p.command[0], p.command[1:]...)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Env = append(os.Environ(), "NATS_URL="+b.url, "NATS_CA="+b.ca, "NATS_USER=subscriber",
		"NATS_PASSWORD="+password("subscriber"), "ARTICLES="+path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		if t.Failed() {
			t.Logf("%s said:\n%s", p.command, out.String())
		}
	})
	return func(signal syscall.Signal) {
		t.Helper()
		if err := cmd.Process.Signal(signal); err != nil {
			t.Errorf("%s ended by itself: %v", p.command, err)
		}
		select {
		case err := <-ended:
			if err != nil && signal != syscall.SIGKILL {
				t.Errorf("%s ended with %v", p.command, err)
			}
		case <-time.After(patience):
			t.Errorf("%s does not end", p.command)
		}
	}
}

// newsDesk publishes articles and knows what a subscriber should have of them.
type newsDesk struct {
	t    *testing.T
	conn *stream.Conn
	// admin publishes past the broker's memory of ids, as it is after minutes.
	admin *client
	last  map[int]*news.Article
	want  map[string]subscribed
}

func newNewsDesk(t *testing.T, b *broker) *newsDesk {
	t.Helper()
	conn, err := stream.Connect(t.Context(), stream.Config{URL: b.url, TLSCA: b.ca, User: "extractor", Password: password("extractor")}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return &newsDesk{t: t, conn: conn, admin: b.client(t, "admin"), last: map[int]*news.Article{}, want: map[string]subscribed{}}
}

func minuteOf(n int) time.Time { return time.Date(2026, 3, 1, 12, n, 0, 123_456_000, time.UTC) }

// publish publishes a revision of story n, captured at a minute.
func (d *newsDesk) publish(n int, headline string, minute, size int) {
	d.t.Helper()
	url := fmt.Sprintf("https://daily.example/2026/story-%d", n)
	at := minuteOf(minute)
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(url), URL: url, RequestedURL: url, Type: news.NewsArticle,
		Headline: fmt.Sprintf("Story %d, %s", n, headline), ArticleBody: strings.Repeat("é", size/2),
		Publisher: &news.Publisher{Domain: "daily.example"}, InLanguage: news.Language{Declared: []string{"en", "de"}[n%2]},
		Raw: news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), news.Digest([]byte(headline))), FetchedAt: at},
	}
	if err := a.Seal(); err != nil {
		d.t.Fatal(err)
	}
	if err := d.conn.PublishArticle(d.t.Context(), a); err != nil {
		d.t.Fatal(err)
	}
	if before := d.last[n]; before == nil || before.Raw.FetchedAt.Before(at) {
		d.last[n] = a
		d.want[a.StoryID] = subscribed{ID: a.ID, Headline: a.Headline, BodySize: len(a.ArticleBody)}
	}
}

// again publishes the newest revision of story n once more.
func (d *newsDesk) again(n int) {
	d.t.Helper()
	raw, err := json.Marshal(d.last[n])
	if err != nil {
		d.t.Fatal(err)
	}
	if len(raw) > 512<<10 { // in its large form
		raw, err = json.Marshal(map[string]any{
			"schema": news.ArticleSchema, "storyId": d.last[n].StoryID, "id": d.last[n].ID, "headline": d.last[n].Headline,
			"raw": d.last[n].Raw, "recordRef": d.last[n].ID, "afieldOfTomorrow": true,
		})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	d.admin.mustPublish(d.t, "news.v1.article.en.daily_example", raw)
}

// withdraw says that the page of story n was found gone at a minute.
func (d *newsDesk) withdraw(n, minute int) {
	d.t.Helper()
	id, at := d.last[n].StoryID, minuteOf(minute)
	d.admin.mustPublish(d.t, "news.v1.withdrawn.en.daily_example", []byte(`{"schema":"withdrawn/1","storyId":"`+id+`","at":"`+at.Format(time.RFC3339Nano)+`"}`))
	w := d.want[id]
	w.Withdrawn = w.Withdrawn || !at.Before(d.last[n].Raw.FetchedAt)
	d.want[id] = w
}

func (c *client) mustPublish(t *testing.T, subject string, data []byte) {
	t.Helper()
	answer, err := c.RequestMsg(&nats.Msg{Subject: subject, Data: data}, patience)
	if err != nil || strings.Contains(string(answer.Data), `"error"`) {
		t.Fatalf("publish on %s: %v", subject, err)
	}
}

// allAcknowledged says whether no subscriber has anything to do or in hand.
func (d *newsDesk) allAcknowledged() bool {
	d.t.Helper()
	js := d.admin.jetStream(d.t)
	articles, err := js.Stream(d.t.Context(), "ARTICLE")
	if err != nil {
		d.t.Fatal(err)
	}
	list := articles.ListConsumers(d.t.Context())
	done, found := true, false
	for reader := range list.Info() {
		if strings.HasPrefix(reader.Name, "subscriber-") {
			found = true
			done = done && reader.NumPending == 0 && reader.NumAckPending == 0
		}
	}
	return found && done && list.Err() == nil
}

func keptInSQLite(t *testing.T, path string) map[string]subscribed {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(context.Background(), `
		SELECT story_id, id, headline, length(CAST(body AS BLOB)), (withdrawn_at, withdrawn) > (fetched_at, sequence) FROM articles WHERE id IS NOT NULL`)
	if err != nil { // the table is not there yet
		return nil
	}
	defer rows.Close()
	kept := map[string]subscribed{}
	for rows.Next() {
		var id string
		var s subscribed
		if err := rows.Scan(&id, &s.ID, &s.Headline, &s.BodySize, &s.Withdrawn); err != nil {
			t.Fatal(err)
		}
		kept[id] = s
	}
	return kept
}
