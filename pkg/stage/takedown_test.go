package stage

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

const ferry = "https://harbour.example/ferry"

// remaining are the bodies that the archive has when the ferry's page is taken
// down: that of /ferry-again is the very same.
var remaining = []string{"response open", "response theirs", "response ", "response shut", "revisit open"}

// What is taken down is in no row and no file any more, wherever it lay; the rest
// is as it was, also when the rows are made anew, and old messages bring nothing
// back.
func TestTakeDown(t *testing.T) {
	dir := t.TempDir()
	c, a := filled(t, dir)
	taken, err := a.TakeDown(t.Context(), ferry, "the court of the bay", func(Survey) {})
	if err != nil || len(taken.Captures) != 3 || len(taken.Elsewhere) != 1 {
		t.Fatalf("%+v, %v", taken, err)
	}
	check := func(when string) {
		t.Helper()
		if found, _ := audit(t, a); len(found) > 0 {
			t.Errorf("%s: found %q", when, found)
		}
		c.readAll(t, remaining...)
		if text := c.plain(t); strings.Contains(text, "late") || strings.Contains(text, "on time") || !strings.Contains(text, "the court of the bay") {
			t.Errorf("%s: something of it is in the files, or no tombstone", when)
		}
	}
	check("at once")
	if err := a.offload(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("in the vault")
	captures := c.table(t, "captures")
	if seen := reindex(t, a); seen.Changed != 0 {
		t.Errorf("made anew: %+v", seen)
	}
	if diff := cmp.Diff(captures, c.table(t, "captures")); diff != "" {
		t.Errorf("made anew (-want +got):\n%s", diff)
	}
	again, err := a.keep(t.Context(), capturesOf(page(1, "/ferry", "late"), revisited(3, "/ferry", "x", page(2, "/mill", "open").Digest)))
	if err != nil {
		t.Fatal(err)
	}
	for _, verdict := range again {
		if f := news.FaultOf(verdict); f == nil || f.Reason != news.TakenDown {
			t.Errorf("it came again: %v", verdict)
		}
	}
	check("when it came again")
	late := page(10, "/ferry", "late again")
	late.FetchedAt = time.Now().Add(time.Minute)
	if _, err := a.keep(t.Context(), capturesOf(late)); err != nil {
		t.Fatal(err)
	}
	if got, err := c.rows.CapturesTo(t.Context(), ferry); err != nil || len(got) != 1 {
		t.Errorf("fetched after that: %d captures, %v", len(got), err)
	}
}

// plain is what is in all files, decompressed.
func (c *cabinet) plain(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	files, err := c.files.Everywhere(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stale, err := c.files.Stale(t.Context())
	if err != nil || len(stale) > 0 {
		t.Errorf("left over are %v, %v", stale, err)
	}
	for _, f := range files {
		all.WriteString(recordsOf(t, c, f.Name))
	}
	return all.String()
}

// Wherever a crash comes, the next start ends what was begun.
func TestTakeDownIsGoneOnWith(t *testing.T) {
	for _, step := range []string{"rows", "rewritten", "switched"} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			c, a := filled(t, dir)
			if _, err := a.takeDown(t.Context(), ferry, "the court of the bay"); err != nil {
				t.Fatal(err)
			}
			if step != "rows" {
				doomed, err := c.rows.NextDoomed(t.Context(), "")
				if err != nil {
					t.Fatal(err)
				}
				if err := a.shut(t.Context(), doomed.File); err != nil {
					t.Fatal(err)
				}
				r, err := c.files.Rewrite(t.Context(), doomed.File, "a test", func(c news.Capture) bool { return doomed.Reasons[c.CaptureID] != "" })
				if err != nil {
					t.Fatal(err)
				}
				if step == "switched" {
					if err := c.rows.ReplaceSegment(t.Context(), r.Old, store.Segment{Name: r.New, Size: r.Size, State: store.SegmentClosed}, r.Kept); err != nil {
						t.Fatal(err)
					}
				}
			}
			c.files.Close()
			c = openCabinetWith(t, dir, archive.Options{SegmentSize: 4000, Vault: archive.Dir(filepath.Join(dir, "vault"))})
			a = NewArchiver(nil, c.rows, c.files, zerolog.Nop())
			if err := a.roll(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := a.offload(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := a.clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			if found, _ := audit(t, a); len(found) > 0 {
				t.Errorf("found %q", found)
			}
			c.readAll(t, remaining...)
			if text := c.plain(t); strings.Contains(text, "late") || strings.Contains(text, "on time") {
				t.Error("something of it is in the files")
			}
		})
	}
}

// While the vault is away, what is taken down is out of the rows, and goes from
// the files as soon as it can.
func TestTakeDownWhileTheVaultIsAway(t *testing.T) {
	dir := t.TempDir()
	c, a := filled(t, dir)
	there := c.files.Vault
	c.files.Vault = nowhere{there}
	if _, err := a.TakeDown(t.Context(), ferry, "a test", func(Survey) {}); err == nil {
		t.Error("taken out of a vault that is away")
	}
	if got, err := c.rows.CapturesTo(t.Context(), ferry); err != nil || len(got) > 0 {
		t.Errorf("%d captures are in the rows, %v", len(got), err)
	}
	c.files.Vault = there
	if err := a.clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, _ := audit(t, a); len(found) > 0 {
		t.Errorf("found %q", found)
	}
	c.readAll(t, remaining...)
}

// A file that is lost keeps neither another from being written anew nor anybody from
// looking through the archive; when it comes back, it is written anew too.
func TestTakeDownPassesALostFile(t *testing.T) {
	dir := t.TempDir()
	c, a := filled(t, dir)
	var lost string
	for _, capture := range c.captures(t) {
		if capture.URL == ferry {
			lost = filepath.Join(dir, "vault", capture.File)
			break
		}
	}
	if err := os.Rename(lost, lost+".aside"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.TakeDown(t.Context(), ferry, "a test", func(Survey) {}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Base(lost)) {
		t.Errorf("taken out of what is lost: %v", err)
	}
	if text := c.plain(t); strings.Contains(text, "on time") {
		t.Error("it is in a file that is there")
	}
	if found, _ := audit(t, a); !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, filepath.Base(lost)+": ") }) {
		t.Errorf("%s is lost, and verify finds %q", lost, found)
	}
	if err := a.Reindex(t.Context(), true, func(Survey) {}, nil); err != nil { // it was all of the vault
		t.Fatal(err)
	}
	if err := os.Rename(lost+".aside", lost); err != nil {
		t.Fatal(err)
	}
	if err := a.clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, _ := audit(t, a); len(found) > 0 {
		t.Errorf("found %q", found)
	}
	if text := c.plain(t); strings.Contains(text, "late") || strings.Contains(text, "on time") {
		t.Error("something of it is in the files")
	}
	c.readAll(t, remaining...)
}

