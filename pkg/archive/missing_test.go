package archive_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
)

// A file that was deleted is lost. A folder or a vault that is not the one has lost
// nothing.
func TestMissing(t *testing.T) {
	for _, away := range []bool{false, true} {
		dir, o := t.TempDir(), archive.Options{}
		at := dir
		if away {
			at = t.TempDir()
			o.Vault = archive.Dir(at)
		}
		a := open(t, dir, o)
		var all []news.Capture
		var known []string
		for n, body := range []string{"<p>Tide", "<p>Ebb", "<p>Flood", "<p>Calm"} {
			c := appendAll(t, a, []archive.Entry{{Page: page(n, body)}})
			all, known = append(all, c...), append(known, c[0].File)
			if n == 3 {
				break // the last is open
			}
			if err := a.Roll(); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Offload(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		missing := func(want map[string]bool, wantErr string) {
			t.Helper()
			got, err := a.Missing(t.Context(), known)
			if wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), wantErr) || !strings.Contains(err.Error(), at) {
					t.Errorf("away %v: %v, %v", away, got, err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("away %v: %v (-want +got):\n%s", away, err, diff)
			}
		}
		remove := func(name string) {
			t.Helper()
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
		missing(map[string]bool{}, "")
		remove(filepath.Join(at, known[0]))
		missing(map[string]bool{known[0]: true}, "")
		_, err := a.Get(t.Context(), all[0], rows(all))
		if none, ok := errors.AsType[*archive.NoFile](err); !ok || none.Name != known[0] || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("away %v: %v", away, err)
		}
		index := filepath.Join(dir, "cdxj", known[0]+".cdxj")
		if err := os.Rename(index, index+".aside"); err != nil {
			t.Fatal(err)
		}
		missing(map[string]bool{known[0]: false}, "")
		if err := os.Rename(index+".aside", index); err != nil {
			t.Fatal(err)
		}
		remove(filepath.Join(at, known[1]))
		missing(nil, "has 1 of 3 files")
		remove(filepath.Join(at, known[2]))
		missing(nil, "has 0 of 3 files")
	}
}
