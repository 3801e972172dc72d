package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/copydesk/copydesk/pkg/news"
)

// ErrNotDead is returned for a number that no dead letter has.
var ErrNotDead = errors.New("no dead letter has this number")

// bury puts the message into the dead stream, with its reason and history.
func (k *desk) bury(ctx context.Context, d *delivery, f *news.Fault) error {
	letter := news.DeadLetter{
		Schema: news.DeadSchema, Stage: k.stage, Trace: d.trace,
		Reason: f.Reason, Detail: detailOf(f), Subject: d.Subject,
		At: time.Now().UTC(), History: with(d.history, d.try(f)),
	}
	p := d.passage
	p.attempts, p.Unsettled = d.attempt(), 0
	if err := k.bequeath(ctx, letter, d, p); err != nil {
		return err
	}
	if err := k.tell(ctx, d, news.Dead, f); err != nil {
		return err
	}
	if err := k.endImport(ctx, d, f); err != nil {
		return err
	}
	if err := k.endVisit(ctx, d, f); err != nil {
		return err
	}
	return k.condemn(ctx, d, f)
}

// endImport ends the visit of a record that the archive gives up. What comes by a
// fetcher goes on to extraction whatever the archive makes of it; what is imported
// comes from nowhere else.
func (k *desk) endImport(ctx context.Context, d *delivery, f *news.Fault) error {
	if k.stage != news.StageArchive || !d.isRecord() {
		return nil
	}
	return k.c.PublishEvent(ctx, news.Event{
		Stage: news.StageFetch, Trace: d.trace, Attempt: d.attempt(),
		Outcome: news.Dead, Reason: f.Reason, Detail: detailOf(f), At: time.Now().UTC(),
	})
}

// endVisit ends a visit whose event the journeys give up, at the stage that it was of:
// it may have been the visit's end. What else is told of the visit goes before that,
// the event itself among it, if somebody has it tried again. Only the journeys hear of
// it; and where they cannot take that either, the visit stays open.
func (k *desk) endVisit(ctx context.Context, d *delivery, f *news.Fault) error {
	stage, ok := stageTold(d.Subject)
	if k.stage != stageJourney || !ok || d.trace.VisitID == "" {
		return nil
	}
	now := time.Now()
	e := news.Event{
		Schema: news.EventSchema, Stage: stage, Trace: d.trace, Attempt: 1, Outcome: news.Dead, Reason: f.Reason,
		Detail: clip("what became of it could not be noted: "+f.Error(), maxDetail), At: now.UTC(),
	}
	m, err := frameJSON(laterAt(nil, nuid.Next()), news.EventSchema, "", e.Trace, e)
	if err != nil {
		return err
	}
	return k.c.send(ctx, news.EventSchema, m.Data, m, jetstream.WithScheduleAt(now), jetstream.WithScheduleTarget(laterDue(stageJourney)))
}

// bequeath publishes the letter. One that is too large with all that came with
// it is published without.
func (k *desk) bequeath(ctx context.Context, letter news.DeadLetter, d *delivery, p passage) error {
	m, err := again(deadSubject(k.stage), d.raw.Header, d.raw.Data, p)
	if err != nil {
		return err
	}
	m.Header.Del(headerHistory) // it is in the letter
	err = k.sendLetter(ctx, letter, d, m)
	if fault := news.FaultOf(err); err == nil || fault.Kind != news.Permanent {
		return err
	}
	letter.Detail = clip("without its payload, which does not fit into a message; "+letter.Detail, maxDetail)
	m = frame(deadSubject(k.stage), d.raw.Header.Get(headerSchema), "", d.trace)
	return k.sendLetter(ctx, letter, d, m)
}

func (k *desk) sendLetter(ctx context.Context, letter news.DeadLetter, d *delivery, m *nats.Msg) error {
	text, err := jsonLine(letter)
	if err != nil {
		return err
	}
	m.Header.Set(headerDead, text)
	// The stage too: journeys and frontier read the same events.
	m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("dead/%s/%s/%d/%d", k.stage, d.Subject, d.Sequence, d.Forgiven))
	return k.c.send(ctx, news.DeadSchema, []byte(text), m)
}

// DeadMessage is one message of the dead stream.
type DeadMessage struct {
	// Sequence is its number there.
	Sequence uint64          `json:"sequence"`
	Letter   news.DeadLetter `json:"letter"`
	// Header holds the headers as they were, and those of the burial. It is
	// absent in a list.
	Header map[string][]string `json:"header,omitempty"`
	// Size is the length of the payload in bytes.
	Size int `json:"size"`
	// Payload is absent in a list.
	Payload []byte `json:"payload,omitempty"`

	passage passage
	run     *news.Run
}

// maxDeadList is how much of letters one list holds, in bytes as they came. As
// an answer of a service they have to fit into a message.
const maxDeadList = 256 << 10

