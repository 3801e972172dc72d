package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dustin/go-humanize"
)

// The bounds of an export.
const (
	mostExportMemory = 200 << 20
	leastOfReading   = 0.5
)

// ofDesk is the part of the articles that a running desk is asked for, which
// indexes them meanwhile.
const ofDesk = 10

// exports measures exports of a data folder that nobody holds, beside reading its
// rows alone, and one of a running desk, which gives the same.
func (s *soak) exports(ctx context.Context, articles int) error {
	return errors.Join(s.exportsOffline(ctx, articles), s.exportsRunning(ctx, max(1, articles/ofDesk)))
}

func (s *soak) exportsOffline(ctx context.Context, articles int) (err error) {
	d, err := s.open("export")
	defer func() { err = d.close(ctx, err) }()
	if err == nil {
		err = shelve(ctx, d.data(), articles, s.seed)
	}
	if err != nil {
		return err
	}
	n, reading, err := readRows(ctx, d.data())
	if err != nil {
		return err
	}
	problems := []error{s.hold(n == articles, "rows: %d of %d articles", n, articles)}
	for _, format := range []string{"--jsonl", "--parquet", "--csv", "--ninjs"} {
		out := filepath.Join(d.folder, format)
		used, err := d.export(ctx, articles, "--offline", format, "--out", out)
		problems = append(problems, err)
		if info, failed := os.Stat(out); format == "--jsonl" && failed == nil && used.took > 0 {
			_, again, err := readRows(ctx, d.data())
			reading = (reading + again) / 2 // before and behind: the machine may be busier now
			share := reading.Seconds() / used.took.Seconds()
			problems = append(problems, err, s.hold(share >= leastOfReading, "export of %s of JSON lines: %s, reading the rows alone %s: %.2f of its rate, at least %.2f",
				humanize.Bytes(uint64(info.Size())), rateOf(info.Size(), used.took), rateOf(info.Size(), reading), share, leastOfReading))
		}
		problems = append(problems, os.RemoveAll(out))
	}
	return errors.Join(problems...)
}

// export exports so many records, and holds the memory that it took to its bound.
func (d *desk) export(ctx context.Context, records int, args ...string) (usage, error) {
	out, used, err := d.output(ctx, append([]string{"export", "--json"}, args...)...)
	if err != nil {
		return used, err
	}
	if !bytes.Contains(out, fmt.Appendf(nil, `"records":%d,`, records)) {
		return used, fmt.Errorf("copydesk export %s: should be %d records: %s", strings.Join(args, " "), records, out)
	}
	return used, d.hold(used.memory <= mostExportMemory, "export of %d articles with %s: %s, at most %s", records, args[0]+" "+args[1], used, humanize.Bytes(mostExportMemory))
}

func (s *soak) exportsRunning(ctx context.Context, articles int) (err error) {
	d, err := s.open("exportrunning")
	defer func() { err = d.close(ctx, err) }()
	if err == nil {
		err = shelve(ctx, d.data(), articles, s.seed)
	}
	if err != nil {
		return err
	}
	stopped, running := filepath.Join(d.folder, "stopped.jsonl"), filepath.Join(d.folder, "running.jsonl")
	if _, err := d.export(ctx, articles, "--offline", "--jsonl", "--out", stopped); err != nil {
		return err
	}
	conn, err := d.begin(ctx, "indexer")
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := d.export(ctx, articles, "--jsonl", "--out", running); err != nil {
		return err
	}
	want, err := os.ReadFile(stopped)
	if err != nil {
		return err
	}
	got, err := os.ReadFile(running)
	if err != nil {
		return err
	}
	return s.hold(bytes.Equal(want, got), "export of a running desk: %s, those of its folder: the same is %t", humanize.Bytes(uint64(len(got))), bytes.Equal(want, got))
}
