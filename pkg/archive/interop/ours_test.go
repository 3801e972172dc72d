//go:build interop

package interop_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/warc"
)

// line is what the readers of others print of a record.
type line struct {
	Type    string `json:"type"`
	URI     string `json:"uri"`
	Payload string `json:"payload"` // its SHA-256
}

func linesOf(t *testing.T, text []byte) (all []line) {
	t.Helper()
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var l line
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
}

// ourLines is what we read of a file.
func ourLines(t *testing.T, path string) (all []line) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for r := warc.NewReader(file); ; {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		l := line{Type: rec.Header.Get(warc.Type), URI: rec.Header.Get(warc.TargetURI)}
		payload, err := io.ReadAll(rec.Block)
		if err != nil {
			t.Fatal(err)
		}
		switch l.Type {
		case warc.Request, warc.Response, warc.Revisit:
			_, payload, _ = bytes.Cut(payload, []byte("\r\n\r\n")) // chunked or not
		}
		sum := sha256.Sum256(payload)
		l.Payload = hex.EncodeToString(sum[:])
		all = append(all, l)
	}
}

// segment is the one file of an archive of the newsroom's pages.
func segment(t *testing.T, c warc.Compression) string {
	t.Helper()
	folder := t.TempDir()
	captures := archiveNewsroom(t, folder, c)
	return filepath.Join(folder, captures[0].File)
}

// TestTheyReadOurs has warcio and gowarc read a segment, checking digests and
// all that the standard asks for: they see what we see, and warn of nothing.
func TestTheyReadOurs(t *testing.T) {
	path := segment(t, warc.Gzip)
	want := ourLines(t, path)
	for name, text := range map[string][]byte{
		"warcio": run(t, python(t), "read.py", path),
		"gowarc": run(t, gowarc(t), "read", path),
	} {
		if diff := cmp.Diff(want, linesOf(t, text)); diff != "" {
			t.Errorf("%s (-ours +theirs):\n%s", name, diff)
		}
	}
	if out := run(t, script(t, "warcio"), "check", path); len(out) > 0 {
		t.Errorf("warcio check says: %s", out)
	}
}

// TestTheyReadZstd has the reference implementation of zstd unpack a segment, and
// the readers, which know no zstd, read that.
func TestTheyReadZstd(t *testing.T) {
	path := segment(t, warc.Zstd)
	plain := filepath.Join(t.TempDir(), "segment.warc")
	run(t, python(t), "-c", "import sys, zstandard; zstandard.ZstdDecompressor().copy_stream(open(sys.argv[1], 'rb'), open(sys.argv[2], 'wb'))", path, plain)
	want := ourLines(t, path)
	for name, text := range map[string][]byte{
		"warcio": run(t, python(t), "read.py", plain),
		"gowarc": run(t, gowarc(t), "read", plain),
	} {
		if diff := cmp.Diff(want, linesOf(t, text)); diff != "" {
			t.Errorf("%s (-ours +theirs):\n%s", name, diff)
		}
	}
}
