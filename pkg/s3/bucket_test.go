package s3_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/s3"
	"github.com/copydesk/copydesk/pkg/s3/s3test"
)

func TestBucket(t *testing.T) {
	server := s3test.Start(t)
	config := server.Config()
	config.Folder = "desk/one"
	bucket := open(t, config)
	large := make([]byte, 40<<20) // several parts
	source := rand.NewChaCha8([32]byte{1})
	source.Read(large)

	files := map[string][]byte{"tide.warc.gz": []byte("the tide is high"), "cdxj/tide.cdxj": []byte("example,news)/ …"), "empty": {}, "large": large}
	for name, content := range files {
		put(t, bucket, name, content)
	}
	put(t, bucket, "tide.warc.gz", files["tide.warc.gz"]) // again: in its place
	for name, content := range files {
		if got := read(t, bucket, name, 0, int64(len(content))); !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes are not the %d that were put", name, len(got), len(content))
		}
	}
	if got := string(read(t, bucket, "tide.warc.gz", 4, 4)); got != "tide" {
		t.Errorf("a part: got %q", got)
	}

	if got := string(read(t, bucket, "tide.warc.gz", 9, 1<<62)) + string(read(t, bucket, "tide.warc.gz", 16, 10)); got != "is high" {
		t.Errorf("beyond its end: got %q", got)
	}

	// A neighbour in the same bucket sees nothing of it.
	config.Folder = "desk/two"
	put(t, open(t, config), "other", []byte("x"))
	want := map[string]int64{"tide.warc.gz": 16, "cdxj/tide.cdxj": int64(len(files["cdxj/tide.cdxj"])), "empty": 0, "large": 40 << 20}
	if diff := cmp.Diff(want, list(t, bucket)); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}

	for range 2 {
		if err := bucket.Delete(t.Context(), "tide.warc.gz"); err != nil {
			t.Error(err)
		}
	}
	if _, err := bucket.Open(t.Context(), "tide.warc.gz", 0, 4); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a deleted file: %v", err)
	}
}

func TestTheStoreIsAwayAndComes(t *testing.T) {
	server := s3test.Start(t)
	bucket := open(t, server.Config())
	put(t, bucket, "before", []byte("1"))
	server.Stop()
	path := filepath.Join(t.TempDir(), "meanwhile")
	if err := os.WriteFile(path, []byte("2"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bucket.Put(t.Context(), "meanwhile", path); err == nil {
		t.Error("brought to nobody")
	}
	server.Resume()
	put(t, bucket, "meanwhile", []byte("2"))
	if diff := cmp.Diff(map[string]int64{"before": 1, "meanwhile": 1}, list(t, bucket)); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
}

func TestRefusalsNameTheRemedy(t *testing.T) {
	right := s3test.Start(t).Config()
	stranger, nowhere := right, right
	stranger.SecretKey = "guessed"
	nowhere.Bucket = "nowhere"
	for name, c := range map[string]struct {
		config s3.Config
		says   string
	}{"wrong keys": {stranger, "the keys must be allowed"}, "no bucket": {nowhere, "make the bucket"}} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		err := open(t, c.config).Put(t.Context(), "x", path)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), c.config.SecretKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	for name, c := range map[string]s3.Config{
		"no endpoint": {Bucket: "archive"},
		"no scheme":   {Endpoint: "s3.example", Bucket: "archive"},
		"a path":      {Endpoint: "https://s3.example/archive", Bucket: "archive"},
		"no bucket":   {Endpoint: "https://s3.example"},
		"half a key":  {Endpoint: "https://s3.example", Bucket: "archive", AccessKey: "a"},
	} {
		if _, err := s3.New(c); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func open(t *testing.T, c s3.Config) *s3.Bucket {
	t.Helper()
	bucket, err := s3.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return bucket
}

func put(t *testing.T, bucket *s3.Bucket, name string, content []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bucket.Put(t.Context(), name, path); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, bucket *s3.Bucket, name string, offset, length int64) []byte {
	t.Helper()
	from, err := bucket.Open(t.Context(), name, offset, length)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	content, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func list(t *testing.T, bucket *s3.Bucket) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	err := bucket.List(t.Context(), func(name string, size int64) error { all[name] = size; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}
