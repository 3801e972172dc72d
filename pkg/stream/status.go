package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/news"
)

// StreamStatus is what a stream holds at a moment.
type StreamStatus struct {
	Name     string `json:"name"`
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
	Limit    Limit  `json:"limit"`
	// Dead says of the dead stream how many letters are of which stage.
	Dead    map[news.Stage]uint64 `json:"dead,omitempty"`
	Readers []ReaderStatus        `json:"readers,omitempty"`
}

// ReaderStatus is how far a durable reader is.
type ReaderStatus struct {
	Name string `json:"name"`
	// Stage is whose reader it is, empty for one that is not ours.
	Stage news.Stage `json:"stage,omitempty"`
	// Pending messages were never delivered, InHand were and are not settled,
	// Redelivered are those of them that were delivered more than once.
	Pending     uint64 `json:"pending"`
	InHand      int    `json:"inHand"`
	Redelivered int    `json:"redelivered"`
	// Oldest is the age of the oldest message that is not settled, 0 if there
	// is none.
	Oldest time.Duration `json:"oldestNs"`
}

// Streams says what every stream holds and how far its readers are, those of
// subscribers too.
func (c *Conn) Streams(ctx context.Context) ([]StreamStatus, error) {
	return c.statuses(ctx, everyReader, oldest)
}

// OwnReaders is as [Conn.Streams] with the readers of our own stages alone,
// which takes fewer rights.
func (c *Conn) OwnReaders(ctx context.Context) ([]StreamStatus, error) {
	return c.statuses(ctx, ownReaders, oldest)
}

// Numbers is as [Conn.OwnReaders] without ages: who may not read a stream can
// see its numbers.
func (c *Conn) Numbers(ctx context.Context) ([]StreamStatus, error) {
	ageless := func(context.Context, jetstream.Stream, *jetstream.ConsumerInfo) (time.Duration, error) { return 0, nil }
	return c.statuses(ctx, ownReaders, ageless)
}

// The ways of finding the readers of a stream, and the age of the oldest
// message that one of them has before it.
type (
	listing func(context.Context, jetstream.Stream) ([]*jetstream.ConsumerInfo, error)
	ageing  func(context.Context, jetstream.Stream, *jetstream.ConsumerInfo) (time.Duration, error)
)

// statusAtOnce is how many streams are asked about at a time: each takes
// several round trips.
const statusAtOnce = 4

func (c *Conn) statuses(ctx context.Context, list listing, age ageing) ([]StreamStatus, error) {
	streams := c.cfg.Topology.streams()
	all := make([]StreamStatus, len(streams))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(statusAtOnce)
	for i, want := range streams {
		group.Go(func() (err error) {
			if all[i], err = c.streamStatus(ctx, want.Name, list, age); err != nil {
				return fmt.Errorf("status of stream %s: %w", want.Name, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return all, nil
}

func (c *Conn) streamStatus(ctx context.Context, name string, list listing, age ageing) (StreamStatus, error) {
	s, err := c.js.Stream(ctx, name)
	if err != nil {
		return StreamStatus{}, err
	}
	info := s.CachedInfo()
	status := StreamStatus{
		Name: name, Messages: info.State.Msgs, Bytes: info.State.Bytes,
		Limit: Limit{Messages: info.Config.MaxMsgs, Bytes: info.Config.MaxBytes, Age: info.Config.MaxAge},
	}
	if name == streamDead {
		if status.Dead, err = letters(ctx, s); err != nil {
			return StreamStatus{}, err
		}
	}
	found, err := list(ctx, s)
	if err != nil {
		return StreamStatus{}, err
	}
	for _, r := range found {
		reader := ReaderStatus{
			Name: r.Name, Stage: stageOf(name, r.Name),
			Pending: r.NumPending, InHand: r.NumAckPending, Redelivered: r.NumRedelivered,
		}
		if r.NumPending > 0 || r.NumAckPending > 0 {
			if reader.Oldest, err = age(ctx, s, r); err != nil {
				return StreamStatus{}, err
			}
		}
		status.Readers = append(status.Readers, reader)
	}
	return status, nil
}

func everyReader(ctx context.Context, s jetstream.Stream) (all []*jetstream.ConsumerInfo, err error) {
	list := s.ListConsumers(ctx)
	for r := range list.Info() {
		all = append(all, r)
	}
	return all, list.Err()
}

func ownReaders(ctx context.Context, s jetstream.Stream) (all []*jetstream.ConsumerInfo, err error) {
	for _, r := range readers() {
		if r.stream != s.CachedInfo().Config.Name {
			continue
		}
		consumer, err := s.Consumer(ctx, r.name)
		if err != nil {
			return nil, fmt.Errorf("reader %q: %w", r.name, err)
		}
		all = append(all, consumer.CachedInfo())
	}
	return all, nil
}

// letters counts dead letters by the stage that gave them up.
func letters(ctx context.Context, dead jetstream.Stream) (map[news.Stage]uint64, error) {
	info, err := dead.Info(ctx, jetstream.WithSubjectFilter(deadSubject("*")))
	if err != nil {
		return nil, err
	}
	count := map[news.Stage]uint64{}
	for _, stage := range workStages() {
		count[stage] = info.State.Subjects[deadSubject(stage)]
	}
	return count, nil
}

func oldest(ctx context.Context, s jetstream.Stream, r *jetstream.ConsumerInfo) (time.Duration, error) {
	m, err := s.GetMsg(ctx, r.AckFloor.Stream+1, jetstream.WithGetMsgSubject(r.Config.FilterSubject))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return 0, nil // settled meanwhile
	}
	if err != nil {
		return 0, err
	}
	return time.Since(m.Time), nil
}

// stageOf is the stage whose reader this is.
func stageOf(stream, name string) news.Stage {
	for _, stage := range workStages() {
		for _, r := range readersOf(stage) {
			if r.stream == stream && r.name == name {
				return stage
			}
		}
	}
	return ""
}
