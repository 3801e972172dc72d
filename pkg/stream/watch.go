package stream

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// WatchEvents shows every event of the stream, from the first that it still
// holds, in order, until ctx ends. Watching settles nothing and moves no
// reader; an event that cannot be read is passed over.
func (c *Conn) WatchEvents(ctx context.Context, show func(news.Event)) error {
	s, err := c.js.Stream(ctx, streamEvent)
	if err != nil {
		return fmt.Errorf("watch events: %w", err)
	}
	consumer, err := s.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return fmt.Errorf("watch events: %w", err)
	}
	messages, err := consumer.Messages()
	if err != nil {
		return fmt.Errorf("watch events: %w", err)
	}
	stop := context.AfterFunc(ctx, messages.Stop)
	defer stop()
	for {
		m, err := messages.Next()
		if errors.Is(err, jetstream.ErrMsgIteratorClosed) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("watch events: %w", err)
		}
		if e, err := readEvent(ctx, m.Headers(), m.Data()); err == nil {
			show(e)
		}
	}
}
