package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// headerTimeout bounds how long a client may take over its request.
const headerTimeout = 10 * time.Second

// Room is a running newsroom.
type Room struct {
	address string
	inOrder []*outlet
	outlets map[string]*outlet
	answers map[*page][]answer // by edition
	server  *http.Server
	stopped chan struct{}

	mu      sync.Mutex
	edition int           // from 1
	visits  map[*page]int // requests so far
}

// Page is an address of the newsroom and what should become of it.
type Page struct {
	URL string
	// Stage, Outcome and Reason are those of the last event of the page's way.
	Stage   news.Stage
	Outcome news.Outcome
	Reason  news.Reason
	// Story is the canonical address of the story that is found there, the
	// same for all addresses of one story; empty where there is none.
	Story string
	// Golden is the file that says what a reader finds there, below
	// pkg/newsroom; empty where there is no story.
	Golden string
	// Note says in a few words what is special about the page.
	Note string
}

// Start serves all outlets on one loopback port, told apart by their Host
// field, until ctx ends or the room is closed.
func Start(ctx context.Context) (*Room, error) {
	all, err := outlets()
	if err != nil {
		return nil, err
	}
	r := &Room{
		inOrder: all, outlets: map[string]*outlet{}, answers: map[*page][]answer{},
		edition: 1, visits: map[*page]int{}, stopped: make(chan struct{}),
	}
	for _, o := range all {
		r.outlets[o.host] = o
		for _, p := range slices.Concat(o.Pages, o.Lists) {
			if r.answers[p], err = p.answers(); err != nil {
				return nil, err
			}
		}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("newsroom: listen on loopback: %w", err)
	}
	r.address = listener.Addr().String()
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: headerTimeout}
	release := context.AfterFunc(ctx, func() { r.server.Close() })
	go func() {
		defer close(r.stopped)
		defer release()
		// Serve ends with ErrServerClosed; a broken listener shows as refused connections.
		_ = r.server.Serve(listener)
	}()
	return r, nil
}

// Close ends the service and all its connections, and waits for it.
func (r *Room) Close() error {
	err := r.server.Close()
	<-r.stopped
	if errors.Is(err, net.ErrClosed) { // the context was faster
		return nil
	}
	return err
}

// Hosts maps the name of each outlet to the address that serves it.
func (r *Room) Hosts() map[string]string {
	hosts := make(map[string]string, len(r.outlets))
	for name := range r.outlets {
		hosts[name] = r.address
	}
	return hosts
}

// URLs holds the addresses to add, in an order good to watch: the outlets
// take turns.
func (r *Room) URLs() []string {
	var urls []string
	for _, p := range r.listed(r.Edition()) {
		urls = append(urls, p.url())
	}
	return urls
}

// Pages says what should become of each of [Room.URLs], in the same order.
func (r *Room) Pages() []Page {
	var pages []Page
	edition := r.Edition()
	for _, p := range r.listed(edition) {
		pages = append(pages, r.expected(p, edition))
	}
	return pages
}

// Page says what should become of an address in the edition that is served,
// be it one of [Room.URLs] or not; false if the newsroom has never had it.
func (r *Room) Page(address string) (Page, bool) {
	p := r.find(address)
	if p == nil || p.List != "" {
		return Page{}, false
	}
	return r.expected(p, r.Edition()), true
}

// Added holds the addresses of the stories that are new in the edition that is
// served.
func (r *Room) Added() []string {
	edition := r.Edition()
	var urls []string
	for _, o := range r.inOrder {
		for _, p := range o.Pages {
			if p.From == edition && p.golden(edition) != "" {
				urls = append(urls, p.url())
			}
		}
	}
	return urls
}

// Changed holds the addresses of the stories that the first edition had in
// another wording than the edition that is served, or that are gone from it.
func (r *Room) Changed() []string {
	edition := r.Edition()
	var urls []string
	for _, o := range r.inOrder {
		for _, p := range o.Pages {
			if first := p.golden(1); first != "" && first != p.golden(edition) {
				urls = append(urls, p.url())
			}
		}
	}
	return urls
}

// Expectation is what a careful reader finds at an address in the edition that
// is served; false where there is no story.
func (r *Room) Expectation(address string) (Expectation, bool) {
	p := r.find(address)
	for p != nil && p.Redirect != "" {
		p = r.find(p.Redirect)
	}
	edition := r.Edition()
	if p == nil || p.golden(edition) == "" {
		return Expectation{}, false
	}
	e, err := p.expectation(edition)
	return e, err == nil
}

func (r *Room) expected(p *page, edition int) Page {
	e := Page{URL: p.url(), Stage: news.StageIndex, Outcome: news.Done, Note: p.Note}
	if !p.in(edition) {
		e.Stage, e.Outcome, e.Reason = news.StageFetch, news.Skipped, news.NotFound
		return e
	}
	if p.Ends != nil {
		e.Stage, e.Outcome, e.Reason = p.Ends.Stage, p.Ends.Outcome, p.Ends.Reason
		return e
	}
	target := p
	if p.Redirect != "" {
		target = r.find(p.Redirect)
	}
	e.Story = target.outlet.url(target.Canonical)
	e.Golden = target.golden(edition)
	return e
}

// listed holds the pages of [Room.URLs]: the first of each outlet, then the
// second of each, and so on.
func (r *Room) listed(edition int) []*page {
	var turns []*page
	for turn, left := 0, true; left; turn++ {
		left = false
		for _, o := range r.inOrder {
			if turn >= len(o.Pages) {
				continue
			}
			left = true
			if p := o.Pages[turn]; !p.Unlisted && p.in(edition) {
				turns = append(turns, p)
			}
		}
	}
	return turns
}
