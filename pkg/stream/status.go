package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// StreamStatus is what a stream holds at a moment.
type StreamStatus struct {
	Name     string         `json:"name"`
	Messages uint64         `json:"messages"`
	Bytes    uint64         `json:"bytes"`
	Limit    Limit          `json:"limit"`
	Readers  []ReaderStatus `json:"readers,omitempty"`
}

// ReaderStatus is how far a durable reader is.
type ReaderStatus struct {
	Name string `json:"name"`
	// Pending messages were never delivered, InHand were and are not settled,
	// Redelivered are those of them that were delivered more than once.
	Pending     uint64 `json:"pending"`
	InHand      int    `json:"inHand"`
	Redelivered int    `json:"redelivered"`
	// Oldest is the age of the oldest message that is not settled, 0 if there
	// is none.
	Oldest time.Duration `json:"oldestNs"`
}

// Streams says what every stream holds and how far its readers are.
func (c *Conn) Streams(ctx context.Context) ([]StreamStatus, error) {
	var all []StreamStatus
	for _, want := range c.cfg.Topology.streams() {
		status, err := c.streamStatus(ctx, want.Name)
		if err != nil {
			return nil, fmt.Errorf("status of stream %s: %w", want.Name, err)
		}
		all = append(all, status)
	}
	return all, nil
}

func (c *Conn) streamStatus(ctx context.Context, name string) (StreamStatus, error) {
	s, err := c.js.Stream(ctx, name)
	if err != nil {
		return StreamStatus{}, err
	}
	info := s.CachedInfo()
	status := StreamStatus{
		Name: name, Messages: info.State.Msgs, Bytes: info.State.Bytes,
		Limit: Limit{Messages: info.Config.MaxMsgs, Bytes: info.Config.MaxBytes, Age: info.Config.MaxAge},
	}
	list := s.ListConsumers(ctx)
	for r := range list.Info() {
		reader := ReaderStatus{
			Name: r.Name, Pending: r.NumPending, InHand: r.NumAckPending, Redelivered: r.NumRedelivered,
		}
		if r.NumPending > 0 || r.NumAckPending > 0 {
			if reader.Oldest, err = oldest(ctx, s, r); err != nil {
				return StreamStatus{}, err
			}
		}
		status.Readers = append(status.Readers, reader)
	}
	return status, list.Err()
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
