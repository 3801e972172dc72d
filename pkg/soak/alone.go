package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/klauspost/compress/gzip"
)

// unpack measures plain gunzip of a file: that of the system, where it has one,
// else the one that the import itself is built on.
func unpack(ctx context.Context, path string) (by string, took time.Duration, err error) {
	if by, err = exec.LookPath("gunzip"); err == nil {
		began := time.Now()
		err = exec.CommandContext(ctx, by, "-c", path).Run()
		return by, time.Since(began), err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	began := time.Now()
	from, err := gzip.NewReader(file)
	if err == nil {
		_, err = io.Copy(io.Discard, from)
	}
	return "Go's gzip (no gunzip here)", time.Since(began), err
}

// extract measures extraction of a file without a desk: how long it takes, and the
// processor time of it.
func (s *soak) extract(ctx context.Context, path string) (took, spent time.Duration, err error) {
	cmd := s.program(ctx, "copydesk", "extract", "--jsonl", path)
	began := time.Now()
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 { // not all are articles
		return 0, 0, fmt.Errorf("copydesk extract: %w", err)
	}
	return time.Since(began), spentIn(cmd.ProcessState), nil
}

// spentIn is the processor time of a process that has ended.
func spentIn(p *os.ProcessState) time.Duration { return p.UserTime() + p.SystemTime() }
