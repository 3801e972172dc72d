package stream

import (
	"encoding/json"
	"fmt"
	"strconv"
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
	answers := make(chan *nats.Msg, r.Batch+1) // one of them says that there is no more
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
	for got, all := 0, r.Batch; got < all; {
		select {
		case m := <-answers:
			heard = time.Now()
			if !isEnd(m) {
				got++
				take(m)
				continue
			}
			left, err := atEnd(m)
			if err != nil {
				return err
			}
			all = got
			if left >= 0 { // some of them may be behind the end
				all = r.Batch - left
			}
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

// isEnd says whether m is no message of the stream but the end of an answer.
func isEnd(m *nats.Msg) bool { return len(m.Data) == 0 && m.Header.Get("Status") != "" }

// atEnd says how many of the messages that were asked for an answer ends without, -1
// where it does not tell, or why none can be had. A cluster hands a message out when
// it agrees on that, and may have told before that the answer is at its end
// (nats-server 2.15.2): those that are not left are still to come.
func atEnd(m *nats.Msg) (left int, err error) {
	status, why := m.Header.Get("Status"), m.Header.Get("Description")
	switch {
	case status == "404", status == "408", strings.Contains(why, "MaxBytes"), why == "Batch Completed":
		if left, err := strconv.Atoi(m.Header.Get("Nats-Pending-Messages")); err == nil {
			return left, nil
		}
		return -1, nil
	case status == "503":
		return 0, nats.ErrNoResponders
	}
	return 0, fmt.Errorf("the broker answers %s %s", status, why)
}
