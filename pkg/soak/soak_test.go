package main

import (
	"context"
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
	case "extractor":
		os.Exit(service.Main(ctx, service.Extractor, os.Args[1:], os.Stdout, os.Stderr))
	}
}

// The size of the file of the test, in bytes.
const testSize = 8_000_000

// inProcesses is a soak whose programs are this test. COPYDESK_TEST_SEED repeats
// the times of another run.
func inProcesses(t *testing.T) soak {
	t.Helper()
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
	return soak{folder: t.TempDir(), seed: seed, out: t.Output(), program: func(ctx context.Context, name string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, self, args...)
		cmd.Env = append(os.Environ(), asProgram+"="+name)
		return cmd
	}}
}

// TestReplayed replays a small archive, also with its processes killed: the records
// are the same.
func TestReplayed(t *testing.T) {
	s := inProcesses(t)
	if err := s.replays(t.Context(), 300); err != nil {
		t.Error(err)
	}
}

// Live pages arrive beside a replay, and each is seen. How long that takes of so
// few is no measure, nor whether a replay of so few is over meanwhile.
func TestLiveBesideReplay(t *testing.T) {
	s := inProcesses(t)
	if _, _, _, err := s.livePages(t.Context(), sizes{captures: 400, live: 3 * liveRounds, rate: 20}); err != nil {
		t.Error(err)
	}
}

// TestKilled imports a small file, and another time with its processes killed: the
// archive has the same. What is measured of so small a file is no measure.
func TestKilled(t *testing.T) {
	s := inProcesses(t)
	path := s.folder + "/soak.warc.gz"
	made, err := writeFile(path, testSize, s.seed)
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
