package pins

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Whatever is in the files of a pin, reading it does no harm; and what can be read
// is read again as it is written.
func FuzzRead(f *testing.F) {
	for _, record := range []bool{true, false} {
		dir, err := Write(f.TempDir(), pinned(record))
		if err != nil {
			f.Fatal(err)
		}
		var files [3][]byte
		for i, name := range []string{pageName, bodyName, recordName} {
			files[i], _ = os.ReadFile(filepath.Join(dir, name)) // a pin of no article has no record
		}
		f.Add(files[0], files[1], files[2])
	}
	f.Add([]byte(`{"page":{}}`), []byte{}, []byte(`null`))
	f.Fuzz(func(t *testing.T, page, body, record []byte) {
		dir := t.TempDir()
		for name, text := range map[string][]byte{pageName: page, bodyName: body, recordName: record} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		p, err := Read(dir)
		if err != nil {
			return
		}
		written, err := Write(t.TempDir(), p)
		if err != nil {
			return // such as a site that is no name of a file
		}
		again, err := Read(written)
		if err != nil {
			t.Fatalf("it cannot be read again: %v", err)
		}
		if diff := cmp.Diff(p, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("it is another (-first +again):\n%s", diff)
		}
	})
}
