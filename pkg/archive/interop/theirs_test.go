//go:build interop

package interop_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// found is what was read of a file.
type found struct {
	pages    map[string]string // the digest of each page's text by its address
	damaged  int
	revisits int // that say which capture has their body
	http2    int
}

// mostText is more than any page of the test, in bytes.
const mostText = 1 << 20

// readTheirs reads a file as import does.
func readTheirs(t *testing.T, path string) found {
	t.Helper()
	source, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	all := found{pages: map[string]string{}}
	for rec, err := range source.Records(t.Context(), intake.Place{}) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Err != nil {
			all.damaged++
			continue
		}
		if h := rec.WARC.Header; h.Get(warc.Type) == warc.Revisit && h.Get(warc.PayloadDigest) != "" {
			all.revisits++
		}
		page, err := archive.PageOf(rec.WARC, mostText)
		if errors.Is(err, archive.ErrNoPage) {
			continue
		}
		if err != nil {
			t.Logf("%s#%v: %v", path, rec.Place, err)
			continue // told as damage next
		}
		text, err := coding.Decode(page.Body, page.ContentEncoding, mostText)
		if err != nil {
			t.Fatalf("%s: %v", page.URL, err)
		}
		if page.Protocol == "HTTP/2.0" {
			all.http2++
		}
		all.pages[page.URL] = news.Digest(text)
	}
	return all
}

// archived are the pages of a server as a file should hold them.
func archived(server string, pages map[string][]byte) map[string]string {
	all := map[string]string{}
	for path, body := range pages {
		all[server+path] = news.Digest(body)
	}
	return all
}

// holds says that a file holds all pages of a server, whole.
func holds(t *testing.T, path, server string, pages map[string][]byte) found {
	t.Helper()
	got := readTheirs(t, path)
	if diff := cmp.Diff(archived(server, pages), got.pages); diff != "" || got.damaged > 0 {
		t.Errorf("%s: %d damaged (-served +read):\n%s", filepath.Base(path), got.damaged, diff)
	}
	return got
}

func TestWeReadWarcio(t *testing.T) {
	pages := pages(t)
	server, folder := serve(t, pages).URL, t.TempDir()
	run(t, python(t), append([]string{"write.py", server, folder}, paths(pages)...)...)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]found{ // besides the pages
		"browsed.warc.gz": {http2: len(pages)}, "revisited.warc.gz": {revisits: len(pages)},
		"crawled.warc.gz": {}, "dictionary.warc.zst": {}, "fetched.warc": {}, "fetched.warc.gz": {}, "framed.warc.zst": {},
		"packed-dictionary.warc.zst": {}, "texts.warc.wet.gz": {}, "whole.warc.gz": {},
	}
	for _, path := range files {
		name := filepath.Base(path)
		got := holds(t, path, server, pages)
		if w, ok := want[name]; !ok || got.http2 != w.http2 || got.revisits != w.revisits {
			t.Errorf("%s: got %d pages over HTTP/2 and %d revisits, want %+v", name, got.http2, got.revisits, w)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("no %s was written", name)
	}
}

// TestWeReadCut reads files whose ends are missing: all but the last record.
func TestWeReadCut(t *testing.T) {
	pages := pages(t)
	server, folder := serve(t, pages).URL, t.TempDir()
	run(t, python(t), append([]string{"write.py", server, folder}, paths(pages)...)...)
	for name, cut := range map[string]int{"framed.warc.zst": 11, "dictionary.warc.zst": 11, "texts.warc.wet.gz": 90} {
		path := filepath.Join(folder, name)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text[:len(text)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		want := archived(server, pages)
		delete(want, server+"/plain") // the last one
		got := readTheirs(t, path)
		if diff := cmp.Diff(want, got.pages); diff != "" || got.damaged != 1 {
			t.Errorf("%s: %d damaged (-want +read):\n%s", name, got.damaged, diff)
		}
	}
}

func TestWeReadGowarc(t *testing.T) {
	pages := pages(t)
	server, folder := serve(t, pages).URL, t.TempDir()
	run(t, gowarc(t), append([]string{"write", server, folder}, paths(pages)...)...)
	for _, name := range []string{"gowarc.warc.gz", "gowarc-plain.warc"} {
		if got := holds(t, filepath.Join(folder, name), server, pages); got.revisits != len(pages) {
			t.Errorf("%s: %d revisits, want %d", name, got.revisits, len(pages))
		}
	}
}

// TestWeReadWget reads what wget writes: WARC/1.0, and revisits of an earlier run.
func TestWeReadWget(t *testing.T) {
	wget := installed(t, "wget")
	pages := pages(t)
	server, folder := serve(t, pages).URL, t.TempDir()
	var urls []string
	for _, path := range paths(pages) {
		urls = append(urls, server+path)
	}
	file := func(name string) string { return filepath.Join(folder, name) }
	fetch := func(args ...string) {
		run(t, wget, append(append([]string{"--quiet", "--output-document=" + os.DevNull, "--warc-tempdir=" + folder}, args...), urls...)...)
	}
	fetch("--warc-file="+file("one"), "--warc-cdx")
	fetch("--warc-file="+file("plain"), "--no-warc-compression")
	fetch("--warc-file="+file("again"), "--warc-dedup="+file("one.cdx"))
	holds(t, file("one.warc.gz"), server, pages)
	holds(t, file("plain.warc"), server, pages)
	if got := readTheirs(t, file("again.warc.gz")); got.damaged > 0 || len(got.pages)+got.revisits != len(pages) || got.revisits == 0 {
		t.Errorf("again: %+v", got)
	}
}

// TestWeReadWACZ reads two archives in one WACZ file.
func TestWeReadWACZ(t *testing.T) {
	pages := pages(t)
	server, folder := serve(t, pages).URL, t.TempDir()
	run(t, python(t), append([]string{"write.py", server, folder}, paths(pages)...)...)
	path := filepath.Join(folder, "tide.wacz")
	run(t, script(t, "wacz"), "create", "-f", filepath.Join(folder, "fetched.warc.gz"), filepath.Join(folder, "revisited.warc.gz"), "-o", path)
	if got := holds(t, path, server, pages); got.revisits != len(pages) {
		t.Errorf("%d revisits, want %d", got.revisits, len(pages))
	}
}
