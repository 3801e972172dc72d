package stream

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// keep stores what is too large for a message, before the message is written.
// An object is never written again: that would break who reads it meanwhile.
func (c *Conn) keep(ctx context.Context, bucket, name string, data []byte) error {
	return c.persist(ctx, "keep "+bucket+" "+name, func(ctx context.Context) error {
		store, err := c.js.ObjectStore(ctx, bucket)
		if err != nil {
			return err
		}
		info, err := store.GetInfo(ctx, name)
		if err == nil && info.Size == uint64(len(data)) {
			return nil
		}
		if err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		_, err = store.Put(ctx, jetstream.ObjectMeta{Name: name}, bytes.NewReader(data))
		return err
	})
}

// kept is what keep stored. What is gone is dead(expired); a broker that does
// not answer is a fault for a time.
func (c *Conn) kept(ctx context.Context, bucket, name string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.AckWait)
	defer cancel()
	store, err := c.js.ObjectStore(ctx, bucket)
	if err != nil {
		return nil, fmt.Errorf("open object store %s: %w", bucket, err)
	}
	info, err := store.GetInfo(ctx, name)
	switch {
	case errors.Is(err, jetstream.ErrObjectNotFound):
		return nil, &news.Fault{Kind: news.Permanent, Reason: news.Expired, Err: fmt.Errorf("object %q is no longer in %s: %w", name, bucket, err)}
	case err != nil:
		return nil, fmt.Errorf("find object %q in %s: %w", name, bucket, err)
	case info.Size > maxBody:
		return nil, malformed("object %q in %s has %d bytes, at most %d are read", name, bucket, info.Size, maxBody)
	}
	data, err := store.GetBytes(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("read object %q in %s: %w", name, bucket, err)
	}
	return data, nil
}
