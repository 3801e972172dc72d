package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Difference is a setting that the broker has otherwise than this build wants.
type Difference struct {
	// Stream it is a setting of; Reader too where it is one of a reader.
	Stream, Reader string
	Setting        string
	Have, Want     string
}

// String is one line for people.
func (d Difference) String() string {
	name := d.Stream
	if d.Reader != "" {
		name += "/" + d.Reader
	}
	return fmt.Sprintf("%s: %s is %s, should be %s", name, d.Setting, d.Have, d.Want)
}

// Setup makes every stream, reader and object store that is not there. Of those
// that are it changes what no setting says and without which messages would be
// lost or wait for ever, as on a broker of an older build: it adds the subjects
// that a stream does not take, and gives a reader its filter. Whatever else is
// otherwise than it should be is returned, and [Conn.Apply] changes it. It may be
// called at every start, by several processes at once. While the broker is away,
// or does not allow this user to make what is not there, it waits.
func (c *Conn) Setup(ctx context.Context) ([]Difference, error) {
	return c.arrange(ctx, create)
}

// Compare says what is not there or otherwise than it should be, and makes and
// changes nothing.
func (c *Conn) Compare(ctx context.Context) ([]Difference, error) {
	return c.arrange(ctx, look)
}

// Apply makes what is not there and changes what is different; it returns what
// it changed. A limit that it makes smaller drops messages. What the server
// cannot change, as a stream's retention, is an error.
func (c *Conn) Apply(ctx context.Context) ([]Difference, error) {
	return c.arrange(ctx, change)
}

// power is what an arrangement may do where something is not as it should be.
type power int

const (
	look   power = iota // nothing
	create              // make what is not there
	change              // and change what is different
)

// absent is the difference between nothing and what should be there.
func absent(stream, reader, what string) []Difference {
	return []Difference{{Stream: stream, Reader: reader, Setting: what, Have: "absent", Want: "there"}}
}

func (c *Conn) arrange(ctx context.Context, may power) ([]Difference, error) {
	if may != look {
		c.makesStreams.Store(true)
	}
	var all []Difference
	note := func(what string, arrange func(context.Context) ([]Difference, error)) error {
		var found []Difference
		err := c.persist(ctx, "set up "+what, func(ctx context.Context) (err error) {
			found, err = arrange(ctx)
			return hardened(err)
		})
		all = append(all, found...)
		return err
	}
	t := c.cfg.Topology
	for _, want := range t.streams() {
		if err := note(want.Name, func(ctx context.Context) ([]Difference, error) {
			return c.arrangeStream(ctx, want, may)
		}); err != nil {
			return all, err
		}
	}
	for _, want := range t.buckets() {
		if err := note(want.Bucket, func(ctx context.Context) ([]Difference, error) {
			return c.arrangeBucket(ctx, want, may)
		}); err != nil {
			return all, err
		}
	}
	for _, r := range readers() {
		if err := note(r.stream+"/"+r.name, func(ctx context.Context) ([]Difference, error) {
			return c.arrangeReader(ctx, r, may)
		}); err != nil {
			return all, err
		}
	}
	return all, nil
}

// errSetup marks what waiting does not change.
var errSetup = errors.New("the broker refuses the set-up")

// hardened marks err where it is the server's considered answer.
func hardened(err error) error {
	var answer *jetstream.APIError
	switch {
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return fmt.Errorf("%w: %w: start nats-server with -js, and allow it to this account", errSetup, err)
	case errors.As(err, &answer) && answer.Code < 500:
		return fmt.Errorf("%w: %w", errSetup, err)
	}
	return err
}

func (c *Conn) arrangeStream(ctx context.Context, want jetstream.StreamConfig, may power) ([]Difference, error) {
	s, err := c.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if may == look {
			return absent(want.Name, "", "stream"), nil
		}
		began := time.Now()
		s, err = c.js.CreateStream(ctx, want)
		err = c.unmade("stream "+want.Name, err, began)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // somebody was quicker
			s, err = c.js.Stream(ctx, want.Name)
		}
	}
	if err != nil {
		return nil, err
	}
	have := s.CachedInfo().Config
	found := compare(want.Name, "", streamSettings(have), streamSettings(want))
	switch {
	case len(found) == 0 || may == look:
		return found, nil
	case may == change:
		_, err = c.js.UpdateStream(ctx, want)
		return found, err
	}
	missing := slices.DeleteFunc(slices.Clone(want.Subjects), func(s string) bool { return slices.Contains(have.Subjects, s) })
	if len(missing) == 0 {
		return found, nil
	}
	have.Subjects = append(have.Subjects, missing...)
	began := time.Now()
	_, err = c.js.UpdateStream(ctx, have)
	if err == nil {
		found = compare(want.Name, "", streamSettings(have), streamSettings(want))
	}
	return found, c.tolerated(err, began)
}

