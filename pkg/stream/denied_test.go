package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

func TestDenialExplainsWhatWasNotAnswered(t *testing.T) {
	t.Parallel()
	violation := fmt.Errorf("%w: Permissions Violation for Publish to %q", nats.ErrPermissionViolation, "news.v1.raw.x")
	var d denied
	began := time.Now()
	if err := d.explain(context.DeadlineExceeded, began); err != context.DeadlineExceeded || d.state() != nil {
		t.Errorf("%v, %v before anything was denied", err, d.state())
	}
	if !d.note(violation) || d.note(violation) {
		t.Error("the first denial is news, the same again is not")
	}
	err := d.explain(context.DeadlineExceeded, began)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, nats.ErrPermissionViolation) || !strings.Contains(err.Error(), "news.v1.raw.x") {
		t.Errorf("explained as %v", err)
	}
	if err := d.explain(context.DeadlineExceeded, time.Now().Add(time.Second)); err != context.DeadlineExceeded {
		t.Errorf("what began after the denial is explained by it: %v", err)
	}
	if err := d.explain(context.Canceled, began); err != context.Canceled {
		t.Errorf("what did not run out of time is explained: %v", err)
	}
	if d.state() == nil {
		t.Error("a denial of late is no trouble")
	}
	if d.forget(); d.state() != nil {
		t.Errorf("forgotten, and still %v", d.state())
	}
}

func TestInboxes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		cfg  Config
		want string
	}{
		{"nobody", Config{URL: "nats://broker.example"}, ""},
		{"user", Config{User: "fetcher"}, "_INBOX.fetcher"},
		{"user in the address", Config{URL: "nats://indexer:secret@broker.example,nats://broker2.example"}, "_INBOX.indexer"},
		{"token in the address", Config{URL: "nats://secret@broker.example"}, ""},
		{"a dot would reach into another's", Config{User: "fetcher.two"}, ""},
		{"wildcard", Config{User: ">"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.cfg.inboxes(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
