package datafolder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecondOwnerIsRefusedByName(t *testing.T) {
	f := Folder(filepath.Join(t.TempDir(), "new", "folder"))
	release, err := f.Lock("copydesk up", Broker, Fetcher, Indexer)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Lock("indexer", Indexer)
	if !errors.Is(err, ErrInUse) || !strings.Contains(fmt.Sprint(err), fmt.Sprintf("copydesk up (PID %d", os.Getpid())) {
		t.Errorf("second owner: %v, want ErrInUse with name and PID", err)
	}
	release()
	release, err = f.Lock("indexer", Indexer)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	defer release()
	other, err := f.Lock("fetcher", Fetcher)
	if err != nil {
		t.Fatalf("another part: %v", err)
	}
	other()
}

func TestRun(t *testing.T) {
	f := Folder(t.TempDir())
	if _, err := f.ReadRun(); !errors.Is(err, ErrNotRunning) {
		t.Errorf("nothing runs: %v", err)
	}
	want := Run{URL: "nats://127.0.0.1:4222", Token: "t", PID: 7}
	remove, err := f.WriteRun(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := f.ReadRun(); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if info, err := os.Stat(f.runFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600: it holds the token", info.Mode(), err)
	}
	remove()
	if _, err := f.ReadRun(); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after remove: %v", err)
	}
}
