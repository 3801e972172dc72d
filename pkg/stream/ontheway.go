package stream

import (
	"context"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// OnTheWay says whether a message of a replay, or a result that is not kept yet,
// may be on its way. It looks along the way: what it finds nowhere was nowhere
// when it began to look. Where messages of others cannot be told from those of the
// replay, they count.
func (c *Conn) OnTheWay(ctx context.Context, run news.Run) (is bool, err error) {
	looks := []func(context.Context) (bool, error){
		func(ctx context.Context) (bool, error) { return c.holds(ctx, streamReplay, replaySubject(run.Name)) },
		func(ctx context.Context) (bool, error) { return c.waits(ctx, run) },
		c.unreadResults,
		func(ctx context.Context) (bool, error) { return c.waits(ctx, run) }, // a result that could not be kept
	}
	for _, look := range looks {
		err := c.persist(ctx, "look for messages of run "+run.Name, func(ctx context.Context) (err error) {
			is, err = look(ctx)
			return err
		})
		if is || err != nil {
			return is, err
		}
	}
	return false, nil
}

// waits says whether a replay has something in LATER.
func (c *Conn) waits(ctx context.Context, run news.Run) (bool, error) {
	for _, stage := range []news.Stage{news.StageExtract, stageReplay} {
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

// unreadResults says whether results of replays are not kept yet.
func (c *Conn) unreadResults(ctx context.Context) (bool, error) {
	filter := shadowFilter(news.RunReplay)
	for _, r := range resultReaders {
		if r.stream != streamShadow || r.filter != filter {
			continue
		}
		consumer, err := c.js.Consumer(ctx, r.stream, r.name)
		if err != nil {
			return false, fmt.Errorf("reader %q: %w", r.name, err)
		}
		if info := consumer.CachedInfo(); info.NumPending > 0 || info.NumAckPending > 0 {
			return true, nil
		}
	}
	return false, nil
}

// holds says whether a stream has messages on a subject.
func (c *Conn) holds(ctx context.Context, stream, subject string) (bool, error) {
	subjects, err := c.subjects(ctx, stream, subject)
	return len(subjects) > 0, err
}

// subjects counts the messages of a stream by their subjects.
func (c *Conn) subjects(ctx context.Context, stream, filter string) (map[string]uint64, error) {
	s, err := c.js.Stream(ctx, stream)
	if err != nil {
		return nil, err
	}
	info, err := s.Info(ctx, jetstream.WithSubjectFilter(filter))
	if err != nil {
		return nil, err
	}
	return info.State.Subjects, nil
}