// DeadList gives up to limit dead letters with a number over after, in order;
// fewer where they are long, but one if there is one.
func (c *Conn) DeadList(ctx context.Context, after uint64, limit int) ([]DeadMessage, error) {
	s, err := c.js.Stream(ctx, streamDead)
	if err != nil {
		return nil, fmt.Errorf("list dead letters: %w", err)
	}
	var list []DeadMessage
	for size := 0; len(list) < limit && size < maxDeadList; {
		raw, err := s.GetMsg(ctx, after+1, jetstream.WithGetMsgSubject("news.v1.dead.*"))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("list dead letters after %d: %w", after, err)
		}
		after = raw.Sequence
		d := deadMessage(raw)
		size += len(raw.Header.Get(headerDead))
		d.Header, d.Payload = nil, nil
		list = append(list, d)
	}
	return list, nil
}

// DeadGet gives one dead letter with its payload, or [ErrNotDead].
func (c *Conn) DeadGet(ctx context.Context, seq uint64) (DeadMessage, error) {
	_, d, err := c.dead(ctx, seq)
	if err != nil {
		return DeadMessage{}, fmt.Errorf("get dead letter %d: %w", seq, err)
	}
	return d, nil
}

func (c *Conn) dead(ctx context.Context, seq uint64) (jetstream.Stream, DeadMessage, error) {
	s, err := c.js.Stream(ctx, streamDead)
	if err != nil {
		return nil, DeadMessage{}, err
	}
	raw, err := s.GetMsg(ctx, seq)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, DeadMessage{}, ErrNotDead
	}
	if err != nil {
		return nil, DeadMessage{}, err
	}
	return s, deadMessage(raw), nil
}

func deadMessage(raw *jetstream.RawStreamMsg) DeadMessage {
	d := DeadMessage{
		Sequence: raw.Sequence, Header: raw.Header,
		Size: len(raw.Data), Payload: raw.Data, passage: passageOf(raw.Header),
	}
	d.run, _ = runOf(raw.Header) // one that cannot be read is none
	if err := json.Unmarshal([]byte(raw.Header.Get(headerDead)), &d.Letter); err != nil {
		d.Letter = news.DeadLetter{
			Trace: traceOf(raw.Header), Reason: news.Malformed, Subject: raw.Subject, At: raw.Time,
			Detail: "its letter cannot be read: " + err.Error(),
		}
	}
	return d
}

// DeadRetry has a dead message tried again from the stage that it died in,
// with all attempts before it and its history kept.
func (c *Conn) DeadRetry(ctx context.Context, seq uint64) error {
	s, d, err := c.dead(ctx, seq)
	if err != nil {
		return fmt.Errorf("retry dead letter %d: %w", seq, err)
	}
	if d.Letter.Stage == "" {
		return fmt.Errorf("retry dead letter %d: it does not say its stage: %s", seq, d.Letter.Detail)
	}
	p := d.passage
	p.Forgiven, p.history = p.attempts, d.Letter.History
	m, err := again(laterDue(d.Letter.Stage), d.Header, d.Payload, p)
	if err != nil {
		return fmt.Errorf("retry dead letter %d: %w", seq, err)
	}
	m.Header.Del(headerDead)
	m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("revive/%d", seq))
	if err := c.publish(ctx, m); err != nil {
		return fmt.Errorf("retry dead letter %d: %w", seq, err)
	}
	// Last: what is published and not deleted is only done twice.
	return c.forget(ctx, s, seq)
}

// DeadDrop gives a dead message up for good. Its last attempt is then told to
// be dead(dropped), with the reason it died of in the detail.
func (c *Conn) DeadDrop(ctx context.Context, seq uint64) error {
	s, d, err := c.dead(ctx, seq)
	if err != nil {
		return fmt.Errorf("drop dead letter %d: %w", seq, err)
	}
	if l := d.Letter; l.Stage != "" && !untold(l.Stage) {
		err := c.announce(ctx, d.run, news.Event{
			Stage: l.Stage, Trace: l.Trace, Attempt: max(d.passage.attempts, 1),
			Outcome: news.Dead, Reason: news.Dropped, At: time.Now().UTC(),
			Detail: clip(fmt.Sprintf("was dead(%s): %s", l.Reason, l.Detail), maxDetail),
		}, fmt.Sprintf("drop/%d", seq))
		if err != nil {
			return fmt.Errorf("drop dead letter %d: %w", seq, err)
		}
	}
	return c.forget(ctx, s, seq)
}

func (c *Conn) forget(ctx context.Context, s jetstream.Stream, seq uint64) error {
	if err := s.DeleteMsg(ctx, seq); err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("delete dead letter %d: %w", seq, err)
	}
	return nil
}
