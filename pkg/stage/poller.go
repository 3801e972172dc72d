package stage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/feed"
	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Poller asks the frontier's sources again and again what is new, and makes
// jobs of it.
type Poller struct {
	jobs    *Dispatcher
	rows    *frontier.Frontier
	client  *fetch.Client
	options PollOptions
	log     zerolog.Logger

	wake     chan struct{}
	reading  sync.Mutex // one document at a time: one may unfold to 50 MB
	troubles troubles
}

// PollOptions bounds polling.
type PollOptions struct {
	Pace frontier.Pace
	// Age is how old a page of a sitemap may be, by its date; 0 for any age.
	Age time.Duration
}

// pollWorkers is how many sources are asked at a time.
const pollWorkers = 8

// NewPoller makes a poller that gives its jobs to a dispatcher. It shares the
// client's turns at the hosts with whoever fetches pages.
func NewPoller(jobs *Dispatcher, client *fetch.Client, options PollOptions, log zerolog.Logger) *Poller {
	return &Poller{jobs: jobs, rows: jobs.rows, client: client, options: options, log: log, wake: make(chan struct{}, 1)}
}

// Ready is nil while sources can be polled. Otherwise it says what is waited
// for.
func (p *Poller) Ready() error { return p.troubles.state() }

// Add takes sources; when it returns they are on disk.
func (p *Poller) Add(ctx context.Context, requests []frontier.SourceRequest) ([]frontier.SourceAnswer, error) {
	answers, err := p.rows.AddSources(ctx, requests, p.options.Pace, time.Now().UTC())
	wake(p.wake)
	return answers, err
}

// Resume has a source polled again that was paused.
func (p *Poller) Resume(ctx context.Context, address string) error {
	err := p.rows.ResumeSource(ctx, address, time.Now())
	wake(p.wake)
	return err
}

// Run works until ctx ends and the polls in hand are finished or handed back.
func (p *Poller) Run(ctx context.Context) error {
	var hands sync.WaitGroup
	defer hands.Wait()
	free := make(chan struct{}, pollWorkers)
	for {
		wait, err := p.pollDue(ctx, free, &hands)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			err = fmt.Errorf("cannot poll, trying again: %w", err)
			p.log.Warn().Err(err).Msg("sources")
			wait = idle
		}
		p.troubles.note("poll", err)
		if !rest(ctx, p.wake, wait) {
			return nil
		}
	}
}

// busyHost is how long a source waits that is due and whose host is not free.
const busyHost = 250 * time.Millisecond

// pollDue begins the polls that are due, as many as there are hands free, and
// says how long nothing else is.
func (p *Poller) pollDue(ctx context.Context, busy chan struct{}, hands *sync.WaitGroup) (time.Duration, error) {
	limit := cap(busy) - len(busy)
	if limit == 0 {
		return idle, nil // who becomes free wakes us
	}
	due, err := p.rows.DuePolls(ctx, limit, time.Now())
	if err != nil {
		return 0, err
	}
	for _, s := range due {
		busy <- struct{}{}
		hands.Go(func() {
			p.poll(ctx, s)
			<-busy
			wake(p.wake)
		})
	}
	next, ok, err := p.rows.NextPoll(ctx)
	if !ok {
		return idle, err
	}
	return min(idle, max(busyHost, time.Until(next))), err
}

// poll asks one source and notes what came of it.
func (p *Poller) poll(ctx context.Context, s frontier.Poll) {
	log := p.log.With().Str("source", s.URL).Logger()
	began := time.Now()
	result := p.ask(ctx, s)
	if result.Fault == nil && result.Reading == nil {
		log.Debug().Msg("source as it was")
	}
	if ctx.Err() != nil && result.Fault != nil { // we are leaving; the source did nothing wrong
		result.Fault = &news.Fault{Kind: news.Temporary, Reason: news.HostBusy}
	}
	lists, err := p.rows.Polled(context.WithoutCancel(ctx), s, result, p.options.Pace, time.Now())
	if err != nil {
		// It comes again after a while.
		log.Error().Err(err).Msg("cannot note what came of a poll")
		return
	}
	switch fault := result.Fault; {
	case fault != nil && fault.Reason != news.HostBusy:
		log.Warn().Str("why", cmp.Or(result.Error, fault.Error())).Msg("source not read")
	case result.Reading != nil:
		log.Info().Str("kind", result.Reading.Kind).Int("new", result.Reading.New).Int("lists", lists).
			Dur("took", time.Since(began)).Msg("source read")
	}
}

// ask asks a source what it lists, and adds what nobody has.
func (p *Poller) ask(ctx context.Context, s frontier.Poll) frontier.Result {
	page, err := p.client.FetchSource(ctx, &news.FetchJob{
		Schema: news.FetchSchema, VisitID: news.VisitID(s.URL, time.Now()), URL: s.URL, Site: weburl.Site(s.URL), Known: s.Known,
	})
	if err != nil {
		fault := news.FaultOf(err)
		if fault.Kind == news.Same {
			return frontier.Result{}
		}
		return frontier.Result{Fault: fault}
	}
	if !page.Truncated && page.Digest == s.Known.Digest {
		return frontier.Result{}
	}
	doc, failed := p.parse(page)
	if failed != nil {
		return *failed
	}
	reading, err := p.take(ctx, s, page, doc)
	if err != nil {
		return frontier.Result{Fault: news.FaultOf(err)}
	}
	return frontier.Result{Reading: reading}
}

// sourceLimit is the most that is read of a source, its codings taken off.
const sourceLimit = 50 << 20

// parse reads a source document. What is none ends as a fault that says what it
// is, and what to ask instead.
func (p *Poller) parse(page *news.Page) (*feed.Document, *frontier.Result) {
	p.reading.Lock()
	defer p.reading.Unlock()
	body, err := coding.Decode(page.Body, page.ContentEncoding, sourceLimit)
	if err != nil && (len(body) == 0 || errors.Is(err, coding.ErrUnknown)) {
		return nil, &frontier.Result{Fault: &news.Fault{Kind: news.Skip, Reason: news.BadEncoding, Err: fmt.Errorf("decode the body: %w", err)}}
	}
	doc, err := feed.Parse(body, page.ContentType, page.URL, feed.Limits{})
	if err == nil {
		return doc, nil
	}
	fault := &news.Fault{Kind: news.Skip, Reason: news.Malformed, Err: err}
	text := err.Error()
	if not, ok := errors.AsType[*feed.NotFeedError](err); ok && not.Looks == feed.HTML {
		text += remedy(feed.Discover(body, page.URL))
	}
	return nil, &frontier.Result{Fault: fault, Error: text}
}

// maxRemedies is how many feeds of a page are named.
const maxRemedies = 5

// remedy names the feeds of a page that is none.
func remedy(found []feed.Source) string {
	if len(found) == 0 {
		return ", which names no feed either"
	}
	var urls []string
	for _, s := range found[:min(len(found), maxRemedies)] {
		urls = append(urls, s.URL)
	}
	return "; it names " + strings.Join(urls, " and ") + ": add that instead"
}
