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
	quiet, beside, err := s.livePages(ctx, size)
	if err != nil {
		return err
	}
	without, with := timesOf(quiet), timesOf(beside)
	ratio := float64(with.p95) / float64(without.p95)
	return s.hold(ratio <= mostOfQuiet, "live pages, %.0f a second: without a replay %s; beside one %s; p95 is %.2f of that without, at most %.1f",
		size.rate, without, with, ratio, mostOfQuiet)
}

// livePages measures how long live pages are on their way to a subscriber, without
// a replay and beside one.
func (s *soak) livePages(ctx context.Context, size sizes) (quiet, beside []time.Duration, err error) {
	d, err := s.stocked(ctx, "live", size.captures)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = d.close(ctx, err) }()
	conn, err := d.begin(ctx, "indexer", "extractor")
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	l := &arrivals{desk: d, conn: conn, press: newPress(s.seed + 2), chance: rand.New(rand.NewPCG(s.seed, 4)), rate: size.rate}
	if _, err := l.arrive(ctx, warmUp); err != nil {
		return nil, nil, err
	}
	for round := range liveRounds {
		some, err := l.arrive(ctx, size.live/liveRounds)
		if err != nil {
			return nil, nil, err
		}
		fmt.Fprintf(s.out, "without a replay: %s\n", timesOf(some))
		quiet = append(quiet, some...)
		if some, err = l.arriveBeside(ctx, fmt.Sprint("beside", round), size.live/liveRounds); err != nil {
			return nil, nil, err
		}
		beside = append(beside, some...)
	}
	return quiet, beside, nil
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

// arriveBeside has pages arrive while a replay is at full speed all the time.
func (l *arrivals) arriveBeside(ctx context.Context, replay string, pages int) ([]time.Duration, error) {
	if _, _, err := l.output(ctx, "replay", "--run", replay, "--no-wait"); err != nil {
		return nil, err
	}
	const underWay = 50
	if err := until(ctx, l.conn, replay, underWay); err != nil {
		return nil, err
	}
	before, err := stateOf(ctx, l.conn, replay)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	times, err := l.arrive(ctx, pages)
	if err != nil {
		return nil, err
	}
	took := time.Since(began)
	run, err := stateOf(ctx, l.conn, replay)
	if err != nil {
		return nil, err
	}
	if run.Ended == run.Captures {
		return nil, fmt.Errorf("the replay of %d captures ended before %d pages had come: give it more by -captures", run.Captures, pages)
	}
	fmt.Fprintf(l.out, "beside a replay at %.0f captures/s: %s\n", float64(run.Ended-before.Ended)/took.Seconds(), timesOf(times))
	if _, _, err := l.output(ctx, "runs", "cancel", replay); err != nil {
		return nil, err
	}
	return times, l.quiet(ctx, replay)
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

// arrive publishes pages, as many in a second as the rate says on average, and says
// how long each was on its way to a subscriber.
func (l *arrivals) arrive(ctx context.Context, pages int) ([]time.Duration, error) {
	ready := make([]*news.Page, pages)
	for i := range ready {
		ready[i] = l.livePage()
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	type arrival struct {
		capture string
		at      time.Time
	}
	seen, lost := make(chan arrival, pages), make(chan error, 1)
	now := stream.Position{Since: time.Now()}
	go func() {
		lost <- l.conn.WatchArticles(watching, &now, []string{"news.v1.article.>"}, func(m stream.ArticleMessage) error {
			seen <- arrival{m.Trace.CaptureID, time.Now()}
			return m.Err
		})
	}()
	published := make(chan error, pages)
	began := map[string]time.Time{}
	for _, page := range ready {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(l.chance.ExpFloat64() / l.rate * float64(time.Second))):
		}
		began[page.CaptureID] = time.Now()
		go func() { published <- l.conn.PublishPage(ctx, page) }()
	}
	var times []time.Duration
	late := time.After(patience)
	for len(times) < pages {
		select {
		case a := <-seen:
			if at, ours := began[a.capture]; ours {
				times = append(times, a.at.Sub(at))
				delete(began, a.capture)
			}
		case err := <-published:
			if err != nil {
				return nil, err
			}
		case err := <-lost:
			return nil, errors.Join(errors.New("the subscriber ended"), err)
		case <-late:
			return nil, fmt.Errorf("of %d live pages %d came to no article in %s", pages, pages-len(times), patience)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return times, nil
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

// times are percentiles.
type times struct {
	n             int
	p50, p95, p99 time.Duration
}

func timesOf(all []time.Duration) times {
	sorted := slices.Sorted(slices.Values(all))
	at := func(part float64) time.Duration { return sorted[int(part*float64(len(sorted)-1))] }
	return times{n: len(sorted), p50: at(0.5), p95: at(0.95), p99: at(0.99)}
}

func (t times) String() string {
	ms := func(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }
	return fmt.Sprintf("%d articles, p50 %s, p95 %s, p99 %s ms", t.n, ms(t.p50), ms(t.p95), ms(t.p99))
}
