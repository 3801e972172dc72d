package term

import (
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/dustin/go-humanize"
)

// Progress shows how far long work is: on a terminal a line that is written
// over, elsewhere a line now and then. It is safe for use by several goroutines:
// who works and who waits may both tell.
type Progress struct {
	mu    sync.Mutex
	out   *Out
	label string
	total int
	begun int // what was done before
	// amount writes a number of pieces.
	amount func(int) string
	start  time.Time
	last   time.Time
	// waiting says that it was told of a wait since the last piece was done.
	waiting bool
}

const (
	repaintEvery = 100 * time.Millisecond
	reportEvery  = 10 * time.Second
)

// NewProgress begins; total is the amount of work, 0 if it is not known.
func (o *Out) NewProgress(label string, total int) *Progress {
	now := time.Now()
	return &Progress{out: o, label: label, total: total, start: now, last: now, amount: strconv.Itoa}
}

// NewByteProgress begins with work that is counted in bytes, of which begun are
// done already.
func (o *Out) NewByteProgress(label string, begun, total int64) *Progress {
	p := o.NewProgress(label, int(total))
	p.begun = int(begun)
	p.amount = func(n int) string { return humanize.Bytes(uint64(max(n, 0))) }
	return p
}

// At says that n pieces are done.
func (p *Progress) At(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.waiting = false
	if every := p.every(); now.Sub(p.last) < every {
		return
	}
	p.last = now
	if p.out.IsTerminal() {
		fmt.Fprintf(p.out, "\r\x1b[K%s", p.out.cut(p.line(n, now), 0))
		return
	}
	fmt.Fprintln(p.out, p.line(n, now))
}

// Waiting says why nothing goes on: over the line on a terminal, elsewhere as a
// line, the first time and then now and then.
func (p *Progress) Waiting(why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	switch {
	case p.out.IsTerminal():
		fmt.Fprintf(p.out, "\r\x1b[K%s", p.out.cut(p.label+": "+why, 0))
	case !p.waiting || now.Sub(p.last) >= reportEvery:
		fmt.Fprintf(p.out, "%s: %s\n", p.label, why)
		p.last = now
	}
	p.waiting = true
}

func (p *Progress) every() time.Duration {
	if p.out.IsTerminal() {
		return repaintEvery
	}
	return reportEvery
}

func (p *Progress) line(n int, now time.Time) string {
	rate := float64(n-p.begun) / max(now.Sub(p.start).Seconds(), 0.001)
	if p.total == 0 {
		return fmt.Sprintf("%s: %s (%s/s)", p.label, p.amount(n), p.amount(int(math.Round(rate))))
	}
	left := "?"
	if rate > 0 {
		left = time.Duration(float64(p.total-n) / rate * float64(time.Second)).Round(time.Second).String()
	}
	return fmt.Sprintf("%s: %s of %s (%s/s, %s left)", p.label, p.amount(n), p.amount(p.total), p.amount(int(math.Round(rate))), left)
}

// Clear ends the progress and takes its line away.
func (p *Progress) Clear() {
	if p.out.IsTerminal() {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