// What is older than it is to be kept goes, with the files that have nothing else;
// what younger captures need stays.
func TestExpire(t *testing.T) {
	c, a := filled(t, t.TempDir())
	all := c.captures(t)
	age := func(n int) time.Duration { return time.Since(all[n].FetchedAt) - time.Second } // younger than the nth
	for _, tt := range []struct {
		keep store.Keep
		want store.Expired
	}{
		{store.Keep{}, store.Expired{}},
		{store.Keep{Sites: map[string]time.Duration{"mill.example": time.Hour}}, store.Expired{}},
		{store.Keep{Age: age(0), Sites: map[string]time.Duration{"harbour.example": 0}}, store.Expired{}},
		{store.Keep{Age: age(0)}, store.Expired{Held: 1}},
	} {
		a.Keep(tt.keep)
		if got, err := a.Expire(t.Context(), true, func(Survey) {}); err != nil || got != tt.want {
			t.Errorf("%+v: %+v, %v, want %+v", tt.keep, got, err, tt.want)
		}
	}
	a.Keep(store.Keep{Age: age(4)})
	if got, err := a.Expire(t.Context(), false, func(Survey) {}); err != nil || got.Captures != 4 || got.Held != 1 {
		t.Errorf("%+v, %v, want 4 gone and 1 held", got, err)
	}
	c.readAll(t, "response open", "response on time", "response ", "response shut", "revisit open")
	if found, _ := audit(t, a); len(found) > 0 {
		t.Errorf("found %q", found)
	}
	a.Keep(store.Keep{Age: time.Hour})
	if err := a.clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if files, err := c.files.Everywhere(t.Context()); err != nil || len(files) > 0 || !slices.Equal(c.states(t), nil) {
		t.Errorf("of what is all too old, %v, %v are left", files, err)
	}
}

// nowhere is a vault that cannot be reached.
type nowhere struct{ archive.Vault }

var errNowhere = errors.New("no route to the vault")

func (nowhere) Open(context.Context, string, int64, int64) (io.ReadCloser, error) {
	return nil, errNowhere
}
func (nowhere) Delete(context.Context, string) error                  { return errNowhere }
func (nowhere) List(context.Context, func(string, int64) error) error { return errNowhere }

// recordsOf are the records of a file, decompressed.
func recordsOf(t *testing.T, c *cabinet, name string) string {
	t.Helper()
	for _, path := range []string{filepath.Join(c.dir, name), filepath.Join(c.dir, name+".open"), filepath.Join(filepath.Dir(c.dir), "vault", name)} {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close()
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	t.Fatalf("%s is nowhere", name)
	return ""
}
