package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// elses is a page that was read from somebody else's archive.
func elses(t *testing.T, n int, path, body string) archive.Entry {
	t.Helper()
	p := page(n, path, body)
	p.Origin = news.OriginArchive
	p.RequestHeader = nil
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
	header := warc.Header{
		{Name: warc.Type, Value: warc.Response}, {Name: warc.RecordID, Value: "<urn:uuid:5eb8a1c0-0000-4000-8000-00000000000" + string(rune('0'+n)) + ">"},
		{Name: warc.Date, Value: "2026-03-01T12:00:00Z"}, {Name: warc.TargetURI, Value: p.URL}, {Name: warc.ContentType, Value: "application/http;msgtype=response"},
	}
	return archive.Entry{Page: p, Original: &archive.Original{Header: header, Block: []byte(block)}, Source: &archive.Source{Run: "run-1", File: "theirs.warc.gz", Offset: 1042, RecordID: header.Get(warc.RecordID)}}
}

// filled is an archive of several files, two of them in a vault, with revisits and
// an import.
func filled(t *testing.T, dir string) (*cabinet, *Archiver) {
	t.Helper()
	c := openCabinetWith(t, dir, archive.Options{SegmentSize: 4000, Vault: archive.Dir(filepath.Join(dir, "vault"))})
	a := NewArchiver(nil, c.rows, c.files, zerolog.Nop())
	keep := func(all ...any) {
		t.Helper()
		if _, err := a.keep(t.Context(), capturesOf(all...)); err != nil {
			t.Fatal(err)
		}
	}
	first := page(1, "/ferry", "late")
	keep(first, page(2, "/mill", "open"))
	keep(revisited(3, "/ferry", first.CaptureID, first.Digest), page(4, "/ferry-again", "late"))
	if err := a.append(t.Context(), []archive.Entry{elses(t, 5, "/quay", "theirs")}); err != nil {
		t.Fatal(err)
	}
	keep(page(6, "/ferry", "on time"), page(7, "/empty", ""))
	if err := a.offload(t.Context()); err != nil {
		t.Fatal(err)
	}
	keep(page(8, "/mill", "shut"), page(9, "/mill", "open"))
	return c, a
}

