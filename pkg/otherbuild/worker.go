package otherbuild

import (
	"context"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// mostDeaths is how many children may die of a page, as many as workers of the
	// desk.
	mostDeaths = 4
	// pageTime is how long a page may take, far over what any should.
	pageTime = 2 * time.Minute
)

// Worker extracts one page after another in a child, and starts the next when that
// dies. It may not be used by two at a time.
type Worker struct {
	build   *Build
	opening Opening
	child   *process
}

// NewWorker starts a child of a build.
func (b *Build) NewWorker(ctx context.Context, opening Opening) (*Worker, error) {
	w := &Worker{build: b, opening: opening}
	var err error
	w.child, err = b.start(ctx, opening)
	return w, err
}

// Extract gives what the build makes of a page. A page that kills the child again
// and again is dead, for that reason. An error is not of the page: the build cannot
// be started any more, or ctx ended.
func (w *Worker) Extract(ctx context.Context, page *news.Page) (Answer, error) {
	job := Job{Page: page, Body: page.Body}
	for deaths := 0; ; {
		if w.child == nil {
			child, err := w.build.start(ctx, w.opening)
			if err != nil {
				return Answer{}, err
			}
			w.child = child
		}
		var a Answer
		err := w.child.exchange(pageTime, job, &a)
		if err == nil && a.complete() {
			return a, nil
		}
		died := w.child.kill()
		w.child = nil
		if ctx.Err() != nil {
			return Answer{}, ctx.Err()
		}
		if deaths++; deaths == mostDeaths {
			return Answer{Outcome: news.Dead, Reason: news.Poison, Detail: fmt.Sprintf("%s died of it %d times: %v (%v)", w.build.Path, deaths, err, died)}, nil
		}
	}
}

// complete says whether it is an answer at all.
func (a Answer) complete() bool {
	return (a.Outcome == news.Done) == (a.Article != nil) && (a.Outcome == news.Done || a.Reason != "")
}

// Close ends the child.
func (w *Worker) Close() {
	if w.child != nil {
		_ = w.child.end() // it has no work any more
		w.child = nil
	}
}
