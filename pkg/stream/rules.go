package stream

import (
	"context"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// rulesObject names the site rules that a run brings. They lie beside the bodies
// that are too large for a message, and are read as these are.
func rulesObject(run news.Run) string { return inRun(run, "rules") }

// KeepRules keeps the site rules that a run brings, for whoever extracts its
// pages. It may be called again at any time.
func (c *Conn) KeepRules(ctx context.Context, run news.Run, text []byte) error {
	if err := c.keep(ctx, bucketBody, rulesObject(run), text); err != nil {
		return fmt.Errorf("keep the site rules of run %s: %w", run.Name, err)
	}
	return nil
}

// RunRules gives the site rules that a run brings. That they are not there is a
// fault for a time: no page of the run did anything wrong.
func (c *Conn) RunRules(ctx context.Context, run news.Run) ([]byte, error) {
	text, err := c.kept(ctx, bucketBody, rulesObject(run))
	if fault, ok := errors.AsType[*news.Fault](err); ok {
		err = &news.Fault{Kind: news.Temporary, Reason: fault.Reason, Err: fault.Err}
	}
	if err != nil {
		return nil, fmt.Errorf("site rules of run %s: %w", run.Name, err)
	}
	return text, nil
}
