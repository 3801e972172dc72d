package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/copydesk/copydesk/pkg/extract/bulk"
)

const (
	smallPage, largePage = 1 << 20, 10 << 20
	// mostGrowth is how many times longer the large page may take.
	mostGrowth = 10
	// failGrowth is from where on a shape fails: what does not fit into the
	// processor's caches takes longer than its size says, but not three times as long.
	// Where parsing alone grows so, we may too.
	failGrowth = 3 * mostGrowth
	// noise is how far two figures of one thing may lie apart.
	noise = 1.2
)

// printGrowth measures what a page of ten times the size takes, for pages of
// every shape, and fails where it is more than ten times as much.
func printGrowth(out io.Writer, only string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "shape\tms for %d MB\tms for %d MB\t×\tof parse\tMB allocated\t\t×\t\n", smallPage>>20, largePage>>20)
	over := 0
	for _, shape := range bulk.Shapes() {
		if only != "" && shape.Name != only {
			continue
		}
		small, large := costOfShape(shape, smallPage, extractOurs), costOfShape(shape, largePage, extractOurs)
		times := large.cpu.Seconds() / small.cpu.Seconds()
		least := costOfShape(shape, largePage, parse).cpu.Seconds() / costOfShape(shape, smallPage, parse).cpu.Seconds()
		mark := ""
		switch {
		case times > max(failGrowth, least*noise):
			mark = "too slow"
			over++
		case times > mostGrowth:
			mark = "slow"
		}
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.1f\t%s\n", shape.Name, ms(small.cpu), ms(large.cpu), times, least,
			float64(small.bytes)/1e6, float64(large.bytes)/1e6, float64(large.bytes)/float64(small.bytes), mark)
		if only == "" {
			w.Flush()
		}
	}
	w.Flush()
	if over > 0 {
		return fmt.Errorf("%d shapes take more than %d times as long", over, failGrowth)
	}
	return nil
}

func ms(d time.Duration) float64 { return d.Seconds() * 1e3 }

// costOfShape is the least of a few readings of a page.
func costOfShape(shape bulk.Shape, size int, read func(page)) cost {
	p := page{shape.Page(size), "text/html", address("https://orm.example/2026/well-1")}
	best := costOf(func() { read(p) })
	for range 2 {
		if c := costOf(func() { read(p) }); c.cpu < best.cpu {
			best = c
		}
	}
	return best
}
