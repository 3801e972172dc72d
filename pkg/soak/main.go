package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/copydesk/copydesk/pkg/datafolder"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	var size sizes
	size.addTo(flags)
	only := flags.String("only", strings.Join(names(), ","), "the trials to run")
	bin := flags.String("bin", "bin", "folder of copydesk, indexer and extractor")
	folder := flags.String("dir", "", "folder to work in; a temporary one, removed at the end, if empty")
	seed := flags.Uint64("seed", uint64(time.Now().UnixNano()), "what the pages and the times of the kills are made of")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	if *folder == "" {
		made, err := os.MkdirTemp("", "soak-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		*folder = made
	}
	space, err := datafolder.Folder(*folder).Space()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "seed %d, in %s: %s free, about %s are needed\n", *seed, *folder, humanize.Bytes(space.Free), humanize.Bytes(need(chosen, size)))
	s := soak{
		folder: *folder, seed: *seed, out: out,
		program: func(ctx context.Context, name string, args ...string) *exec.Cmd {
			return exec.CommandContext(ctx, filepath.Join(*bin, name), args...)
		},
	}
	var problems []error
	for _, t := range chosen {
		fmt.Fprintf(out, "%s:\n", t.name)
		problems = append(problems, t.run(ctx, &s, size))
	}
	return errors.Join(problems...)
}

// The bounds.
const (
	leastOfGunzip     = 0.3
	leastOfExtraction = 0.8
	mostMemory        = 300 * humanize.MByte
)

// soak is one run.
type soak struct {
	folder  string
	seed    uint64
	out     io.Writer
	program func(ctx context.Context, name string, args ...string) *exec.Cmd
}

// hold tells a figure, and is an error if it is out of bounds.
func (s *soak) hold(holds bool, format string, figures ...any) error {
	text := fmt.Sprintf(format, figures...)
	if holds {
		fmt.Fprintln(s.out, text)
		return nil
	}
	fmt.Fprintln(s.out, text+" - OUT OF BOUNDS")
	return errors.New("out of bounds: " + text)
}

// imports measures the import with the extractors off, and kills another.
func (s *soak) imports(ctx context.Context, size int64) error {
	if size == 0 {
		return nil
	}
	path := filepath.Join(s.folder, "soak.warc.gz")
	made, err := writeFile(path, size, s.seed)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: %d captures, %s unpacked, %.1f times as large\n", humanize.Bytes(uint64(made.Packed)), made.Pages, humanize.Bytes(uint64(made.Bytes)), float64(made.Bytes)/float64(made.Packed))
	by, gunzip, err := unpack(ctx, path)
	if err != nil {
		return err
	}
	whole, err := s.trial(ctx, path, trial{name: "whole"})
	if err != nil {
		return err
	}
	_, again, err := unpack(ctx, path)
	if err != nil {
		return err
	}
	gunzip = (gunzip + again) / 2 // before and behind: the machine may be busier now
	ratio := gunzip.Seconds() / whole.took.Seconds()
	problems := []error{
		s.hold(ratio >= leastOfGunzip, "import: %s, %s by %s: %.2f of its rate, at least %.2f", rateOf(made.Packed, whole.took), rateOf(made.Packed, gunzip), by, ratio, leastOfGunzip),
		s.hold(whole.importer <= mostMemory && whole.indexer <= mostMemory, "memory at its peak: copydesk import %s, indexer %s, at most %s",
			humanize.Bytes(uint64(whole.importer)), humanize.Bytes(uint64(whole.indexer)), humanize.Bytes(mostMemory)),
		s.hold(len(whole.captures) == made.Pages, "captures in the archive: %d of %d", len(whole.captures), made.Pages),
	}
	killed, err := s.trial(ctx, path, trial{name: "killed", kills: kills, pace: whole.took / kills})
	if err != nil {
		return errors.Join(append(problems, err)...)
	}
	same := sameCaptures(whole.captures, killed.captures)
	if len(killed.dead) > 0 {
		same = errors.Join(same, fmt.Errorf("given up: %s", strings.Join(killed.dead, "; ")))
	}
	return errors.Join(append(problems, s.hold(same == nil, "killed %d times (seed %d): %s", killed.kills, s.seed, orSame(same)))...)
}

func orSame(err error) string {
	if err == nil {
		return "the same captures, and copydesk archive verify finds nothing"
	}
	return err.Error()
}

// extracts measures an import with an extractor, beside extraction alone.
func (s *soak) extracts(ctx context.Context, size int64) error {
	if size == 0 {
		return nil
	}
	path := filepath.Join(s.folder, "extract.warc.gz")
	made, err := writeFile(path, size, s.seed+1)
	if err != nil {
		return err
	}
	alone, spent, err := s.extract(ctx, path)
	if err != nil {
		return err
	}
	with, err := s.trial(ctx, path, trial{name: "extracted", extract: true})
	if err != nil {
		return err
	}
	again, spentAgain, err := s.extract(ctx, path)
	if err != nil {
		return err
	}
	alone, spent = (alone+again)/2, (spent+spentAgain)/2
	ratio := alone.Seconds() / with.took.Seconds()
	perSecond := func(took time.Duration) float64 { return float64(made.Pages) / took.Seconds() }
	fmt.Fprintf(s.out, "memory at its peak with extraction: copydesk import %s, indexer %s, extractor %s\n",
		humanize.Bytes(uint64(with.importer)), humanize.Bytes(uint64(with.indexer)), humanize.Bytes(uint64(with.extractor)))
	fmt.Fprintf(s.out, "processor time: copydesk extract %.1f s, import with extraction %s, %.2f of it\n",
		spent.Seconds(), with.spent, spent.Seconds()/with.spent.sum().Seconds())
	return s.hold(ratio >= leastOfExtraction, "import with extraction: %.0f captures/s, copydesk extract %.0f: %.2f of its rate, at least %.2f",
		perSecond(with.took), perSecond(alone), ratio, leastOfExtraction)
}

func rateOf(bytes int64, took time.Duration) string {
	return humanize.Bytes(uint64(float64(bytes)/took.Seconds())) + "/s"
}
