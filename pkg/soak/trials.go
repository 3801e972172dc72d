package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
)

// sizes are how large the trials are.
type sizes struct {
	megabytes, extracted int64
	captures             int
	live                 int
	rate                 float64
	articles             int
}

func (s *sizes) addTo(flags *flag.FlagSet) {
	flags.Int64Var(&s.megabytes, "mb", 2000, "import: size of the file, in MB")
	flags.Int64Var(&s.extracted, "extract-mb", 200, "import: size of the file that is extracted too, in MB")
	flags.IntVar(&s.captures, "captures", 20_000, "replay, live: how many captures the archive has")
	flags.IntVar(&s.live, "live", 600, "live: how many pages arrive without a replay, and how many beside one")
	flags.Float64Var(&s.rate, "rate", 6, "live: how many pages arrive in a second")
	flags.IntVar(&s.articles, "articles", 200_000, "export: how many articles there are")
}

// experiment is a trial with a name.
type experiment struct {
	name string
	run  func(context.Context, *soak, sizes) error
	// needs is about how much disk it takes, in bytes.
	needs func(sizes) uint64
}

// Of an article exported and of a capture, how much disk all that is made of it
// takes, in bytes.
const (
	diskOfArticle = 30 << 10
	diskOfCapture = 200 << 10
)

var experiments = []experiment{
	{
		name: "import",
		run: func(ctx context.Context, s *soak, size sizes) error {
			return errors.Join(s.imports(ctx, size.megabytes*humanize.MByte), s.extracts(ctx, size.extracted*humanize.MByte))
		},
		needs: func(size sizes) uint64 { return uint64(4*size.megabytes+6*size.extracted) * humanize.MByte },
	},
	{
		name:  "replay",
		run:   func(ctx context.Context, s *soak, size sizes) error { return s.replays(ctx, size.captures) },
		needs: func(size sizes) uint64 { return uint64(size.captures) * diskOfCapture },
	},
	{
		name:  "live",
		run:   func(ctx context.Context, s *soak, size sizes) error { return s.lives(ctx, size) },
		needs: func(size sizes) uint64 { return uint64(size.captures+2*size.live) * diskOfCapture },
	},
	{
		name:  "export",
		run:   func(ctx context.Context, s *soak, size sizes) error { return s.exports(ctx, size.articles) },
		needs: func(size sizes) uint64 { return uint64(size.articles) * diskOfArticle },
	},
}

func names() []string {
	var all []string
	for _, e := range experiments {
		all = append(all, e.name)
	}
	return all
}

// choose gives the trials of a list of names.
func choose(list string) ([]experiment, error) {
	var chosen []experiment
	for name := range strings.SplitSeq(list, ",") {
		i := slices.Index(names(), name)
		if i < 0 {
			return nil, fmt.Errorf("-only: there is no trial %q: the trials are %s", name, strings.Join(names(), ", "))
		}
		chosen = append(chosen, experiments[i])
	}
	return chosen, nil
}

// need is about how much disk trials take, in bytes.
func need(chosen []experiment, size sizes) (bytes uint64) {
	for _, e := range chosen {
		bytes += e.needs(size)
	}
	return bytes
}