// audit is what Verify finds.
func audit(t *testing.T, a *Archiver) (found []string, seen Survey) {
	t.Helper()
	err := a.Verify(t.Context(), func(s Survey) { seen = s }, func(f *archive.Finding) error {
		found = append(found, f.Error())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, seen
}

func reindex(t *testing.T, a *Archiver) (seen Survey) {
	t.Helper()
	if err := a.Reindex(t.Context(), false, func(s Survey) { seen = s }, func(f *archive.Finding) error { return f }); err != nil {
		t.Fatal(err)
	}
	return seen
}

// table is all that a table of the rows holds, row numbers and all.
func (c *cabinet) table(t *testing.T, name string) (all [][]any) {
	t.Helper()
	beside := openBeside(t, filepath.Join(filepath.Dir(c.dir), "index.db"))
	rows, err := beside.Query("SELECT * FROM " + name + " ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = &row[i]
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// Rows and indexes that were lost or are wrong come again from the files alone, as
// they were, and nothing that is right is touched.
func TestReindexMakesTheRowsThatWere(t *testing.T) {
	dir := t.TempDir()
	c, a := filled(t, dir)
	if found, seen := audit(t, a); len(found) > 0 || seen.Captures != 9 || seen.Files != seen.Done || seen.Files < 3 {
		t.Fatalf("%+v, found %q", seen, found)
	}
	captures, segments := c.table(t, "captures"), c.table(t, "segments")
	if seen := reindex(t, a); seen.Changed+seen.Indexes != 0 || seen.Captures != 9 {
		t.Errorf("of what is right, %+v", seen)
	}
	same := func(after string) {
		t.Helper()
		if diff := cmp.Diff(captures, c.table(t, "captures")); diff != "" {
			t.Errorf("%s: captures (-want +got):\n%s", after, diff)
		}
		if diff := cmp.Diff(segments, c.table(t, "segments")); diff != "" {
			t.Errorf("%s: segments (-want +got):\n%s", after, diff)
		}
		if found, _ := audit(t, a); len(found) > 0 {
			t.Errorf("%s: found %q", after, found)
		}
	}
	same("of what is right")

	spoiler := openBeside(t, filepath.Join(dir, "index.db"))
	exec(t, spoiler, `UPDATE captures SET offset = offset + 1, run = 'another' WHERE row % 2 = 0`)
	exec(t, spoiler, `UPDATE captures SET file = 'copydesk-20200101000000-00001.warc.gz' WHERE row = 1`)
	if err := os.RemoveAll(filepath.Join(c.dir, "cdxj")); err != nil {
		t.Fatal(err)
	}
	found, _ := audit(t, a)
	for _, want := range []string{"the row says otherwise", "there is no such index"} {
		if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("verify does not find that %s: %q", want, found)
		}
	}
	if seen := reindex(t, a); seen.Changed != 5 || seen.Indexes == 0 {
		t.Errorf("of what is wrong, %+v", seen)
	}
	same("of what was wrong")

	exec(t, spoiler, `DELETE FROM captures`)
	exec(t, spoiler, `DELETE FROM segments`)
	exec(t, spoiler, `DELETE FROM sqlite_sequence WHERE name = 'captures'`)
	reindex(t, a)
	same("of nothing")
	c.readAll(t, "response late", "response open", "revisit late", "revisit late", "response theirs", "response on time", "response ", "response shut", "revisit open")
}

// Of a folder that lacks most files, as one that is not mounted, nothing is forgotten
// until somebody says that they are lost.
func TestReindexOfAFolderThatIsAway(t *testing.T) {
	for name, vault := range map[string]bool{"the folder": false, "the vault": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openShelves(t, vault)
			rows := s.table(t, "captures")
			for page := range s.pages {
				if err := os.Remove(filepath.Join(s.at, s.capture(t, page).File)); err != nil {
					t.Fatal(err)
				}
			}
			err := s.archiver.Reindex(t.Context(), false, func(Survey) {}, nil)
			if err == nil || !strings.Contains(err.Error(), s.at) || !strings.Contains(err.Error(), fmt.Sprintf("%d captures would be forgotten", len(s.pages))) || !strings.Contains(err.Error(), "--lost") {
				t.Errorf("without a word that they are lost: %v", err)
			}
			if diff := cmp.Diff(rows, s.table(t, "captures")); diff != "" {
				t.Errorf("captures (-want +got):\n%s", diff)
			}
			if err := s.archiver.Reindex(t.Context(), true, func(Survey) {}, nil); err != nil {
				t.Error(err)
			}
			if left := s.captures(t); len(left) > 0 {
				t.Errorf("lost, and still known: %+v", left)
			}
		})
	}
}

// Rows of a file that is no more are told, and forgotten when the rows are made
// anew; without the vault nothing is.
func TestFilesAreLost(t *testing.T) {
	dir := t.TempDir()
	c, a := filled(t, dir)
	files, err := filepath.Glob(filepath.Join(dir, "vault", "*.warc.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	c.files.Vault = nil
	if err := a.Reindex(t.Context(), false, func(Survey) {}, nil); err == nil || !strings.Contains(err.Error(), "give its settings again") {
		t.Errorf("without the vault: %v", err)
	}
	c.files.Vault = archive.Dir(filepath.Join(dir, "vault"))
	last := files[len(files)-1]
	if err := os.Remove(last); err != nil {
		t.Fatal(err)
	}
	found, _ := audit(t, a)
	if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, filepath.Base(last)+": ") }) {
		t.Errorf("%s is lost, and verify finds %q", last, found)
	}
	var seen Survey
	if err := a.Reindex(t.Context(), true, func(s Survey) { seen = s }, nil); err != nil || seen.Changed == 0 {
		t.Errorf("nothing was forgotten: %+v, %v", seen, err)
	}
	if found, _ := audit(t, a); slices.ContainsFunc(found, func(f string) bool { return !strings.Contains(f, "which has its body") }) {
		t.Errorf("found %q, want at most that bodies of revisits are lost", found)
	}
}
