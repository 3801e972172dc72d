package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// printTable prints the means of a page. The first system is the floor that
// the others are compared with.
func printTable(out io.Writer, pages []page, all []figures) {
	size := 0
	for _, p := range pages {
		size += len(p.body)
	}
	n := float64(len(pages))
	fmt.Fprintf(out, "%d pages, %.0f kB each; medians of %d rounds, one thread, process CPU time with the collector's.\n\n",
		len(pages), float64(size)/n/1e3, len(all[0].rounds))

	base := all[0].typical()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "system\tms a page\t× parse\tMB/s\tallocations a page\tbeyond parse\tkB a page\t")
	for _, f := range all {
		c := f.typical()
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%.1f\t%.0f\t%.0f\t%.0f\t\n", f.name,
			c.cpu.Seconds()*1e3/n, ratio(f, all[0]), float64(size)/1e6/c.cpu.Seconds(),
			float64(c.allocs)/n, (float64(c.allocs)-float64(base.allocs))/n, float64(c.bytes)/n/1e3)
	}
	w.Flush()
	fmt.Fprintln(out)
}

// ratio is the median of what a system took by what the floor took in the same
// round.
func ratio(f, base figures) float64 {
	rounds := make([]float64, len(f.rounds))
	for i := range rounds {
		rounds[i] = f.rounds[i].cpu.Seconds() / base.rounds[i].cpu.Seconds()
	}
	return median(rounds, func(r float64) float64 { return r })
}
