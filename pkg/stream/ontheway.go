package stream

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// OnTheWay says whether a message of a run, or what came of it and is not kept yet,
// may be on its way. It looks along the way: what it finds nowhere was nowhere when
// it began to look. Where messages of others cannot be told from those of the run,
// they count.
func (c *Conn) OnTheWay(ctx context.Context, run news.Run) (bool, error) {
	waits := func(ctx context.Context) (bool, error) { return c.waits(ctx, run) }
	looks := []func(context.Context) (bool, error){
		func(ctx context.Context) (bool, error) { return c.holds(ctx, streamReplay, replaySubject(run.Name)) },
		waits,
	}
	for _, keeper := range keepers(run) {
		looks = append(looks, func(ctx context.Context) (bool, error) { return c.unread(ctx, keeper) })
	}
	looks = append(looks, waits) // what could not be kept
	for _, look := range looks {
		if is, err := look(ctx); is || err != nil {
			return is, err
		}
	}
	return false, nil
}

// waits says whether a run has something in LATER.
func (c *Conn) waits(ctx context.Context, run news.Run) (bool, error) {
	stages := []news.Stage{news.StageExtract, news.StageIndex, stageJourney}
	if run.Replays() {
		stages = []news.Stage{news.StageExtract, stageReplay}
	}
	for _, stage := range stages {
		for _, subject := range []string{laterDue(stage), laterAlone(stage)} {
			if is, err := c.holds(ctx, streamLater, subject); is || err != nil {
				return is, err
			}
		}
	}
	subjects, err := c.subjects(ctx, streamLater, laterAt(nil, "*"))
	for subject := range subjects {
		if strings.HasPrefix(subject, laterAt(&run, "")) {
			return true, nil
		}
	}
	return false, err
}

// keepers are the readers of what comes of a run: of a replay its results, of an
// import its articles, and the events of pages that gave none.
func keepers(run news.Run) []reader {
	all := slices.Concat(resultReaders, articleReaders, eventReaders)
	return slices.DeleteFunc(all, func(r reader) bool {
		switch r.stream {
		case streamShadow:
			return r.filter != shadowFilter(run.Kind)
		case streamArticle:
			return !run.Publish
		case streamEvent:
			return run.Replays()
		}
		return true
	})
}

// ArticlesUnread says whether an article that was published may still be on its way
// into the index. It looks along the way, as [Conn.OnTheWay] does; articles of
// imports, and those that wait to be tried again, do not count.
func (c *Conn) ArticlesUnread(ctx context.Context) (bool, error) {
	var way []reader
	for _, r := range slices.Backward(articleReaders) {
		if r.stream != streamShadow {
			way = append(way, r)
		}
	}
	for _, r := range append(way, aloneReader(news.StageIndex)) {
		if is, err := c.unread(ctx, r); is || err != nil {
			return is, err
		}
	}
	return false, nil
}

// How often it is looked whether a reader has taken what was there, and the wait
// between. There may always be something new.
const (
	unreadLooks = 10
	unreadPause = 100 * time.Millisecond
)

// unread says whether a reader has still not settled all that was in its stream
// when it began to look.
func (c *Conn) unread(ctx context.Context, r reader) (bool, error) {
	var last uint64
	err := c.persist(ctx, "look into "+r.stream, func(ctx context.Context) error {
		s, err := c.js.Stream(ctx, r.stream)
		if err == nil {
			last = s.CachedInfo().State.LastSeq
		}
		return err
	})
	if err != nil {
		return false, err
	}
	for range unreadLooks {
		if settled, err := c.settled(ctx, r, last); settled || err != nil {
			return false, err
		}
		sleep(ctx, unreadPause)
	}
	return true, nil
}

// settled says whether a reader has settled all up to a number.
func (c *Conn) settled(ctx context.Context, r reader, last uint64) (is bool, err error) {
	err = c.persist(ctx, "look for reader "+r.name+" of "+r.stream, func(ctx context.Context) error {
		s, err := c.js.Stream(ctx, r.stream)
		if err != nil {
			return err
		}
		consumer, err := s.Consumer(ctx, r.name)
		if err != nil {
			return err
		}
		is, err = settledBy(ctx, s, consumer.CachedInfo(), last)
		return err
	})
	return is, err
}

// settledBy says the same by what the broker told of the reader. It counts what is
// pending a moment after it has stored it, so the stream is asked too.
func settledBy(ctx context.Context, s jetstream.Stream, r *jetstream.ConsumerInfo, last uint64) (bool, error) {
	if r.AckFloor.Stream >= last || r.NumPending > 0 || r.NumAckPending > 0 {
		return r.AckFloor.Stream >= last, nil
	}
	_, err := s.GetMsg(ctx, r.Delivered.Stream+1, jetstream.WithGetMsgSubject(r.Config.FilterSubject))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return true, nil
	}
	return false, err
}

// holds says whether a stream has messages on a subject.
func (c *Conn) holds(ctx context.Context, stream, subject string) (bool, error) {
	subjects, err := c.subjects(ctx, stream, subject)
	return len(subjects) > 0, err
}

// subjects counts the messages of a stream by their subjects.
func (c *Conn) subjects(ctx context.Context, stream, filter string) (found map[string]uint64, err error) {
	err = c.persist(ctx, "look into "+stream, func(ctx context.Context) error {
		s, err := c.js.Stream(ctx, stream)
		if err != nil {
			return err
		}
		info, err := s.Info(ctx, jetstream.WithSubjectFilter(filter))
		if err == nil {
			found = info.State.Subjects
		}
		return err
	})
	return found, err
}
