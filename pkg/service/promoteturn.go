package service

import (
	"context"
	"errors"
	"time"
)

// turnWithin is how long one answer waits for its turn to promote.
const turnWithin = 10 * time.Second

// errNotYet is returned while others have the turn.
var errNotYet = errors.New("what was promoted before is not in the index yet")

// takeTurn waits until no other promotion is at work, and until the index has read
// the articles that were published: those of another promotion may be of the same
// captures. What is decided between takeTurn and end is decided by what the stream
// said last, and so rows and subscribers take promotions in one order.
func (d *indexDesk) takeTurn(ctx context.Context) (end func(), err error) {
	enough := time.Now().Add(turnWithin)
	select {
	case d.promoting <- struct{}{}:
	case <-time.After(turnWithin):
		return nil, errNotYet
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	end = func() { <-d.promoting }
	for {
		unread, err := d.conn.ArticlesUnread(ctx)
		if err == nil && !unread {
			return end, nil
		}
		if err == nil && time.Now().After(enough) {
			err = errNotYet
		}
		if err != nil {
			end()
			return nil, err
		}
	}
}
