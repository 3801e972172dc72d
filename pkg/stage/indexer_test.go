package stage

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/stream"
)

func TestRowsOfRunsGather(t *testing.T) {
	for _, c := range []struct {
		name string
		come func(ctx context.Context, x *Indexer)
		want time.Duration
	}{
		{"no more come", func(context.Context, *Indexer) {}, followEvery},
		{"more come for ever", func(ctx context.Context, x *Indexer) {
			for rest(ctx, nil, followEvery/2) {
				wake(x.gather)
			}
		}, gatherFor},
		{"a live one comes", func(_ context.Context, x *Indexer) {
			time.Sleep(followEvery / 2)
			wake(x.wake)
		}, followEvery / 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x := NewIndexer(nil, nil, nil, stream.Batch{}, zerolog.Nop())
				began := time.Now()
				go c.come(t.Context(), x)
				x.letGather(t.Context())
				if got := time.Since(began); got != c.want {
					t.Errorf("rows gathered for %s, want %s", got, c.want)
				}
			})
		})
	}
}
