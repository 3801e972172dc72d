package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// mostOfQuiet is how much longer at most the way of a live page is beside a replay,
// at the 95th percentile.
const mostOfQuiet = 2.0

const (
	// liveRounds is how often pages arrive without a replay and beside one, in turn:
	// what else the machine does is then about the same for both.
	liveRounds = 3
	// warmUp is how many pages arrive before any is measured.
	warmUp = 20
)

// lives holds the time that live pages take beside a replay to its bound.
func (s *soak) lives(ctx context.Context, size sizes) error {
	quiet, beside, outlasted, err := s.livePages(ctx, size)
	if err != nil {
		return err
	}
	if !outlasted {
		return fmt.Errorf("a replay of %d captures ended before %d pages had come: give it more by -captures", size.captures, size.live/liveRounds)
	}
	ratio := float64(p(beside, 95, whole)) / float64(p(quiet, 95, whole))
	return s.hold(ratio <= mostOfQuiet, "live pages, %.0f a second: without a replay %s; beside one %s; p95 is %.2f of that without, at most %.1f",
		size.rate, tell(quiet), tell(beside), ratio, mostOfQuiet)
}

// livePages measures how long live pages are on their way to a subscriber, without
// a replay and beside one, and whether each replay outlasted the pages beside it.
func (s *soak) livePages(ctx context.Context, size sizes) (quiet, beside []way, outlasted bool, err error) {
	d, err := s.stocked(ctx, "live", size.captures)
	if err != nil {
		return nil, nil, false, err
	}
	defer func() { err = d.close(ctx, err) }()
	conn, err := d.begin(ctx, "indexer", "extractor")
	if err != nil {
		return nil, nil, false, err
	}
	defer conn.Close()
	l := &arrivals{desk: d, conn: conn, press: newPress(s.seed + 2), chance: rand.New(rand.NewPCG(s.seed, 4)), rate: size.rate}
	if _, err := l.arrive(ctx, warmUp); err != nil {
		return nil, nil, false, err
	}
	outlasted = true
	for round := range liveRounds {
		some, err := l.arrive(ctx, size.live/liveRounds)
		if err != nil {
			return nil, nil, false, err
		}
		fmt.Fprintf(s.out, "without a replay: %s\n", tell(some))
		quiet = append(quiet, some...)
		some, whole, err := l.arriveBeside(ctx, fmt.Sprint("beside", round), size.live/liveRounds)
		if err != nil {
			return nil, nil, false, err
		}
		beside, outlasted = append(beside, some...), outlasted && whole
	}
	return quiet, beside, outlasted, nil
}

// arrivals are live pages, published as fetchers do.
type arrivals struct {
	*desk
	*press
	conn   *stream.Conn
	chance *rand.Rand
	rate   float64
	made   int
}

// arriveBeside has pages arrive while a replay is at full speed, and says whether
// it was all the time.
func (l *arrivals) arriveBeside(ctx context.Context, replay string, pages int) (ways []way, outlasted bool, err error) {
	if _, _, err := l.output(ctx, "replay", "--run", replay, "--no-wait"); err != nil {
		return nil, false, err
	}
	const underWay = 50
	if err := until(ctx, l.conn, replay, underWay); err != nil {
		return nil, false, err
	}
	before, err := stateOf(ctx, l.conn, replay)
	if err != nil {
		return nil, false, err
	}
	began := time.Now()
	if ways, err = l.arrive(ctx, pages); err != nil {
		return nil, false, err
	}
	took := time.Since(began)
	run, err := stateOf(ctx, l.conn, replay)
	if err != nil {
		return nil, false, err
	}
	fmt.Fprintf(l.out, "beside a replay at %.0f captures/s: %s\n", float64(run.Ended-before.Ended)/took.Seconds(), tell(ways))
	if _, _, err := l.output(ctx, "runs", "cancel", replay); err != nil {
		return nil, false, err
	}
	return ways, run.Ended < run.Captures, l.quiet(ctx, replay)
}

