package stream

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// A record that waits to be tried again, or alone, is left to be imported: only
// its own run waits for it.
func TestImportsLeft(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	left := func(run string, want uint64) {
		t.Helper()
		var got uint64
		eventually(t, "so many are left of "+run, func() bool {
			var err error
			if got, err = c.ImportsLeft(t.Context(), run); err != nil {
				t.Fatal(err)
			}
			return got == want
		})
	}
	publish := func(run, place string) {
		t.Helper()
		r := recordOf(place, []byte("tide"))
		r.Run = run
		if err := c.PublishImport(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	publish("spring", "suspect")
	publish("spring", "early")
	publish("spring-tide", "good")
	left("spring", 2)
	left("spring-tide", 1)
	die(t, c, streamImport, "archive-import", 1)
	alone, release := make(chan bool, 1), make(chan struct{})
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[Captured]) []error {
			errs := make([]error, len(batch))
			for i, m := range batch {
				switch m.Value.Record.Place {
				case "early":
					errs[i] = &news.Fault{Kind: news.Temporary, After: time.Hour, Err: errors.New("what it refers to may still come")}
				case "suspect":
					alone <- m.Alone
					<-release
				}
			}
			return errs
		})
	})
	if !receive(t, alone) {
		t.Error("it killed a worker, and is tried among others")
	}
	left("spring", 2)
	close(release)
	left("spring", 1)
	left("spring-tide", 0)
}

// A record that kills whoever takes it is given up, and so its visit has an end;
// a page that the archive gives up goes on to extraction.
func TestPoisonOfAnImport(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	r := recordOf("7", []byte("tide"))
	if err := errors.Join(c.PublishImport(t.Context(), r), c.PublishPage(t.Context(), pageOf("a", []byte("x")))); err != nil {
		t.Fatal(err)
	}
	for range c.cfg.MaxDeliveries {
		die(t, c, streamImport, "archive-import", 1)
		die(t, c, streamRaw, "archive", 1)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(context.Context, []*Message[Captured]) []error {
			t.Error("taken again, after it had killed its worker as often as is allowed")
			return nil
		})
	})
	got := map[string]string{}
	for _, e := range eventsOf(t, c, 3) {
		got[string(e.Stage)+" "+e.VisitID] = string(e.Outcome) + " " + string(e.Reason)
	}
	want := map[string]string{
		"archive " + r.Trace().VisitID: "dead poison", "fetch " + r.Trace().VisitID: "dead poison",
		"archive " + pageOf("a", nil).VisitID: "dead poison",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// There is more to import than what waits for others: what was not tried, and what
// comes again for another reason. What is in hand is no more than that.
func TestMoreToImport(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	more := func(inHand int, want bool) {
		t.Helper()
		eventually(t, "it is known whether there is more", func() bool {
			got, err := c.MoreToImport(t.Context(), importRun.Name, inHand)
			return err == nil && got == want
		})
	}
	more(0, false)
	if err := errors.Join(c.PublishImport(t.Context(), recordOf("awaits", []byte("a"))), c.PublishImport(t.Context(), recordOf("later", []byte("b")))); err != nil {
		t.Fatal(err)
	}
	more(2, true) // in IMPORT: who has it in hand has it for the first time
	kind := map[string]news.Kind{"awaits": news.Awaiting, "later": news.Temporary}
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 3, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[Captured]) []error {
			errs := make([]error, len(batch))
			for i, m := range batch {
				errs[i] = &news.Fault{Kind: kind[m.Value.Record.Place], After: time.Hour, Err: errors.New("not now")}
			}
			return errs
		})
	})
	more(1, false)
	more(0, true)
	if left, err := c.ImportsLeft(t.Context(), importRun.Name); err != nil || left != 2 {
		t.Errorf("%d are left, want 2 (%v)", left, err)
	}
	if other, err := c.MoreToImport(t.Context(), importRun.Name+"-tide", 0); err != nil || other {
		t.Errorf("there is more of another: %v, %v", other, err)
	}
}
