// Command subscriber keeps the newest revision of every article in a SQLite
// file. It is an example: copy it, and change what it does with an article.
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	_ "modernc.org/sqlite"
)

// article is what this program wants of a record; it ignores all else.
type article struct {
	StoryID     string `json:"storyId"`
	ID          string `json:"id"`
	Headline    string `json:"headline"`
	ArticleBody string `json:"articleBody"`
	RecordRef   string `json:"recordRef"`
	Raw         struct {
		FetchedAt time.Time `json:"fetchedAt"`
	} `json:"raw"`
	At time.Time `json:"at"` // of a withdrawal
}

// patience is how long a busy broker may take for an answer.
const patience = time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Getenv("ARTICLES")); err != nil && ctx.Err() == nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, path string) error {
	db, err := openTable(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()

	user := os.Getenv("NATS_USER")
	nc, err := nats.Connect(os.Getenv("NATS_URL"),
		nats.UserInfo(user, os.Getenv("NATS_PASSWORD")), nats.RootCAs(os.Getenv("NATS_CA")),
		nats.CustomInboxPrefix("_INBOX."+user), // the only inboxes that it may read
		nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true))
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		return err
	}
	// The broker remembers under this name how far we are, also while we are
	// away. Made again with the same settings it is the same.
	consumer, err := js.CreateOrUpdateConsumer(ctx, "ARTICLE", jetstream.ConsumerConfig{
		Durable:        "subscriber-go",
		FilterSubjects: []string{"news.v1.article.>", "news.v1.withdrawn.>"},
		AckPolicy:      jetstream.AckExplicitPolicy,
		AckWait:        10 * time.Second,
	})
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		batch, err := consumer.Fetch(100, jetstream.FetchMaxWait(time.Second))
		if err != nil {
			return err
		}
		if err := keep(ctx, db, js, batch); err != nil {
			return err
		}
	}
	return nil
}

// keep stores a batch in one commit, and only then acknowledges it: what a crash
// leaves unacknowledged comes again, and changes nothing.
func keep(ctx context.Context, db *sql.DB, js jetstream.JetStream, batch jetstream.MessageBatch) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var kept []jetstream.Msg
	for m := range batch.Messages() {
		if err := apply(ctx, tx, js, m); err != nil {
			return fmt.Errorf("%s: %w", m.Subject(), err)
		}
		kept = append(kept, m)
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, m := range kept {
		if err := m.Ack(); err != nil {
			log.Print(err) // it comes again
		}
	}
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		log.Print(err) // such as a broker that is away
		time.Sleep(time.Second)
	}
	return nil
}

func apply(ctx context.Context, tx *sql.Tx, js jetstream.JetStream, m jetstream.Msg) error {
	var a article
	if err := json.Unmarshal(m.Data(), &a); err != nil {
		return err
	}
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	if strings.HasPrefix(m.Subject(), "news.v1.withdrawn.") {
		// Kept also where the article is not there yet: what was in hand when
		// we died comes after it.
		_, err := tx.ExecContext(ctx, `
			INSERT INTO articles (story_id, fetched_at, sequence, withdrawn_at, withdrawn) VALUES (?, 0, 0, ?, ?)
			ON CONFLICT (story_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at, withdrawn = excluded.withdrawn
			WHERE (excluded.withdrawn_at, excluded.withdrawn) > (withdrawn_at, withdrawn)`,
			a.StoryID, a.At.UnixMicro(), meta.Sequence.Stream)
		return err
	}
	if a.RecordRef != "" { // the message has its identity only
		if err := fetchRecord(ctx, js, &a); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO articles (story_id, id, fetched_at, sequence, headline, body, withdrawn_at, withdrawn) VALUES (?, ?, ?, ?, ?, ?, 0, 0)
		ON CONFLICT (story_id) DO UPDATE SET
			id = excluded.id, fetched_at = excluded.fetched_at, sequence = excluded.sequence,
			headline = excluded.headline, body = excluded.body
		WHERE (excluded.fetched_at, excluded.sequence) > (fetched_at, sequence)`,
		a.StoryID, a.ID, a.Raw.FetchedAt.UnixMicro(), meta.Sequence.Stream, a.Headline, a.ArticleBody)
	return err
}

// fetchRecord reads the whole record from the object store.
func fetchRecord(ctx context.Context, js jetstream.JetStream, a *article) error {
	records, err := js.ObjectStore(ctx, "RECORD")
	if err != nil {
		return err
	}
	record, err := records.GetBytes(ctx, a.RecordRef)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil // older than its store keeps records: the identity is what there is
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(record, a)
}

func openTable(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)")
	if err != nil {
		return nil, err
	}
	// A story is gone where it was withdrawn after its last revision: where
	// (withdrawn_at, withdrawn) > (fetched_at, sequence).
	_, err = db.ExecContext(ctx, `
		CREATE TABLE IF NOT EXISTS articles (
			story_id TEXT PRIMARY KEY, id TEXT, fetched_at INTEGER, sequence INTEGER,
			headline TEXT, body TEXT, withdrawn_at INTEGER, withdrawn INTEGER)`)
	return db, err
}
