package stream

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// pullRequest is what the broker is asked for.
type pullRequest struct {
	Batch    int           `json:"batch"`
	NoWait   bool          `json:"no_wait,omitempty"`
	Expires  time.Duration `json:"expires,omitempty"`
	MaxBytes int           `json:"max_bytes,omitempty"`
}

const (
	// lateAnswer is how late an answer to a pull may come. What the broker hands out
	// when nobody listens any more counts as delivered to a worker that died. nats.go
	// listens for a second, which is short for a broker whose machine is busy.
	lateAnswer = 10 * time.Second
	// lookEvery is how often one who waits looks whether the connection still is the
	// one that the answer comes by.
	lookEvery = time.Second
)

// pullFrom asks a reader for messages, gives each to take as it comes, and returns
// when all have come that will.
func (c *Conn) pullFrom(from reader, r pullRequest, take func(*nats.Msg)) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	answers := make(chan *nats.Msg, r.Batch+1) // the last says that there is no more
	inbox := c.nc.NewInbox()
	sub, err := c.nc.ChanSubscribe(inbox, answers)
	if err != nil {
		return err
	}
	defer func() { _ = sub.Unsubscribe() }() // fails without a connection, and is not needed then
	connection := c.reconnects()
	if err := c.nc.PublishRequest("$JS.API.CONSUMER.MSG.NEXT."+from.stream+"."+from.name, inbox, body); err != nil {
		return err
	}
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	heard := time.Now()
	for got := 0; got < r.Batch; {
		select {
		case m := <-answers:
			heard = time.Now()
			if ended, err := endOfAnswer(m); ended {
				return err
			}
			got++
			take(m)
		case <-look.C:
			switch {
			case len(answers) > 0:
			case !c.nc.IsConnected() || c.reconnects() != connection:
				return nats.ErrDisconnected
			case time.Since(heard) > r.Expires+lateAnswer:
				return fmt.Errorf("no answer for %v", time.Since(heard).Round(time.Second))
			}
		}
	}
	return nil
}

// endOfAnswer says whether m is no message of the stream but the end of an answer,
// and why that ended, where it is not that there is no more.
func endOfAnswer(m *nats.Msg) (ended bool, err error) {
	status, why := m.Header.Get("Status"), m.Header.Get("Description")
	switch {
	case len(m.Data) > 0 || status == "":
		return false, nil
	case status == "404", status == "408", strings.Contains(why, "MaxBytes"):
		return true, nil
	case status == "503":
		return true, nats.ErrNoResponders
	}
	return true, fmt.Errorf("the broker answers %s %s", status, why)
}
