package cli

import (
	"context"
	"iter"
	"runtime"
)

// inOrder does work on every item, as many at a time as there are cores, and
// hands the results on in the items' order. An error among the items ends them;
// those before it are handed on.
func inOrder[In, Out any](ctx context.Context, items iter.Seq2[In, error], work func(In) Out, done func(In, Out) error) error {
	type job struct {
		item   In
		result chan Out
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs := make(chan job, runtime.GOMAXPROCS(0)-1)
	ended := make(chan error, 1)
	go func() {
		defer close(jobs)
		for item, err := range items {
			if err != nil {
				ended <- err
				return
			}
			j := job{item, make(chan Out, 1)}
			select {
			case <-ctx.Done():
				ended <- ctx.Err()
				return
			case jobs <- j:
			}
			go func() { j.result <- work(j.item) }()
		}
		ended <- nil
	}()
	for j := range jobs {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case out := <-j.result:
			if err := done(j.item, out); err != nil {
				return err
			}
		}
	}
	return <-ended
}
