package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// ErrLost is returned by [Conn.WatchArticles] when the broker went away.
var ErrLost = errors.New("lost the NATS broker")

// ArticleMessage is one message of the articles' stream, as who watches it sees
// it.
type ArticleMessage struct {
	Subject string
	// Sequence is its number in the stream, Published its time there.
	Sequence  uint64
	Published time.Time
	// Schema names what JSON is, such as "article/1". Another than this build
	// knows is passed on all the same, without an Article.
	Schema string
	// Trace is what the headers say that it is about.
	Trace news.Trace
	// JSON is the document as it was published: the whole record, wherever it
	// lay on the way.
	JSON []byte
	// Article is the record, nil where there is none or none can be read.
	Article *news.Article
	// Err says why a record could not be read.
	Err error
}

// Position is a place in the articles' stream, between two messages. The zero
// Position is the end at the time of its first use.
type Position struct {
	// Since, if set, begins with what was published then, and nothing is shown
	// yet.
	Since time.Time

	after   uint64
	reached bool
}

// watchIdle is after how long without a sign of who watched the broker forgets
// him.
const watchIdle = 30 * time.Second

// watchBytes bounds what lies ready to be shown, in bytes.
const watchBytes = 8 << 20

// WatchArticles shows what is published on the subjects of articles, in order,
// until ctx ends or show returns an error, which it returns; all subjects if
// none is named. Watching settles nothing and moves no reader. It returns
// [ErrLost] when the broker goes away: at is behind the last message that show
// was given, and another call, on another connection, goes on there.
func (c *Conn) WatchArticles(ctx context.Context, at *Position, subjects []string, show func(ArticleMessage) error) error {
	began := time.Now()
	connected, stop := c.whileConnected(ctx)
	defer stop()
	messages, err := c.articlesFrom(connected, at, subjects)
	if err != nil {
		return c.watchError(ctx, connected, c.denied.explain(err, began))
	}
	defer messages.Stop()
	for number := uint64(1); ; number++ {
		m, err := messages.Next(jetstream.NextContext(connected))
		if err != nil { // also a consumer that the broker forgot
			return c.watchError(ctx, connected, fmt.Errorf("%w (%w)", ErrLost, err))
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("watch articles: %w", err)
		}
		if meta.Sequence.Consumer != number {
			return fmt.Errorf("watch articles: %w (messages after %d)", ErrLost, at.after)
		}
		seen := c.articleMessage(connected, m, meta)
		if seen.Err != nil && connected.Err() != nil {
			return c.watchError(ctx, connected, seen.Err)
		}
		at.after, at.reached = meta.Sequence.Stream, true
		if err := show(seen); err != nil {
			return err
		}
	}
}

// whileConnected is a context that ends with ctx, with the connection, or when
// stop is called.
func (c *Conn) whileConnected(ctx context.Context) (connected context.Context, stop func()) {
	lost := c.nc.StatusChanged(nats.DISCONNECTED, nats.RECONNECTING, nats.CLOSED)
	connected, cancel := context.WithCancel(ctx)
	if !c.nc.IsConnected() { // before it was listened to
		cancel()
	}
	go func() {
		defer c.nc.RemoveStatusListener(lost)
		select {
		case <-lost:
			cancel()
		case <-connected.Done():
		}
	}()
	return connected, cancel
}

// watchError says what err means to who watches: nothing where he ended it,
// [ErrLost] where the connection did.
func (c *Conn) watchError(ctx, connected context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return nil
	case connected.Err() != nil && !errors.Is(err, ErrLost):
		return fmt.Errorf("watch articles: %w (%w)", ErrLost, err)
	}
	return fmt.Errorf("watch articles: %w", err)
}

// articlesFrom asks for what comes after at.
func (c *Conn) articlesFrom(ctx context.Context, at *Position, subjects []string) (jetstream.MessagesContext, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	s, err := c.js.Stream(ctx, streamArticle)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, fmt.Errorf("%w (%w)", ErrNoStreams, err)
	}
	if err != nil {
		return nil, err
	}
	last := s.CachedInfo().State.LastSeq
	switch {
	case at.reached:
		// A stream that was made anew, or lost its end with the power, counts on
		// from where it is.
		at.after = min(at.after, last)
	case at.Since.IsZero():
		at.after = last
	default:
		if at.after, err = lastBefore(ctx, s, at.Since); err != nil {
			return nil, err
		}
	}
	at.reached = true
	watch := watching(jetstream.DeliverByStartSequencePolicy)
	watch.OptStartSeq = at.after + 1
	if len(subjects) == 1 { // the permission to make it can name the subject
		watch.FilterSubject = subjects[0]
	} else {
		watch.FilterSubjects = subjects
	}
	consumer, err := s.CreateConsumer(ctx, watch)
	if err != nil {
		return nil, err
	}
	return consumer.Messages(jetstream.PullMaxBytes(watchBytes))
}

// lastBefore is the last message that was published before a time. A reader that
// begins at the time is asked for it: one that has several subjects too passes
// over messages (nats-server 2.15.2).
func lastBefore(ctx context.Context, s jetstream.Stream, t time.Time) (uint64, error) {
	ask := watching(jetstream.DeliverByStartTimePolicy)
	ask.OptStartTime = &t
	consumer, err := s.CreateConsumer(ctx, ask)
	if err != nil {
		return 0, err
	}
	return consumer.CachedInfo().Delivered.Stream, nil
}

// watching is a reader that the broker forgets by itself.
func watching(from jetstream.DeliverPolicy) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		DeliverPolicy: from, AckPolicy: jetstream.AckNonePolicy,
		InactiveThreshold: watchIdle, MemoryStorage: true, Replicas: 1,
	}
}

func (c *Conn) articleMessage(ctx context.Context, m jetstream.Msg, meta *jetstream.MsgMetadata) ArticleMessage {
	seen := ArticleMessage{
		Subject: m.Subject(), Sequence: meta.Sequence.Stream, Published: meta.Timestamp,
		Schema: m.Headers().Get(headerSchema), Trace: traceOf(m.Headers()), JSON: m.Data(),
	}
	if strings.HasPrefix(seen.Schema, articleSchemas) {
		seen.Article, seen.JSON, seen.Err = c.wholeArticle(ctx, m.Data())
	}
	return seen
}

// articleSchemas begins the names of all versions of the record.
const articleSchemas = "article/"
