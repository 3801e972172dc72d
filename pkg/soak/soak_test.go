package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/cli"
	"github.com/copydesk/copydesk/pkg/service"
)

// asProgram is the variable that has the test be one of the programs.
const asProgram = "COPYDESK_TEST_PROGRAM"

func TestMain(m *testing.M) {
	name := os.Getenv(asProgram)
	if name == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch name {
	case "copydesk":
		os.Exit(cli.Run(ctx, os.Args[1:], os.Stdout, os.Stderr))
	case "indexer":
		os.Exit(service.Main(ctx, service.Indexer, os.Args[1:], os.Stdout, os.Stderr))
	}
}

// The size of the file of the test, in bytes.
const testSize = 8_000_000

// TestKilled imports a small file, and another time with its processes killed: the
// archive has the same. COPYDESK_TEST_SEED repeats the times of another run. What
// is measured of so small a file is no measure.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: processes that are killed; run \"go test ./pkg/soak\"")
	}
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("COPYDESK_TEST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("COPYDESK_TEST_SEED=%d", seed)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := soak{folder: t.TempDir(), seed: seed, out: io.Discard, program: func(ctx context.Context, name string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, self, args...)
		cmd.Env = append(os.Environ(), asProgram+"="+name)
		return cmd
	}}
	path := s.folder + "/soak.warc.gz"
	made, err := writeFile(path, testSize, seed)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.trial(t.Context(), path, trial{name: "whole"})
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.captures) != made.Pages {
		t.Errorf("%d captures in the archive, the file has %d", len(whole.captures), made.Pages)
	}
	killed, err := s.trial(t.Context(), path, trial{name: "killed", kills: kills, pace: whole.took / 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := sameCaptures(whole.captures, killed.captures); err != nil || killed.kills != kills {
		t.Errorf("killed %d times: %v", killed.kills, err)
	}
}
