package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/otherbuild"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// outside is a replay whose records another build makes, here.
type outside struct {
	conn    *stream.Conn
	run     news.Run
	workers chan *otherbuild.Worker
	// tell says of a capture that it could not be done.
	tell func(api.RunResult)
}

// extractOutside has another build make all records of a replay that are not there
// yet. What is in its rows is done: interrupted, the same command goes on.
func extractOutside(ctx context.Context, c *console, conn *stream.Conn, build *otherbuild.Build, q api.ReplayRequest, run store.RunState) (store.RunState, error) {
	progress := c.err.NewProgress("replay "+run.Name, int(run.Captures))
	defer progress.Clear()
	var telling sync.Mutex
	o := &outside{conn: conn, run: run.Run, tell: func(r api.RunResult) {
		telling.Lock()
		defer telling.Unlock()
		progress.Clear()
		fmt.Fprintf(c.err, "capture %s could not be done: dead (%s): %s\n", r.CaptureID, r.Reason, r.Detail)
	}}
	stop, err := o.start(ctx, build, otherbuild.Opening{PageLimit: pageLimit, Rules: q.Rules})
	if err != nil {
		return run, err
	}
	defer stop()
	for after := int64(0); ; {
		reply, err := ask[api.TakeReply](ctx, conn, api.RunsTake, api.TakeRequest{Run: run.Name, After: after})
		if err == nil {
			run = reply.Run
			progress.At(int(run.Ended))
			if len(reply.Captures) == 0 {
				return askRun(ctx, conn, run.Name)
			}
			err = o.batch(ctx, reply.Captures)
		}
		if ctx.Err() != nil {
			progress.Clear()
			fmt.Fprintf(c.err, "the replay waits: the same command goes on with it, \"copydesk runs cancel %s\" stops it\n", run.Name)
			return run, ctx.Err()
		}
		if err != nil {
			return run, err
		}
		after = reply.Number
	}
}

// start starts a worker for every second core: the desk may be on this machine.
func (o *outside) start(ctx context.Context, build *otherbuild.Build, opening otherbuild.Opening) (closeAll func(), err error) {
	n := max(1, runtime.GOMAXPROCS(0)/2)
	o.workers = make(chan *otherbuild.Worker, n)
	closeAll = func() {
		for len(o.workers) > 0 {
			(<-o.workers).Close()
		}
	}
	for range n {
		w, err := build.NewWorker(ctx, opening)
		if err != nil {
			closeAll()
			return nil, err
		}
		o.workers <- w
	}
	return closeAll, nil
}

// batch extracts captures and brings the results, in the order of the captures.
func (o *outside) batch(ctx context.Context, captures []string) error {
	results := make([]api.RunResult, len(captures))
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(cap(o.workers))
	for i, id := range captures {
		group.Go(func() (err error) {
			results[i], err = o.extract(working, id)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return o.put(ctx, results)
}

func (o *outside) extract(ctx context.Context, id string) (api.RunResult, error) {
	q := api.PageRequest{CaptureID: id}
	reply, err := api.Gather[api.PageReply](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return ask[api.Piece](ctx, o.conn, api.RunsPage, q)
	})
	if err != nil {
		return api.RunResult{}, err
	}
	if reply.Lost != nil {
		o.tell(*reply.Lost)
		return *reply.Lost, nil
	}
	reply.Page.Body = reply.Body
	w := <-o.workers
	defer func() { o.workers <- w }()
	answer, err := w.Extract(ctx, reply.Page)
	if err != nil {
		return api.RunResult{}, err
	}
	r, err := resultOf(id, answer)
	if r.Outcome == news.Dead {
		o.tell(r)
	}
	return r, err
}

// mostDetail is how much is kept of why a page gave no record, in bytes.
const mostDetail = 2 << 10

// resultOf is an answer as it is kept.
func resultOf(id string, a otherbuild.Answer) (api.RunResult, error) {
	r := api.RunResult{CaptureID: id, Outcome: a.Outcome, Reason: a.Reason, Detail: strings.ToValidUTF8(a.Detail[:min(len(a.Detail), mostDetail)], "")}
	if a.Article == nil {
		return r, nil
	}
	text, err := json.Marshal(a.Article)
	if err != nil {
		return r, err
	}
	if r.Record = coding.Zstd(text); len(r.Record) > putBytes {
		return api.RunResult{
			CaptureID: id, Outcome: news.Dead, Reason: news.TooLarge,
			Detail: fmt.Sprintf("its record has %d bytes, packed: %d can be kept", len(r.Record), putBytes),
		}, nil
	}
	return r, nil
}

// putBytes is how much of records goes into one message: in base64 it fits the
// broker's.
const putBytes = 512 << 10

// put brings results, as many at a time as a message holds.
func (o *outside) put(ctx context.Context, results []api.RunResult) error {
	for len(results) > 0 {
		n, size := 0, 0
		for n < len(results) {
			if size += len(results[n].Record) + len(results[n].Detail); n > 0 && size > putBytes {
				break
			}
			n++
		}
		if _, err := ask[struct{}](ctx, o.conn, api.RunsPut, api.PutRequest{Run: o.run, Results: results[:n]}); err != nil {
			return err
		}
		results = results[n:]
	}
	return nil
}
