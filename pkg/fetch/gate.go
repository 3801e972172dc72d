package fetch

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// firstPatience is how long a job waits for its host's turn before it is
	// sent away: a few turns of a quick host, and little of a worker's time.
	firstPatience = 5 * time.Second
	// slotGrace is how long a turn is kept for a job that does not come back.
	slotGrace = 2 * time.Minute
	// sweepEvery is how often hosts that nobody asks any more are forgotten.
	sweepEvery = time.Minute
	// slotLimit bounds the turns kept over all hosts, about 10 MB. A job beyond
	// is told when to come again, but has no turn of its own.
	slotLimit = 1 << 16
)

// gates lets one request at a time through to each host, with a pause between.
type gates struct {
	mu    sync.Mutex
	delay time.Duration
	hosts map[string]*gate
	slots int
	swept time.Time
}

// gate is the entrance to one host.
type gate struct {
	busy bool
	// free is when the next request may start.
	free time.Time
	// work is how long a turn takes of late, pause what is left after it.
	work, pause time.Duration
	// tail is the last turn given out.
	tail time.Time
	// slots holds the turn of every job that waits here or was sent away.
	slots map[string]*slot
	// waiting holds the slots of those that wait here.
	waiting []*slot
	// changed is closed when somebody leaves.
	changed chan struct{}
}

// slot is one job's turn.
type slot struct{ at time.Time }

func newGates(delay time.Duration) *gates {
	return &gates{delay: delay, hosts: map[string]*gate{}, swept: time.Now()}
}

// enter waits until it is the visit's turn at the host. If that is longer than
// patience away it does not wait and says when to come again: the turn is kept
// for the visit, so that a crowd of jobs is spread and nobody starts over.
func (g *gates) enter(ctx context.Context, host, visit string, patience time.Duration) (*pass, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	g.sweep(now)
	h := g.gate(host)
	own := g.slot(h, visit, now)
	giveUp := now.Add(patience)
	h.waiting = append(h.waiting, own)
	defer h.stopWaiting(own)
	for {
		now = time.Now()
		opens := h.opens(own)
		if !opens.After(now) && !h.busy && h.first(now) == own {
			g.drop(h, visit)
			h.busy = true
			return &pass{gates: g, gate: h, host: host, entered: now, pause: g.delay}, nil
		}
		if opens.After(giveUp) || !now.Before(giveUp) {
			if !own.at.After(now) || own.at.Before(h.free) {
				own.at = h.book(later(now, giveUp))
			}
			return nil, &news.Fault{Kind: news.Temporary, Reason: news.HostBusy, After: own.at.Sub(now),
				Err: fmt.Errorf("host %s is busy, the next turn is in %v", host, own.at.Sub(now).Round(time.Second))}
		}
		if h.busy || !opens.After(now) {
			opens = giveUp // somebody else comes first, and tells when leaving
		}
		if err := g.wait(ctx, h.changed, opens.Sub(now)); err != nil {
			return nil, err
		}
	}
}

// wait gives up the lock until something changed or d has passed.
func (g *gates) wait(ctx context.Context, changed <-chan struct{}, d time.Duration) error {
	g.mu.Unlock()
	defer g.mu.Lock()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-changed:
	case <-timer.C:
	}
	return nil
}

func (g *gates) gate(host string) *gate {
	h := g.hosts[host]
	if h == nil {
		h = &gate{pause: g.delay, slots: map[string]*slot{}, changed: make(chan struct{})}
		g.hosts[host] = h
	}
	return h
}

// slot is the turn of a visit: the one it was given, else a new one.
func (g *gates) slot(h *gate, visit string, now time.Time) *slot {
	own := h.slots[visit]
	switch {
	case own != nil:
	case g.slots >= slotLimit:
		own = &slot{later(now, h.tail.Add(h.work+h.pause))}
	default:
		own = &slot{h.book(now)}
		h.slots[visit] = own
		g.slots++
	}
	return own
}

func (g *gates) drop(h *gate, visit string) {
	if h.slots[visit] != nil {
		delete(h.slots, visit)
		g.slots--
	}
}

// book gives out the next turn that is not before earliest.
func (h *gate) book(earliest time.Time) time.Time {
	h.tail = later(earliest, later(h.free, h.tail.Add(h.work+h.pause)))
	return h.tail
}

// opens is when s may go, if nobody is in its way.
func (h *gate) opens(s *slot) time.Time { return later(s.at, h.free) }

// first is who of those waiting goes next: the earliest turn that has come.
func (h *gate) first(now time.Time) *slot {
	var first *slot
	for _, s := range h.waiting {
		if !s.at.After(now) && (first == nil || s.at.Before(first.at)) {
			first = s
		}
	}
	return first
}

// stopWaiting lets those who wait look again who is first.
func (h *gate) stopWaiting(s *slot) {
	i := slices.Index(h.waiting, s)
	h.waiting = slices.Delete(h.waiting, i, i+1)
	h.tell()
}

// tell wakes those who wait.
func (h *gate) tell() {
	close(h.changed)
	h.changed = make(chan struct{})
}

// sweep forgets the turns of jobs that did not come back and the hosts that
// have nothing more to remember.
func (g *gates) sweep(now time.Time) {
	if now.Sub(g.swept) < sweepEvery {
		return
	}
	g.swept = now
	for host, h := range g.hosts {
		for visit, s := range h.slots {
			if now.Sub(s.at) > slotGrace && !slices.Contains(h.waiting, s) {
				g.drop(h, visit)
			}
		}
		if !h.busy && len(h.waiting) == 0 && len(h.slots) == 0 && now.After(h.free) {
			delete(g.hosts, host)
		}
	}
}

// pass is the right to send requests to a host, until leave.
type pass struct {
	gates   *gates
	gate    *gate
	host    string
	entered time.Time
	// pause is left after this turn, as after every turn at this host; hold is
	// what the host asked for beyond that, once.
	pause, hold time.Duration
}

// leave lets the next one in, after the pause.
func (p *pass) leave() {
	p.gates.mu.Lock()
	defer p.gates.mu.Unlock()
	now := time.Now()
	h := p.gate
	h.busy = false
	h.free = now.Add(max(p.pause, p.hold))
	h.pause = p.pause
	// One slow answer must not spread the turns given out next over a day.
	h.work += (min(now.Sub(p.entered), firstPatience) - h.work) / 4
	h.tell()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
