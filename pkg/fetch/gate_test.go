package fetch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestGateKeepsThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Second)
		var mu sync.Mutex
		var inside int
		var last time.Time
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				p, err := g.enter(t.Context(), "news.example", fmt.Sprint(i), time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if inside++; inside > 1 {
					t.Error("two at a time")
				}
				if pause := time.Since(last); !last.IsZero() && pause < time.Second {
					t.Errorf("entered %v after the one before left", pause)
				}
				mu.Unlock()
				time.Sleep(300 * time.Millisecond)
				mu.Lock()
				inside, last = inside-1, time.Now()
				p.leave()
				mu.Unlock()
			})
		}
		start := time.Now()
		wg.Wait()
		if took, want := time.Since(start), 4*300*time.Millisecond+3*time.Second; took != want {
			t.Errorf("four turns took %v, want %v", took, want)
		}
	})
}

func TestGateHostsAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Hour)
		start := time.Now()
		for i := range 100 {
			p, err := g.enter(t.Context(), fmt.Sprintf("h%d.example", i), "v", 0)
			if err != nil {
				t.Fatal(err)
			}
			p.leave()
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("a hundred hosts took %v, want no time", took)
		}
	})
}

// A crowd for one host is spread out: each job comes a few times at most, none
// starves, and the host is not left idle while somebody waits for it.
func TestGateSpreadsACrowd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Second)
		const jobs, work = 200, 200 * time.Millisecond
		start := time.Now()
		var wg sync.WaitGroup
		var mu sync.Mutex
		rounds := 0
		for i := range jobs {
			wg.Go(func() {
				for {
					mu.Lock()
					rounds++
					mu.Unlock()
					p, err := g.enter(t.Context(), "news.example", fmt.Sprint(i), firstPatience)
					if err == nil {
						time.Sleep(work)
						p.leave()
						return
					}
					fault := news.FaultOf(err)
					if fault.Reason != news.HostBusy || fault.After <= 0 {
						t.Errorf("fault %q, after %v", fault.Reason, fault.After)
						return
					}
					// The queue's schedules fire up to a second early.
					time.Sleep(max(0, fault.After.Truncate(time.Second)-time.Second))
				}
			})
		}
		wg.Wait()
		took, least := time.Since(start), jobs*(time.Second+work)
		if took > least*11/10 {
			t.Errorf("%d jobs took %v, a busy host needs %v", jobs, took, least)
		}
		if rounds > 4*jobs {
			t.Errorf("%d jobs came %d times", jobs, rounds)
		}
		t.Logf("%d jobs, %d rounds, %v of at least %v", jobs, rounds, took, least)
	})
}

func TestGateSendsAwayAndKeepsTheTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Minute)
		p, err := g.enter(t.Context(), "news.example", "first", firstPatience)
		if err != nil {
			t.Fatal(err)
		}
		p.leave()
		after := func(visit string) time.Duration {
			_, err := g.enter(t.Context(), "news.example", visit, firstPatience)
			return news.FaultOf(err).After
		}
		if a, b := after("second"), after("third"); a != time.Minute || b != 2*time.Minute {
			t.Errorf("turns in %v and %v, want 1m and 2m", a, b)
		}
		time.Sleep(30 * time.Second)
		if again := after("third"); again != 90*time.Second {
			t.Errorf("the same turn is in %v, want 1m30s", again)
		}
		time.Sleep(90 * time.Second)
		if _, err := g.enter(t.Context(), "news.example", "third", firstPatience); err != nil {
			t.Errorf("its turn has come: %v", err)
		}
	})
}

func TestGateHoldsWhenAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Second)
		p, err := g.enter(t.Context(), "news.example", "first", 0)
		if err != nil {
			t.Fatal(err)
		}
		p.hold = time.Hour
		p.leave()
		for i, want := range []time.Duration{time.Hour, time.Hour + time.Second} {
			_, err := g.enter(t.Context(), "news.example", fmt.Sprint(i), firstPatience)
			if got := news.FaultOf(err).After; got != want {
				t.Errorf("turn %d is in %v, want %v", i, got, want)
			}
		}
	})
}

func TestGateLetsGoOfWhoGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(0)
		p, err := g.enter(t.Context(), "news.example", "first", 0)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.enter(ctx, "news.example", "second", time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want that of the context", err)
		}
		p.leave()
		if _, err := g.enter(t.Context(), "news.example", "third", 0); err != nil {
			t.Errorf("nobody is inside: %v", err)
		}
	})
}

func TestGatesForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Second)
		for i := range 1000 {
			host := fmt.Sprintf("h%d.example", i)
			p, err := g.enter(t.Context(), host, "v", 0)
			if err != nil {
				t.Fatal(err)
			}
			p.hold = 10 * time.Second
			p.leave()
			if _, err := g.enter(t.Context(), host, "never comes back", 0); news.FaultOf(err).Reason != news.HostBusy {
				t.Fatalf("error %v, want a busy host", err)
			}
		}
		time.Sleep(slotGrace + sweepEvery)
		p, err := g.enter(t.Context(), "last.example", "v", 0)
		if err != nil {
			t.Fatal(err)
		}
		defer p.leave()
		if len(g.hosts) != 1 || g.slots != 0 {
			t.Errorf("%d hosts and %d turns are remembered, want 1 and 0", len(g.hosts), g.slots)
		}
	})
}

func TestImpatientIsSentAwayAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates(time.Second)
		first, err := g.enter(t.Context(), "news.example", "a", firstPatience)
		if err != nil {
			t.Fatal(err)
		}
		defer first.leave()
		v := &visit{client: &Client{}}
		began := time.Now()
		_, err = g.enter(t.Context(), "news.example", "b", v.patience(Impatient(t.Context())))
		if f := news.FaultOf(err); f == nil || f.Reason != news.HostBusy || f.After <= 0 {
			t.Errorf("got %v, want hostBusy with a time to come again", err)
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("waited %v", waited)
		}
	})
}