// quiet waits until all that was handed on of a replay has its result.
func (l *arrivals) quiet(ctx context.Context, replay string) error {
	for {
		run, err := stateOf(ctx, l.conn, replay)
		if err != nil || run.Ended >= run.Fed {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// patience is how long a page may be on its way.
const patience = 2 * time.Minute

// way is that of a page to who watches articles, and its parts.
type way struct{ whole, toBroker, toRecord, toSubscriber time.Duration }

// arrive publishes pages, as many in a second as the rate says on average, and says
// how long each was on its way to a subscriber.
func (l *arrivals) arrive(ctx context.Context, pages int) ([]way, error) {
	ready := make([]*news.Page, pages)
	for i := range ready {
		ready[i] = l.livePage()
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	type record struct {
		capture      string
		stored, seen time.Time
	}
	seen, lost := make(chan record, pages), make(chan error, 1)
	now := stream.Position{Since: time.Now()}
	go func() {
		lost <- l.conn.WatchArticles(watching, &now, []string{"news.v1.article.>"}, func(m stream.ArticleMessage) error {
			seen <- record{m.Trace.CaptureID, m.Published, time.Now()}
			return m.Err
		})
	}()
	type page struct {
		capture       string
		began, stored time.Time
		err           error
	}
	published := make(chan page, pages)
	for _, p := range ready {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(l.chance.ExpFloat64() / l.rate * float64(time.Second))):
		}
		began := time.Now()
		go func() {
			err := l.conn.PublishPage(ctx, p)
			published <- page{p.CaptureID, began, time.Now(), err}
		}()
	}
	sent, records := map[string]page{}, map[string]record{}
	for late := time.After(patience); len(sent) < pages || len(records) < pages; {
		select {
		case p := <-published:
			if p.err != nil {
				return nil, p.err
			}
			sent[p.capture] = p
		case r := <-seen:
			records[r.capture] = r
		case err := <-lost:
			return nil, errors.Join(errors.New("the subscriber ended"), err)
		case <-late:
			return nil, fmt.Errorf("of %d live pages %d came to no article in %s", pages, pages-len(records), patience)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	var ways []way
	for capture, p := range sent {
		r, ok := records[capture]
		if !ok {
			return nil, fmt.Errorf("live page %s came to no article", capture)
		}
		ways = append(ways, way{r.seen.Sub(p.began), p.stored.Sub(p.began), r.stored.Sub(p.stored), r.seen.Sub(r.stored)})
	}
	return ways, nil
}

func (l *arrivals) livePage() *news.Page {
	l.made++
	url, html := l.page(l.made)
	url += "-live"
	site, at := weburl.Site(url), time.Now().UTC()
	body := []byte(html)
	digest, visit := news.Digest(body), news.VisitID(url, at)
	return &news.Page{
		Schema: news.PageSchema, VisitID: visit, CaptureID: news.CaptureID(visit, digest), RequestedURL: url, URL: url, Site: site,
		Status: 200, ContentType: "text/html; charset=utf-8", FetchedAt: at, Digest: digest, Length: len(body), Body: body, Origin: news.OriginFetch,
	}
}

// p is a percentile of a part of ways.
func p(ways []way, percent int, part func(way) time.Duration) time.Duration {
	var all []time.Duration
	for _, w := range ways {
		all = append(all, part(w))
	}
	slices.Sort(all)
	return all[percent*(len(all)-1)/100]
}

func whole(w way) time.Duration { return w.whole }

// tell says how long pages were on their way.
func tell(ways []way) string {
	p95 := func(part func(way) time.Duration) int64 { return p(ways, 95, part).Milliseconds() }
	return fmt.Sprintf("%d articles, p50 %d, p95 %d, p99 %d ms (p95 to the broker %d, to the record there %d, to the subscriber %d)",
		len(ways), p(ways, 50, whole).Milliseconds(), p95(whole), p(ways, 99, whole).Milliseconds(),
		p95(func(w way) time.Duration { return w.toBroker }), p95(func(w way) time.Duration { return w.toRecord }), p95(func(w way) time.Duration { return w.toSubscriber }))
}
