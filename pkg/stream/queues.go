package stream

import (
	"context"
	"time"
)

// queues are what a stage pulls from.
type queues struct {
	live []*source
	// behind is work that can wait: of four messages it has one, so that neither
	// waits for the end of the other; and all, while there is nothing live.
	behind []*source
	// spare is live once more, for who takes it while runs have all workers.
	spare []*source
	runs  *crowd

	// ahead is what was pulled from behind before there was a worker for it.
	ahead []*delivery
	// credit is what behind may have before live, in messages.
	credit float64
}

// behindShare is the part of the work that behind has while there is live work.
const behindShare = 0.25

// mostAhead is how much of behind is pulled with what there are workers for: to ask
// costs as much as half the rest that a message costs the broker. If the process
// dies, that counts as delivered with it, and is tried alone; of live work that
// would be too much.
const mostAhead = 8

// pullBehind takes up to n messages from behind.
func (q *queues) pullBehind(ctx context.Context, n int, take func(*delivery)) (left int, err error) {
	left = n
	hand := func(d *delivery) {
		if left == 0 {
			q.ahead = append(q.ahead, d)
			return
		}
		left--
		take(d)
	}
	before := q.ahead
	q.ahead = nil
	for _, d := range before {
		hand(d)
	}
	if left > 0 {
		_, err = pullNow(ctx, q.behind, left+mostAhead, hand)
	}
	return left, err
}

// pull asks for n messages. It returns how many of n workers are still free.
func (q *queues) pull(ctx context.Context, n int, take func(*delivery)) (left int, err error) {
	if len(q.behind) == 0 {
		return pullAll(ctx, q.live, n, take)
	}
	workers := float64(q.runs.workers)
	q.credit = min(q.credit+float64(n)*behindShare, max(1, workers*behindShare))
	first := min(n, int(q.credit))
	left, err = q.pullBehind(ctx, first, take)
	q.credit -= float64(first - left)
	left += n - first
	before := left
	if err == nil {
		left, err = pullNow(ctx, q.live, left, take)
	}
	if err == nil && left == before { // nothing live
		left, err = q.pullBehind(ctx, left, take)
	}
	if err != nil || left < n || ctx.Err() != nil {
		return left, err
	}
	return q.wait(ctx, n, take)
}

// wait waits a little for one message: on live, unless behind brought the last. The
// spare hand waits on live then; and where nothing comes, it is live's turn again.
func (q *queues) wait(ctx context.Context, n int, take func(*delivery)) (left int, err error) {
	s, behind := likeliest(q.live), likeliest(q.behind)
	if !behind.broughtAt.After(s.broughtAt) {
		return s.await(ctx, n, take)
	}
	defer q.runs.expect()()
	left, err = behind.await(ctx, n, take)
	if left == n {
		behind.broughtAt = time.Time{}
	}
	return left, err
}

// emptyFor is how long a source that had nothing is not asked again while others
// have work: asking costs as much as an event, and would be done for every page.
const emptyFor = 50 * time.Millisecond

// pullAll asks each source in order for what is there. Where nothing is, it
// waits a little for one message. It returns how many of n workers are still free.
func pullAll(ctx context.Context, from []*source, n int, take func(*delivery)) (left int, err error) {
	left, err = pullNow(ctx, from, n, take)
	if err != nil || left < n || ctx.Err() != nil {
		return left, err
	}
	return likeliest(from).await(ctx, n, take)
}

// pullNow asks each source in order for what is there.
func pullNow(ctx context.Context, from []*source, n int, take func(*delivery)) (left int, err error) {
	left = n
	for _, s := range from {
		if left == 0 || ctx.Err() != nil {
			return left, nil
		}
		if time.Since(s.emptyAt) < emptyFor {
			continue
		}
		got, err := s.pull(ctx, left, 0, take)
		left -= got
		if err != nil {
			return left, err
		}
	}
	return left, nil
}

// likeliest is the source to wait on: the one that brought something last, and
// before any did the first. Retries are in no hurry.
func likeliest(from []*source) *source {
	best := from[0]
	for _, s := range from[1:] {
		if best.stream == streamLater || s.broughtAt.After(best.broughtAt) {
			best = s
		}
	}
	return best
}

// await waits a little for one message: the others are asked again with the next.
func (s *source) await(ctx context.Context, n int, take func(*delivery)) (left int, err error) {
	got, err := s.pull(ctx, 1, idleWait, take)
	return n - got, err
}
