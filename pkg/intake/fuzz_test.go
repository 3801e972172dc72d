package intake_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/warc"
)

// FuzzRecords: any file of any kind is read to its end, and reading on from any
// place, or behind it, gives what came then.
func FuzzRecords(f *testing.F) {
	names := []string{"f.warc.gz", "f.wacz", "f.jsonl.gz"}
	for _, c := range []warc.Compression{warc.Plain, warc.Gzip, warc.Zstd} {
		file := records(f, c, 3)
		f.Add(file, 0)
		f.Add(broken(file), 0)
		f.Add(file[:len(file)-9], 0)
	}
	f.Add(gzipped(f, records(f, warc.Plain, 3)), 0)
	f.Add(zipped(f, 0, map[string][]byte{"archive/a.warc.gz": broken(records(f, warc.Gzip, 3)), "archive/b.warc": records(f, warc.Plain, 2)}, "archive/a.warc.gz", "archive/b.warc"), 1)
	f.Add(zipped(f, 8, map[string][]byte{"archive/b.warc": records(f, warc.Plain, 2)}, "archive/b.warc"), 1)
	f.Add(described(), 2)
	f.Add(gzipped(f, described()), 2)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, file []byte, kind int) {
		path := filepath.Join(dir, names[uint(kind)%uint(len(names))])
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := intake.Open(path)
		if err != nil {
			return
		}
		s.Close()
		all := readOn(t, path, intake.Place{})
		for i := range min(len(all), 8) {
			if diff := cmp.Diff(all[i:], readOn(t, path, all[i].Place)); diff != "" {
				t.Errorf("from %v on (-want +got):\n%s", all[i].Place, diff)
			}
			if diff := cmp.Diff(append([]seen(nil), all[i+1:]...), readOn(t, path, all[i].Place.After())); diff != "" {
				t.Errorf("behind %v (-want +got):\n%s", all[i].Place, diff)
			}
		}
	})
}
