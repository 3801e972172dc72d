package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
)

// profileRounds is how often all pages are read under the profile: enough for
// some thousand samples.
const profileRounds = 20

// profileOurs profiles Copydesk alone. It writes to path, unless that is empty,
// and prints the top of it if asked.
func profileOurs(out io.Writer, pages []page, path string, top bool) error {
	if path == "" {
		folder, err := os.MkdirTemp("", "copydesk-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		path = filepath.Join(folder, "cpu.prof")
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		file.Close()
		return fmt.Errorf("profile to %s: %w", path, err)
	}
	for range profileRounds {
		for _, p := range pages {
			extractOurs(p)
		}
	}
	pprof.StopCPUProfile()
	if err := file.Close(); err != nil || !top {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	for _, order := range []string{"-flat", "-cum"} {
		tool := exec.Command("go", "tool", "pprof", "-top", "-nodecount=10", order, program, path)
		tool.Stdout, tool.Stderr = out, os.Stderr
		if err := tool.Run(); err != nil {
			return fmt.Errorf("go tool pprof: %w", err)
		}
	}
	return nil
}
