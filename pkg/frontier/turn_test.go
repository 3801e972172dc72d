package frontier

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// hostOf is a frontier with many pages of one host, of which one is asked for
// at a time.
type hostOf struct {
	t    *testing.T
	f    *Frontier
	path string
	now  time.Time
}

func newHost(t *testing.T, delay time.Duration) *hostOf {
	t.Helper()
	h := &hostOf{t: t, path: filepath.Join(t.TempDir(), "frontier.db"), now: start}
	h.f = open(t, h.path, delay)
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"} {
		add1(t, h.f, "http://a.example/"+name)
	}
	return h
}

// turn sends the next page, which must be the only one on offer, and has it end
// a second later. It returns how long the host then has no turn.
func (h *hostOf) turn(o news.Outcome, r news.Reason) time.Duration {
	h.t.Helper()
	jobs, err := h.f.Due(h.t.Context(), 10, h.now)
	if err != nil || len(jobs) != 1 {
		h.t.Fatalf("due: %v, %v, want one job", jobs, err)
	}
	if err := h.f.Sent(h.t.Context(), jobs, h.now); err != nil {
		h.t.Fatal(err)
	}
	h.now = h.now.Add(time.Second)
	return h.event(news.Event{Stage: news.StageFetch, Trace: jobs[0].Trace(), Outcome: o, Reason: r, At: h.now})
}

func (h *hostOf) event(e news.Event) time.Duration {
	h.t.Helper()
	if err := h.f.Settle(h.t.Context(), []news.Event{e, e}); err != nil { // events may come twice
		h.t.Fatal(err)
	}
	next, ok, err := h.f.NextTurn(h.t.Context())
	if err != nil || !ok {
		h.t.Fatalf("next turn: %v, %v", ok, err)
	}
	wait := max(0, next.Sub(h.now))
	h.now = h.now.Add(wait)
	return wait
}

// A host that is down keeps its pages: they are not fed to it until all of them
// died.
func TestAFailingHostIsLeftAlone(t *testing.T) {
	tests := []struct {
		name    string
		delay   time.Duration
		pauses  []time.Duration
		between time.Duration // while it answers
	}{
		{"delay", 5 * time.Second, []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second}, 5 * time.Second},
		{"no delay", 0, []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second}, 0},
		{"long delay", 2 * time.Hour, []time.Duration{2 * time.Hour, 2 * time.Hour}, 2 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHost(t, tt.delay)
			var got []time.Duration
			reasons := []news.Reason{news.Connect, news.ServerError, news.Timeout, news.TooManyRequests}
			for i := range tt.pauses {
				outcome := news.Retrying
				if i%2 == 1 {
					outcome = news.Dead // as its last attempt
				}
				got = append(got, h.turn(outcome, reasons[i]))
			}
			if diff := cmp.Diff(tt.pauses, got); diff != "" {
				t.Errorf("pauses (-want +got): %s", diff)
			}
			if got := h.turn(news.Done, ""); got != tt.between {
				t.Errorf("after it answered: %v, want %v", got, tt.between)
			}
			if got := h.turn(news.Retrying, news.NoHost); got != tt.pauses[0] {
				t.Errorf("after one more failure: %v, want %v", got, tt.pauses[0])
			}
		})
	}
}

func TestFailuresAreRememberedAndBounded(t *testing.T) {
	h := newHost(t, time.Second)
	for range 3 {
		h.turn(news.Retrying, news.Robots)
	}
	if err := h.f.Close(); err != nil {
		t.Fatal(err)
	}
	h.f = open(t, h.path, time.Second)
	if got, want := h.turn(news.Retrying, news.Robots), 16*time.Second; got != want {
		t.Errorf("the fourth failure, after a restart: %v, want %v", got, want)
	}
	for range 8 {
		h.turn(news.Retrying, news.Robots)
	}
	if got := h.turn(news.Retrying, news.Robots); got != time.Hour {
		t.Errorf("the thirteenth failure: %v, want an hour", got)
	}
}

// What a page dies of alone says nothing of its host, and a failure that is
// told late does not undo an answer.
func TestWhatSaysNothingOfTheHost(t *testing.T) {
	h := newHost(t, time.Second)
	if got := h.turn(news.Dead, news.HeaderTooLarge); got != time.Second {
		t.Errorf("after a page of its own fault: %v, want 1s", got)
	}
	jobs, err := h.f.Due(t.Context(), 1, h.now)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("due: %v, %v", jobs, err)
	}
	failed := h.now
	h.turn(news.Retrying, news.Connect)
	h.turn(news.Done, "")
	late := news.Event{Stage: news.StageFetch, Trace: jobs[0].Trace(), Outcome: news.Retrying, Reason: news.Connect, At: failed.Add(time.Second)}
	if got := h.event(late); got != 0 {
		t.Errorf("a failure told once more: %v", got)
	}
	if got := h.turn(news.Done, ""); got != time.Second {
		t.Errorf("after that: %v, want 1s", got)
	}
}
