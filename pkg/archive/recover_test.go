package archive_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// written is an open segment as a process left it that was killed, and what is
// in it; ends are the sizes that the file had after each capture.
type written struct {
	name     string
	file     []byte
	captures []news.Capture
	ends     []int64
}

func write(t testing.TB, c warc.Compression) written {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir, archive.Options{Compression: c})
	var w written
	for i, body := range []string{"<p>Tide", "<p>Tide", "<p>" + string(noise(200))} {
		e := archive.Entry{Page: page(i, body)}
		if i == 1 {
			e.Same = &w.captures[0]
		}
		w.captures = append(w.captures, appendAll(t, a, []archive.Entry{e})...)
		w.name = w.captures[0].File
		w.ends = append(w.ends, size(t, filepath.Join(dir, w.name+".open")))
	}
	var err error
	if w.file, err = os.ReadFile(filepath.Join(dir, w.name+".open")); err != nil {
		t.Fatal(err)
	}
	return w
}

// noise is bytes that do not compress.
func noise(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// whole is how many captures are whole in a file that begins as this one does,
// and where the last of them ends.
func (w written) whole(file []byte) (n int, end int64) {
	for n < len(w.ends) && w.ends[n] <= int64(len(file)) && bytes.Equal(file[:w.ends[n]], w.file[:w.ends[n]]) {
		end = w.ends[n]
		n++
	}
	return n, end
}

// damaged is what may become of the file behind a cut: nothing, or what a disk
// makes of bytes that it did not write.
func (w written) damaged(cut int64) [][]byte {
	whole := w.file[:cut]
	return [][]byte{whole, append(bytes.Clone(whole), make([]byte, 100)...), append(bytes.Clone(whole), noise(100)...)}
}

// left puts a file where a process that was killed left it.
func (w written) left(t testing.TB, file []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, w.name+".open"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestWhole cuts a segment at every byte: what was whole is found, whatever the
// disk made of the rest.
func TestWhole(t *testing.T) {
	for _, c := range compressions {
		w := write(t, c)
		for cut := range int64(len(w.file) + 1) {
			if testing.Short() && cut%17 > 0 && cut < int64(len(w.file)-100) {
				continue
			}
			files := w.damaged(cut)
			if cut < int64(len(w.file)-500) {
				files = files[cut%3:][:1]
			}
			for _, file := range files {
				n, end := w.whole(file)
				got, gotEnd, err := archive.WholeIn(file, w.name)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(w.captures[:n], got, cmpopts.EquateEmpty()); diff != "" || n > 0 && gotEnd != end {
					t.Fatalf("%s cut at %d: ends at %d, want %d (-want +got):\n%s", w.name, cut, gotEnd, end, diff)
				}
			}
		}
	}
}

// TestRepair cuts a segment at some bytes of its last unit and before: the rest
// is gone, and writing goes on. Rows may know any of the captures, and even more.
func TestRepair(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, c := range compressions {
		w := write(t, c)
		last := w.ends[len(w.ends)-2]
		cuts := []int64{0, 1, last, last + 1, int64(len(w.file)) - 1, int64(len(w.file))}
		for range 10 {
			cuts = append(cuts, random.Int64N(last), last+random.Int64N(int64(len(w.file))-last))
		}
		for _, cut := range cuts {
			file := w.damaged(cut)[random.IntN(3)]
			dir := w.left(t, file)
			known := random.IntN(len(w.captures) + 1)
			a := open(t, dir, archive.Options{Compression: c, Rows: ledger{w.captures[:known]}})
			n, end := w.whole(file)
			got := a.Recovered()
			if known > n {
				known = 0 // nothing that they say is believed
			}
			if diff := cmp.Diff(w.captures[known:n], got.Captures, cmpopts.EquateEmpty()); diff != "" || len(got.Damage) > 0 {
				t.Fatalf("%s cut at %d: damage %v (-want +got):\n%s", w.name, cut, got.Damage, diff)
			}
			tails := []archive.Tail{{File: w.name, Offset: end, Size: int64(len(file)) - end}}
			if diff := cmp.Diff(tails, got.Tails); n > 0 && end < int64(len(file)) && diff != "" {
				t.Fatalf("%s cut at %d: tails (-want +got):\n%s", w.name, cut, diff)
			}
			more := appendAll(t, a, []archive.Entry{{Page: page(9, "<p>Flood")}})
			all := append(w.captures[:n:n], more...)
			if diff := cmp.Diff(all, scanAll(t, a)); diff != "" {
				t.Fatalf("%s cut at %d, appended (-want +got):\n%s", w.name, cut, diff)
			}
			if err := a.Roll(); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Verify(t.Context(), more[0].File, ledger{all}, func(f *archive.Finding) error { return f }); err != nil {
				t.Fatalf("%s cut at %d, closed: %v", w.name, cut, err)
			}
			a.Close()
		}
	}
}

// TestDamageIsKept tells damage before the last whole unit, and leaves it.
func TestDamageIsKept(t *testing.T) {
	w := write(t, warc.Gzip)
	file := bytes.Clone(w.file)
	copy(file[w.captures[1].Offset+20:], "xxxxxxxx")
	dir := w.left(t, file)
	a := open(t, dir, archive.Options{})
	got := a.Recovered()
	want := []news.Capture{w.captures[0], w.captures[2]}
	if diff := cmp.Diff(want, got.Captures); diff != "" || len(got.Damage) == 0 || len(got.Tails) > 0 {
		t.Errorf("damage %v, tails %v, captures (-want +got):\n%s", got.Damage, got.Tails, diff)
	}
	kept, err := os.ReadFile(filepath.Join(dir, w.name)) // closed: nothing is written behind damage
	if err != nil || !bytes.Equal(kept, file) {
		t.Errorf("the file was changed, or %v", err)
	}
}

// TestOtherCompression closes a segment that is not as the options want it.
func TestOtherCompression(t *testing.T) {
	w := write(t, warc.Gzip)
	dir := w.left(t, w.file)
	a := open(t, dir, archive.Options{Compression: warc.Zstd})
	more := appendAll(t, a, []archive.Entry{{Page: page(9, "<p>Flood")}})
	if diff := cmp.Diff(append(w.captures, more...), scanAll(t, a)); diff != "" || more[0].File <= w.name {
		t.Errorf("%s then %s (-want +got):\n%s", w.name, more[0].File, diff)
	}
	if _, err := os.Stat(filepath.Join(dir, w.name)); err != nil {
		t.Error(err)
	}
}

// TestNewer leaves alone what a later version wrote.
func TestNewer(t *testing.T) {
	w := write(t, warc.Gzip)
	var file bytes.Buffer
	if err := copyOf(&file, w.file, warc.Gzip, "capture/1", "capture/2"); err != nil {
		t.Fatal(err)
	}
	dir := w.left(t, file.Bytes())
	if _, err := archive.Open(dir, archive.Options{}); !errors.Is(err, archive.ErrNewer) {
		t.Errorf("got %v, want %v", err, archive.ErrNewer)
	}
	if kept, err := os.ReadFile(filepath.Join(dir, w.name+".open")); err != nil || !bytes.Equal(kept, file.Bytes()) {
		t.Errorf("the file was changed, or %v", err)
	}
}

// copyOf copies a segment with one text in its blocks for another of the same
// length.
func copyOf(to io.Writer, segment []byte, c warc.Compression, text, other string) error {
	w, err := warc.NewWriter(to, 0, c)
	if err != nil {
		return err
	}
	r := warc.NewReader(bytes.NewReader(segment))
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		block, err := io.ReadAll(rec.Block)
		if err != nil {
			return err
		}
		block = bytes.ReplaceAll(block, []byte(text), []byte(other))
		if _, err := w.Write(rec.Header, bytes.NewReader(block), int64(len(block))); err != nil {
			return err
		}
	}
}
