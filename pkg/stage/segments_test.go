package stage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/store"
)

// doubtful is a vault that is away at times.
type doubtful struct {
	archive.Vault
	away bool
}

func (d *doubtful) Put(ctx context.Context, name, path string) error {
	if d.away {
		return errors.New("no route to the vault")
	}
	return d.Vault.Put(ctx, name, path)
}

// states are the states of the segments in their order, as the rows have them.
func (c *cabinet) states(t *testing.T) (states []store.SegmentState) {
	t.Helper()
	segments, err := c.rows.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		if s.Size == 0 && s.State != store.SegmentOpen {
			t.Errorf("%+v has no size", s)
		}
		states = append(states, s.State)
	}
	return states
}

// Closed files wait while the vault is away, which keeps no page from being
// archived, and are read from there when it has them.
func TestArchiverBringsClosedFilesAway(t *testing.T) {
	dir := t.TempDir()
	vault := &doubtful{Vault: archive.Dir(filepath.Join(dir, "vault")), away: true}
	c := openCabinetWith(t, dir, archive.Options{SegmentSize: 1, Vault: vault}) // a file for each batch
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	keep := func(n int, path, body string) {
		t.Helper()
		if _, err := a.keep(t.Context(), capturesOf(page(n, path, body))); err != nil {
			t.Fatal(err)
		}
	}
	bring := func() { a.try(t.Context(), "bring files away", "", &a.vault, a.offload) }
	keep(1, "/ferry", "late")
	keep(2, "/mill", "open")
	bring()
	if err := a.Away(); err == nil || !strings.Contains(err.Error(), "no route to the vault") || a.Ready() != nil {
		t.Errorf("the vault is away: %v, ready: %v", err, a.Ready())
	}
	a.troubles.note("archive pages", errors.New("no room"))
	if err := a.Ready(); err == nil || !strings.Contains(err.Error(), "no room") || !strings.Contains(err.Error(), "no route to the vault") {
		t.Errorf("without room: %v", err)
	}
	a.troubles.note("archive pages", nil)
	keep(3, "/ferry", "late")
	if diff := cmp.Diff([]store.SegmentState{"closed", "closed", "open"}, c.states(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	vault.away = false
	bring()
	if err := a.Away(); err != nil {
		t.Errorf("the vault is back: %v", err)
	}
	if diff := cmp.Diff([]store.SegmentState{"uploaded", "uploaded", "open"}, c.states(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if files, err := os.ReadDir(string(vault.Vault.(archive.Dir))); err != nil || len(files) != 4 {
		t.Errorf("in the vault are %v, %v, want two files and their indexes", files, err)
	}
	c.readAll(t, "response late", "response open", "revisit late")
}

// What a crash kept from being noted is noted: a file that was closed, one that
// was brought away.
func TestArchiverNotesWhereFilesAre(t *testing.T) {
	dir := t.TempDir()
	o := archive.Options{Vault: archive.Dir(filepath.Join(dir, "vault"))}
	c := openCabinetWith(t, dir, o)
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	if _, err := a.keep(t.Context(), capturesOf(page(1, "/ferry", "late"))); err != nil {
		t.Fatal(err)
	}
	if err := c.files.Roll(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.files.Offload(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.files.Close()
	c = openCabinetWith(t, dir, o)
	if err := NewArchiver(nil, c.rows, c.files, zerolog.Nop()).offload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.SegmentState{"uploaded"}, c.states(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c.readAll(t, "response late")
}

// A file that is old enough is closed, noted and brought away, though no page
// comes; also where its index cannot be written at once.
func TestArchiverClosesOldFiles(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	c := openCabinetWith(t, dir, archive.Options{SegmentAge: time.Hour, Now: func() time.Time { return now }, Vault: archive.Dir(filepath.Join(dir, "vault"))})
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	if _, err := a.keep(t.Context(), capturesOf(page(1, "/ferry", "late"))); err != nil {
		t.Fatal(err)
	}
	check := func(when string, want store.SegmentState) {
		t.Helper()
		if diff := cmp.Diff([]store.SegmentState{want}, c.states(t)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	if err := a.roll(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("new", store.SegmentOpen)
	now = now.Add(time.Hour)
	indexes := filepath.Join(dir, "archive", "cdxj")
	if err := os.WriteFile(indexes, nil, 0o600); err != nil { // where a folder should be
		t.Fatal(err)
	}
	if err := a.roll(t.Context()); err == nil {
		t.Error("the index was written")
	}
	check("old", store.SegmentClosed)
	if err := os.Remove(indexes); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(a.roll(t.Context()), a.offload(t.Context())); err != nil {
		t.Fatal(err)
	}
	check("at last", store.SegmentUploaded)
	c.readAll(t, "response late")
}