// tolerated is the error of a change that [Conn.Setup] makes where it may: one
// that the broker does not allow, or refuses, is none.
func (c *Conn) tolerated(err error, began time.Time) error {
	if _, refused := errors.AsType[*jetstream.APIError](err); refused || c.forbidden(err, began) {
		return nil
	}
	return err
}

// forbidden says whether err, of what began then, is that this user may not do it.
func (c *Conn) forbidden(err error, began time.Time) bool {
	return errors.Is(c.denied.explain(err, began), nats.ErrPermissionViolation)
}

// unmade says of what is not there, and may not be made by this user, who does.
func (c *Conn) unmade(what string, err error, began time.Time) error {
	if err == nil || !c.forbidden(err, began) {
		return err
	}
	return fmt.Errorf("%s is not there, and this user may not make it: \"copydesk streams apply\" of an operator does: %w", what, err)
}

func (c *Conn) arrangeBucket(ctx context.Context, want jetstream.ObjectStoreConfig, may power) ([]Difference, error) {
	store, err := c.js.ObjectStore(ctx, want.Bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		if may == look {
			return absent(want.Bucket, "", "object store"), nil
		}
		began := time.Now()
		store, err = c.js.CreateObjectStore(ctx, want)
		err = c.unmade("object store "+want.Bucket, err, began)
		if errors.Is(err, jetstream.ErrBucketExists) {
			store, err = c.js.ObjectStore(ctx, want.Bucket)
		}
	}
	if err != nil {
		return nil, err
	}
	status, err := store.Status(ctx)
	if err != nil {
		return nil, err
	}
	found := compare(want.Bucket, "",
		[]setting{{"age", fmt.Sprint(status.TTL())}, {"replicas", fmt.Sprint(status.Replicas())}},
		[]setting{{"age", fmt.Sprint(want.TTL)}, {"replicas", fmt.Sprint(want.Replicas)}})
	if len(found) == 0 || may != change {
		return found, nil
	}
	_, err = c.js.UpdateObjectStore(ctx, want)
	return found, err
}

func (c *Conn) arrangeReader(ctx context.Context, r reader, may power) ([]Difference, error) {
	want := r.config(c.cfg.AckWait)
	have, err := c.js.Consumer(ctx, r.stream, r.name)
	if may == look && errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, nil // which is a difference already
	}
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		if may == look {
			return absent(r.stream, r.name, "reader"), nil
		}
		began := time.Now()
		have, err = c.js.CreateConsumer(ctx, r.stream, want)
		err = c.unmade("reader "+r.name+" of "+r.stream, err, began)
		if errors.Is(err, jetstream.ErrConsumerExists) {
			have, err = c.js.Consumer(ctx, r.stream, r.name)
		}
	}
	if err != nil {
		return nil, err
	}
	is := have.CachedInfo().Config
	found := compare(r.stream, r.name, readerSettings(is), readerSettings(want))
	switch {
	case len(found) == 0 || may == look:
		return found, nil
	case may == change:
		_, err = c.js.UpdateConsumer(ctx, r.stream, want)
		return found, err
	case is.FilterSubject == want.FilterSubject:
		return found, nil
	}
	is.FilterSubject = want.FilterSubject
	began := time.Now()
	_, err = c.js.UpdateConsumer(ctx, r.stream, is)
	if err == nil {
		found = compare(r.stream, r.name, readerSettings(is), readerSettings(want))
	}
	return found, c.tolerated(err, began)
}

type setting struct{ name, value string }

func streamSettings(s jetstream.StreamConfig) []setting {
	subjects := slices.Sorted(slices.Values(s.Subjects))
	return []setting{
		{"subjects", strings.Join(subjects, " ")},
		{"retention", s.Retention.String()},
		{"discard", s.Discard.String()},
		{"messages", fmt.Sprint(s.MaxMsgs)},
		{"bytes", fmt.Sprint(s.MaxBytes)},
		{"age", fmt.Sprint(s.MaxAge)},
		{"replicas", fmt.Sprint(s.Replicas)},
		{"duplicates", fmt.Sprint(s.Duplicates)},
		{"compression", s.Compression.String()},
		{"schedules", fmt.Sprint(s.AllowMsgSchedules)},
		{"direct", fmt.Sprint(s.AllowDirect)},
	}
}

func readerSettings(r jetstream.ConsumerConfig) []setting {
	return []setting{
		{"filter", r.FilterSubject},
		{"acknowledgement", r.AckPolicy.String()},
		{"ack wait", fmt.Sprint(r.AckWait)},
		{"deliveries", fmt.Sprint(r.MaxDeliver)},
		{"in hand", fmt.Sprint(r.MaxAckPending)},
	}
}

// compare two lists of the same settings.
func compare(stream, reader string, have, want []setting) []Difference {
	var found []Difference
	for i, w := range want {
		if have[i] != w {
			found = append(found, Difference{Stream: stream, Reader: reader, Setting: w.name, Have: have[i].value, Want: w.value})
		}
	}
	return found
}
