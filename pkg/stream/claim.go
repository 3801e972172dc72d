package stream

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/copydesk/copydesk/pkg/news"
)

// keep stores what is too large for a message, before the message is written.
// An object is never written again: that would break who reads it meanwhile.
func (c *Conn) keep(ctx context.Context, bucket, name string, data []byte) error {
	there := false
	err := c.persist(ctx, "find "+bucket+" "+name, func(ctx context.Context) error {
		store, err := c.js.ObjectStore(ctx, bucket)
		if err != nil {
			return err
		}
		info, err := store.GetInfo(ctx, name)
		if err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		there = err == nil && info.Size == uint64(len(data))
		return nil
	})
	for err == nil && !there {
		err = c.upload(ctx, bucket, name, data)
		if !isTaken(err) {
			return err
		}
		err = nil // with another id
	}
	return err
}

// chunkSize is how much of an object is one message, in bytes. It has
// requestTimeout to arrive, which a line of 30 kB/s allows.
const chunkSize = 128 << 10

// upload writes an object as nats.go would, to be read by it: messages of the
// chunks, then one that describes them (NATS ADR-20). Here each chunk is waited
// for by itself, so that a slow line is only slow, and none is stored twice: its
// message is refused unless it follows the one before.
func (c *Conn) upload(ctx context.Context, bucket, name string, data []byte) error {
	sum := sha256.New()
	sum.Write(data)
	info := jetstream.ObjectInfo{
		ObjectMeta: jetstream.ObjectMeta{Name: name, Opts: &jetstream.ObjectMetaOptions{ChunkSize: chunkSize}},
		Bucket:     bucket, NUID: nuid.Next(), Size: uint64(len(data)),
		Digest: jetstream.GetObjectDigestValue(sum),
	}
	last := uint64(0)
	for chunk := range slices.Chunk(data, chunkSize) {
		m := nats.NewMsg("$O." + bucket + ".C." + info.NUID)
		m.Data = chunk
		m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%s/%d", info.NUID, info.Chunks))
		err := c.persist(ctx, "keep "+bucket+" "+name, func(ctx context.Context) error {
			ack, err := c.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequencePerSubject(last))
			if isTaken(err) {
				ack, err = c.stored(ctx, m, err)
			}
			if err == nil {
				last = ack.Sequence
			}
			return err
		})
		if err != nil {
			return err
		}
		info.Chunks++
	}
	said, err := json.Marshal(info)
	if err != nil {
		return err
	}
	m := nats.NewMsg("$O." + bucket + ".M." + base64.URLEncoding.EncodeToString([]byte(name)))
	m.Data = said
	m.Header.Set(jetstream.MsgRollup, jetstream.MsgRollupSubject)
	return c.publish(ctx, m)
}

// stored asks for the acknowledgement of a chunk that was refused, for it may have
// been stored before. A server that is no cluster holds a message against the one
// before it, and only then against the ids that it knows (nats-server 2.15.2). What
// asks has the same id, and is to follow an id that none has: it is never stored.
func (c *Conn) stored(ctx context.Context, chunk *nats.Msg, refused error) (*jetstream.PubAck, error) {
	m := nats.NewMsg(chunk.Subject)
	m.Header.Set(jetstream.MsgIDHeader, chunk.Header.Get(jetstream.MsgIDHeader))
	ack, err := c.js.PublishMsg(ctx, m, jetstream.WithExpectLastMsgID(chunk.Subject))
	var answer *jetstream.APIError
	if errors.As(err, &answer) && answer.ErrorCode == codeWrongLastID {
		return nil, refused
	}
	return ack, err
}

// isTaken says that a chunk was refused because another is where it belongs. If it is
// that itself, and this is not known, its acknowledgement was lost for longer than the
// broker remembers ids.
func isTaken(err error) bool {
	var answer *jetstream.APIError
	return errors.As(err, &answer) &&
		(answer.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || answer.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// kept is what keep stored. What is gone is dead(expired); a broker that does
// not answer is a fault for a time.
func (c *Conn) kept(ctx context.Context, bucket, name string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, max(c.cfg.AckWait, requestTimeout))
	defer cancel()
	store, err := c.js.ObjectStore(ctx, bucket)
	if err != nil {
		return nil, fmt.Errorf("open object store %s: %w", bucket, err)
	}
	object, err := store.Get(ctx, name)
	switch {
	case errors.Is(err, jetstream.ErrObjectNotFound):
		return nil, &news.Fault{Kind: news.Permanent, Reason: news.Expired, Err: fmt.Errorf("object %q is no longer in %s: %w", name, bucket, err)}
	case err != nil:
		return nil, fmt.Errorf("find object %q in %s: %w", name, bucket, err)
	}
	defer object.Close()
	info, err := object.Info()
	if err == nil && info.Size > maxBody {
		return nil, malformed("object %q in %s has %d bytes, at most %d are read", name, bucket, info.Size, maxBody)
	}
	var room bytes.Buffer
	if err == nil {
		room.Grow(int(info.Size) + bytes.MinRead) // it grows no further
		_, err = room.ReadFrom(object)
	}
	if err != nil {
		return nil, fmt.Errorf("read object %q in %s: %w", name, bucket, err)
	}
	return room.Bytes(), nil
}
