package stage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// desktop is a connection to a broker of the test's own.
func desktop(t *testing.T, cfg stream.Config) *stream.Conn {
	t.Helper()
	conn, _ := desktopWith(t, cfg)
	return conn
}

// desktopWith gives the server too.
func desktopWith(t *testing.T, cfg stream.Config) (*stream.Conn, *stream.Server) {
	t.Helper()
	server, err := stream.StartServer(stream.ServerOptions{Dir: t.TempDir(), Port: -1, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	cfg.Server, cfg.RetryBase = server, time.Millisecond
	conn, err := stream.Connect(t.Context(), cfg, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	if _, err := conn.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	return conn, server
}

// running runs a stage until the test ends.
func running(t *testing.T, run func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// patience is how long a test waits for what must come: for ever, but that a test
// which hangs says where.
const patience = 5 * time.Minute

func waitUntil(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never came true: %s", what)
		}
	}
}

// deadLetters asks for them until the broker answers, which may be slow.
func deadLetters(t *testing.T, conn *stream.Conn) (letters []stream.DeadMessage) {
	t.Helper()
	waitUntil(t, "the broker lists dead letters", func() (told bool) {
		var err error
		letters, err = conn.DeadList(t.Context(), 0, 10)
		return err == nil
	})
	return letters
}

// indexFiles is the rows of an indexer, its search, and a second way into the
// file by which a test spoils it.
func indexFiles(t *testing.T) (*store.Store, *search.Index, *sql.DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index.db")
	rows, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return rows, index, openBeside(t, path)
}

// openBeside opens a file that a stage has open.
func openBeside(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)") // the stage may be writing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // some settings are a connection's own
	return db
}

func exec(t *testing.T, db *sql.DB, queries ...string) {
	t.Helper()
	for _, query := range queries {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

// corrupt damages a table so that SQLite sees it at once; mend makes the
// damage good.
func corrupt(t *testing.T, db *sql.DB, table string) (mend func()) {
	t.Helper()
	var page, version int
	if err := errors.Join(
		db.QueryRowContext(t.Context(), "SELECT rootpage FROM sqlite_schema WHERE name = ?", table).Scan(&page),
		db.QueryRowContext(t.Context(), "PRAGMA schema_version").Scan(&version),
	); err != nil {
		t.Fatal(err)
	}
	point := func(page, version int) {
		exec(t, db, "PRAGMA writable_schema = ON",
			fmt.Sprintf("UPDATE sqlite_schema SET rootpage = %d WHERE name = '%s'", page, table),
			fmt.Sprintf("PRAGMA schema_version = %d", version), "PRAGMA writable_schema = RESET")
	}
	point(99_999, version+1)
	return func() { point(page, version+2) }
}

func article(n int, headline string) *news.Article {
	visit := strings.Repeat(fmt.Sprintf("%x", n%16), 32)
	url := fmt.Sprintf("https://harbour.example/2026/boat-%d-is-late", n)
	at := time.Date(2026, 3, 1, 12, n, 0, 0, time.UTC)
	return &news.Article{
		Schema: news.ArticleSchema, ID: fmt.Sprintf("%032x", n+1), StoryID: fmt.Sprintf("%032x", n+1000),
		URL: url, RequestedURL: url, Headline: headline, ContentHash: headline,
		Raw: news.Raw{CaptureID: visit + "-1", FetchedAt: at},
	}
}

// A disk that is full for a while condemns nothing: what is in hand waits for
// it, and says so.
func TestIndexerOutlastsItsDisk(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	rows, index, spoiler := indexFiles(t)
	const count = 5
	for i := range count {
		if err := conn.PublishArticle(t.Context(), article(i, fmt.Sprint("Boat ", i, " is late"))); err != nil {
			t.Fatal(err)
		}
	}
	mend := corrupt(t, spoiler, "revisions")
	x := NewIndexer(conn, rows, index, stream.Batch{Size: 100, Wait: 50 * time.Millisecond}, zerolog.Nop())
	if err := x.Ready(); err != nil {
		t.Errorf("before it works: %v", err)
	}
	running(t, x.Run)
	waitUntil(t, "the indexer says that it cannot keep articles", func() bool {
		err := x.Ready()
		return err != nil && strings.Contains(err.Error(), "cannot keep articles") && strings.Contains(err.Error(), "malformed")
	})
	mend()
	waitUntil(t, "the articles are kept, and events of them", func() bool {
		counts, err := rows.Counts(t.Context())
		return err == nil && counts.Stories == count && counts.Visits == count && counts.Open == 0
	})
	waitUntil(t, "the indexer is ready again", func() bool { return x.Ready() == nil })
	if letters := deadLetters(t, conn); len(letters) > 0 {
		t.Errorf("dead letters %v, want none", letters)
	}
	visits, err := rows.Journey(t.Context(), article(0, "").URL)
	if err != nil || len(visits) != 1 || visits[0].Attempt != 1 || visits[0].Outcome != news.Done {
		t.Errorf("journey %+v, %v, want done at the first attempt", visits, err)
	}
}

// One article that no row takes goes alone; the batch that it came in is kept.
func TestOneBadArticleGoesAlone(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	rows, index, spoiler := indexFiles(t)
	exec(t, spoiler, `CREATE TRIGGER refused BEFORE INSERT ON revisions WHEN new.headline = 'Unstorable'
		BEGIN SELECT RAISE(ABORT, 'nobody stores this'); END`)
	const count = 7
	for i := range count {
		headline := fmt.Sprint("Boat ", i, " is late")
		if i == 2 {
			headline = "Unstorable"
		}
		if err := conn.PublishArticle(t.Context(), article(i, headline)); err != nil {
			t.Fatal(err)
		}
	}
	x := NewIndexer(conn, rows, index, stream.Batch{Size: 100, Wait: 50 * time.Millisecond}, zerolog.Nop())
	running(t, x.Run)
	waitUntil(t, "every article has its outcome", func() bool {
		counts, err := rows.Counts(t.Context())
		return err == nil && counts.Stories == count-1 && counts.Visits == count && counts.Open == 0
	})
	letters := deadLetters(t, conn)
	if len(letters) != 1 || letters[0].Letter.URL != article(2, "").URL || !strings.Contains(letters[0].Letter.Detail, "nobody stores this") {
		t.Errorf("dead letters %+v, want the unstorable one", letters)
	}
}

// Search that does not follow the rows shows, and ends showing when it does.
func TestSearchThatDoesNotFollowShows(t *testing.T) {
	rows, index, spoiler := indexFiles(t)
	mend := corrupt(t, spoiler, "revisions")
	x := NewIndexer(nil, rows, index, stream.Batch{Size: 1, Wait: time.Second}, zerolog.Nop())
	running(t, x.follow)
	waitUntil(t, "the indexer says that search does not follow", func() bool {
		err := x.Ready()
		return err != nil && strings.Contains(err.Error(), "search does not follow the rows")
	})
	mend()
	waitUntil(t, "search follows again", func() bool { return x.Ready() == nil })
}

// One job that the queue cannot take does not hold up the others.
func TestDispatcherPassesARefusedJob(t *testing.T) {
	conn := desktop(t, stream.Config{Inspect: func(schema string, doc []byte) error {
		if schema == news.FetchSchema && bytes.Contains(doc, []byte("unfit")) {
			return errors.New("unfit for the queue")
		}
		return nil
	}})
	rows, err := frontier.Open(t.Context(), filepath.Join(t.TempDir(), "frontier.db"), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	d := NewDispatcher(conn, rows, zerolog.Nop())
	var events []news.Event
	running(t, d.Run)
	answers, err := d.Add(t.Context(), []frontier.Request{
		{URL: "http://a.example/unfit", Priority: news.Fresh}, {URL: "http://b.example/1"}, {URL: "http://a.example/2", Priority: news.Normal},
	})
	if err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "the others are sent", func() bool {
		counts, err := rows.Counts(t.Context())
		return err == nil && counts == frontier.Counts{Sent: 2, Settled: 1}
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := conn.ConsumeEvents(ctx, stream.Batch{Size: 1, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*stream.Message[news.Event]) []error {
		events = append(events, values(batch)...)
		stop()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(events) != 1 || events[0].VisitID != answers[0].VisitID || events[0].Outcome != news.Dead || events[0].Reason != news.Malformed {
		t.Errorf("events %+v, want the refused job's death", events)
	}
}

// The frontier's own disk fails no event of a job.
func TestDispatcherOutlastsItsDisk(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	path := filepath.Join(t.TempDir(), "frontier.db")
	rows, err := frontier.Open(t.Context(), path, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	d := NewDispatcher(conn, rows, zerolog.Nop())
	answers, err := d.Add(t.Context(), []frontier.Request{{URL: "http://a.example/1"}})
	if err != nil {
		t.Fatal(err)
	}
	mend := corrupt(t, openBeside(t, path), "urls")
	if err := conn.PublishEvent(t.Context(), news.Event{
		Stage: news.StageFetch, Trace: news.Trace{VisitID: answers[0].VisitID, URL: "http://a.example/1", Site: "a.example"},
		Attempt: 1, Outcome: news.Done, At: time.Now().UTC(),
	}); err != nil {
		t.Fatal(err)
	}
	running(t, d.Run)
	waitUntil(t, "the dispatcher says what it cannot do", func() bool {
		err := d.Ready()
		return err != nil && strings.Contains(err.Error(), "cannot note what became of jobs") && strings.Contains(err.Error(), "cannot send jobs")
	})
	mend()
	waitUntil(t, "the job is settled", func() bool {
		counts, err := rows.Counts(t.Context())
		return err == nil && counts.Settled == 1 && d.Ready() == nil
	})
	if letters := deadLetters(t, conn); len(letters) > 0 {
		t.Errorf("dead letters %v, want none", letters)
	}
}
