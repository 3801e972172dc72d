// Command bench measures how long Copydesk takes from a page's bytes to its
// record, beside parsing the same bytes and beside other extractors.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	corpus := flags.String("corpus", "../../shared/eval/corpus", "`folder` of the evaluation corpus; without it the pages of the newsroom are measured")
	rounds := flags.Int("rounds", 5, "how often each system reads the corpus, once more to warm up; figures are medians")
	only := flags.String("only", "", "measure `system` and html.Parse only")
	profile := flags.String("cpuprofile", "", "write a CPU profile of Copydesk alone to `file`")
	top := flags.Bool("top", false, "print the ten functions that take most of Copydesk's time")
	growth := flags.Bool("growth", false, "measure pages of 1 MB and 10 MB of every shape instead; -only takes a shape")
	if err := flags.Parse(args); err != nil {
		return err
	}

	runtime.GOMAXPROCS(1)
	if *growth {
		return printGrowth(out, *only)
	}
	pages, origin, err := corpusOf(*corpus)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, origin)
	printTable(out, pages, measure(choose(*only), pages, max(1, *rounds)))
	if *profile != "" || *top {
		return profileOurs(out, pages, *profile, *top)
	}
	return nil
}
