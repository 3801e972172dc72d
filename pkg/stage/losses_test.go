package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// shelves is an archive that has a file for each page, with runs that want all of
// them: an import of the first, a replay of all.
type shelves struct {
	*cabinet
	archiver *Archiver
	conn     *stream.Conn
	pages    []*news.Page
	// at is where the files lie.
	at string
}

const shelved = 4 // pages of each run

func openShelves(t *testing.T, vault bool) *shelves {
	t.Helper()
	dir := t.TempDir()
	o := archive.Options{SegmentSize: 1}
	if vault {
		o.Vault = archive.Dir(filepath.Join(dir, "vault"))
	}
	s := &shelves{cabinet: openCabinetWith(t, dir, o), conn: desktop(t, stream.Config{MaxAttempts: 1})}
	s.at = s.dir
	s.archiver = NewArchiver(s.conn, s.rows, s.files, zerolog.Nop())
	for i := range 2 * shelved {
		p := livePage(5 * i)
		s.pages = append(s.pages, p)
		batch := capturesOf(p)
		if i < shelved {
			p.Origin = news.OriginArchive
			batch = []*stream.Message[stream.Captured]{{Attempt: 1, Value: stream.Captured{Record: &news.Record{Schema: news.RecordSchema, Run: "spring", File: "theirs.jsonl", Page: p, URL: p.URL}}}}
		}
		if _, err := s.archiver.keep(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.files.Roll(); err != nil {
		t.Fatal(err)
	}
	if vault {
		s.at = filepath.Join(dir, "vault")
		if err := s.archiver.offload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.archiver.noteSegments(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.rows.BeginRun(t.Context(), news.Run{Name: "spring", Kind: news.RunImport, BegunAt: time.Now()}, false); err != nil {
		t.Fatal(err)
	}
	if err := s.rows.BeginReplay(t.Context(), store.Replay{Run: news.Run{Name: "all", Kind: news.RunReplay, BegunAt: time.Now()}}, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// run has the services work.
func (s *shelves) run(t *testing.T) {
	t.Helper()
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	running(t, s.archiver.Run)
	running(t, NewIndexer(s.conn, s.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run)
	running(t, (&Extractor{Conn: s.conn, Workers: 2, PageLimit: 1 << 20}).Run)
}

// ended counts what came of a run.
func (s *shelves) ended(t *testing.T, run string) map[news.Outcome]int64 {
	t.Helper()
	counts, err := s.rows.RunOutcomes(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func (s *shelves) capture(t *testing.T, page int) news.Capture {
	t.Helper()
	c, err := s.rows.FindCapture(t.Context(), s.pages[page].CaptureID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The captures of a file that was deleted end, with the reason, and all others go
// on: those of an import and those of a replay.
func TestLostFileStopsNobody(t *testing.T) {
	for name, vault := range map[string]bool{"of the folder": false, "of the vault": true} {
		t.Run(name, func(t *testing.T) {
			s := openShelves(t, vault)
			lost := s.capture(t, 1).File
			if err := os.Remove(filepath.Join(s.at, lost)); err != nil {
				t.Fatal(err)
			}
			s.run(t)
			waitUntil(t, "both runs are at their end", func() bool {
				spring, all := s.ended(t, "spring"), s.ended(t, "all")
				return spring[news.Dead] == 1 && spring[news.Done] == shelved-1 && all[news.Dead] == 1 && all[news.Done] == 2*shelved-1
			})
			for _, r := range replayed(t, s.rows, "all") {
				dead := r.CaptureID == s.pages[1].CaptureID
				if dead != (r.After.Outcome == news.Dead) || dead && (r.After.Reason != news.NotArchived || !strings.Contains(r.After.Detail, lost)) {
					t.Errorf("%+v", r)
				}
			}
			for _, run := range []string{"spring", "all"} {
				deaths, err := s.rows.RunDeaths(t.Context(), run)
				if err != nil || len(deaths) != 1 || deaths[0].Captures != 1 || deaths[0].Reason != news.NotArchived || !strings.Contains(deaths[0].Detail, lost) {
					t.Errorf("%s: %+v, %v", run, deaths, err)
				}
			}
			visits, err := s.rows.Journey(t.Context(), s.pages[1].URL)
			if err != nil || len(visits) != 1 || visits[0].Outcome != news.Dead || visits[0].Reason != news.NotArchived || !strings.Contains(visits[0].Detail, lost) {
				t.Errorf("journey %+v, %v", visits, err)
			}
			if err := s.archiver.Ready(); err != nil {
				t.Error(err)
			}
		})
	}
}

// The captures of a file that was cut short, or overwritten by another, end, with the
// place, and all others go on.
func TestDamagedFileStopsNobody(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, s *shelves, c news.Capture){
		"cut behind the record": func(t *testing.T, s *shelves, c news.Capture) { s.cut(t, c.File, c.Offset+c.Size) },
		"cut in the record":     func(t *testing.T, s *shelves, c news.Capture) { s.cut(t, c.File, c.Offset+c.Size/2) },
		"cut before the record": func(t *testing.T, s *shelves, c news.Capture) { s.cut(t, c.File, c.Offset) },
		"empty":                 func(t *testing.T, s *shelves, c news.Capture) { s.cut(t, c.File, 0) },
		"another": func(t *testing.T, s *shelves, c news.Capture) {
			text, err := os.ReadFile(filepath.Join(s.at, s.capture(t, 2).File))
			if err == nil {
				err = os.WriteFile(filepath.Join(s.at, c.File), text, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		for store, vault := range map[string]bool{"the folder": false, "the vault": true} {
			t.Run(name+", in "+store, func(t *testing.T) {
				t.Parallel()
				s := openShelves(t, vault)
				c := s.capture(t, 1)
				damage(t, s, c)
				s.run(t)
				waitUntil(t, "both runs are at their end", func() bool {
					spring, all := s.ended(t, "spring"), s.ended(t, "all")
					return spring[news.Dead] == 1 && spring[news.Done] == shelved-1 && all[news.Dead] == 1 && all[news.Done] == 2*shelved-1
				})
				place := fmt.Sprintf("%s: damaged at byte %d: ", c.File, c.Offset)
				for _, run := range []string{"spring", "all"} {
					deaths, err := s.rows.RunDeaths(t.Context(), run)
					if err != nil || len(deaths) != 1 || deaths[0].Reason != news.Malformed || !strings.Contains(deaths[0].Detail, place) || !strings.Contains(deaths[0].Detail, "bring the file back") {
						t.Errorf("%s: %+v, %v", run, deaths, err)
					}
				}
				if _, err := s.files.Get(t.Context(), c, s.rows); err == nil || !strings.Contains(err.Error(), place) {
					t.Errorf("Get: %v", err)
				}
				if err := s.archiver.Ready(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func (s *shelves) cut(t *testing.T, file string, size int64) {
	t.Helper()
	if err := os.Truncate(filepath.Join(s.at, file), size); err != nil {
		t.Fatal(err)
	}
}

// A folder that is not mounted, and a bucket that was emptied or is another, condemn
// nothing: runs wait, and say why, though new files come there.
func TestArchiveThatIsAwayCondemnsNothing(t *testing.T) {
	for name, vault := range map[string]bool{"the folder": false, "the vault": true} {
		t.Run(name, func(t *testing.T) {
			s := openShelves(t, vault)
			aside := s.at + ".aside"
			if err := os.Rename(s.at, aside); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(s.at, 0o700); err != nil {
				t.Fatal(err)
			}
			s.run(t)
			if err := s.conn.PublishPage(t.Context(), livePage(1)); err != nil {
				t.Fatal(err)
			}
			waitUntil(t, "it is said, and pages are archived", func() bool {
				err := s.archiver.Ready()
				return err != nil && strings.Contains(err.Error(), "captures are not handed on") && strings.Contains(err.Error(), s.at) && len(s.captures(t)) == 2*shelved+1
			})
			if spring, all := s.ended(t, "spring"), s.ended(t, "all"); len(spring)+len(all) > 0 {
				t.Errorf("condemned: %v, %v", spring, all)
			}
			for page := range s.pages {
				c := s.capture(t, page)
				if err := os.Rename(filepath.Join(aside, c.File), filepath.Join(s.at, c.File)); err != nil {
					t.Fatal(err)
				}
			}
			waitUntil(t, "both runs are complete", func() bool {
				return s.ended(t, "spring")[news.Done] == shelved && s.ended(t, "all")[news.Done] == 2*shelved && s.archiver.Ready() == nil
			})
		})
	}
}

// A capture whose body was in a file that is lost and forgotten ends too, and one
// whose file was brought to a store that nobody names any more waits.
func TestLossesAreJudged(t *testing.T) {
	dir := t.TempDir()
	o := archive.Options{SegmentSize: 1, Vault: archive.Dir(filepath.Join(dir, "vault"))}
	c := openCabinetWith(t, dir, o)
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	for i, path := range []string{"/ferry", "/mill", "/quay"} {
		if _, err := a.keep(t.Context(), capturesOf(page(i, path, strings.Repeat("late", min(2, i+1))))); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.offload(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := c.captures(t)
	judge := func(a *Archiver, capture news.Capture) error {
		_, _, err := a.files.Record(t.Context(), capture, a.rows)
		return a.losses.Judge(t.Context(), capture, err)
	}
	for _, capture := range all {
		if err := judge(a, capture); err != nil {
			t.Error(err)
		}
	}
	if all[2].RefersTo != all[1].CaptureID {
		t.Fatalf("%+v is no revisit", all[2])
	}
	c.files.Close()
	o.Vault = nil
	reopened, err := archive.Open(c.dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reopened.Close() })
	without := NewArchiver(nil, c.rows, reopened, zerolog.Nop())
	if err := judge(without, all[0]); err == nil || !strings.Contains(err.Error(), "S3 store") || news.FaultOf(err).Kind != news.Temporary {
		t.Errorf("without the vault: %v", err)
	}
	if _, err := c.rows.ReplaceCaptures(t.Context(), all[1].File, nil); err != nil {
		t.Fatal(err)
	}
	if err := judge(without, all[2]); news.FaultOf(err).Kind != news.Permanent || !strings.Contains(err.Error(), all[1].CaptureID) {
		t.Errorf("a revisit of what is lost: %v", err)
	}
}
