//go:build interop

package interop_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// wayback runs pywb's server in a folder until the test ends, and gives its
// address. stop ends it before, and says what it complained of.
func wayback(t *testing.T, folder string, args ...string) (address string, stop func() (complaints []string)) {
	t.Helper()
	port := fmt.Sprint(freeport.Port(t))
	var log bytes.Buffer
	server := exec.Command(script(t, "wayback"), append(args, "-d", folder, "-b", "127.0.0.1", "-p", port)...)
	server.Stdout, server.Stderr = &log, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	stopped := false
	stop = func() []string {
		if !stopped {
			stopped = true
			server.Process.Kill()
			<-ended
		}
		return complaint.FindAllString(log.String(), -1)
	}
	t.Cleanup(func() { stop() })
	address = "http://127.0.0.1:" + port
	for {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			conn.Close()
			return address, stop
		}
		select {
		case err := <-ended:
			stopped = true
			t.Fatalf("wayback: %v\n%s", err, log.Bytes())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// complaint is a line of pywb's log that tells of trouble.
var complaint = regexp.MustCompile(`(?m)^.*(Traceback|\[(WARNING|ERROR|CRITICAL)\]|ArchiveLoadFailed|" 5\d\d ).*$`)

// replay serves an archive with pywb as docs/archive.md says: its files where they
// lie.
func replay(t *testing.T, folder string) (address string, stop func() []string) {
	t.Helper()
	home := t.TempDir()
	config := "collections:\n  desk:\n    archive_paths: " + folder + "/\n    index_paths: " + filepath.Join(folder, "cdxj") + "/\nframed_replay: false\n"
	if err := os.WriteFile(filepath.Join(home, "config.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return wayback(t, home)
}

// TestPywbReplaysOurs has pywb serve every capture of an archive, revisits too:
// the bytes are those that were received.
func TestPywbReplaysOurs(t *testing.T) {
	folder := t.TempDir()
	captures := archiveNewsroom(t, folder, warc.Gzip)
	address, stop := replay(t, folder)
	for _, c := range captures {
		if c.Status == http.StatusNotModified {
			continue // not in the index
		}
		question, err := http.NewRequest(http.MethodGet, address+"/desk/"+c.FetchedAt.UTC().Format("20060102150405")+"id_/"+c.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		question.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd") // else it unpacks them
		answer, err := http.DefaultTransport.RoundTrip(question)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != c.Status || news.Digest(body) != c.Digest {
			t.Errorf("%s of %v, a %s: %v, %d bytes, %v; want %d, %d bytes", c.URL, c.FetchedAt, c.Kind, answer.Status, len(body), err, c.Status, c.Length)
		}
	}
	for _, line := range stop() {
		t.Errorf("pywb says: %s", line)
	}
}

// TestPywbIndexesAlike compares our index with the one that pywb makes of the
// same file, but for the records that are no captures.
func TestPywbIndexesAlike(t *testing.T) {
	folder := t.TempDir()
	captures := archiveNewsroom(t, folder, warc.Gzip)
	ours, err := os.ReadFile(filepath.Join(folder, "cdxj", captures[0].File+".cdxj"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := run(t, script(t, "cdx-indexer"), "--cdxj", "--sort", filepath.Join(folder, captures[0].File))
	want := indexOf(t, theirs)
	maps.DeleteFunc(want, func(key string, _ map[string]string) bool {
		unchanged := slices.ContainsFunc(captures, func(c news.Capture) bool {
			return c.Status == http.StatusNotModified && strings.HasSuffix(key, c.FetchedAt.UTC().Format(" 20060102150405"))
		})
		return unchanged || strings.HasPrefix(key, "urn:")
	})
	if diff := cmp.Diff(want, indexOf(t, ours)); diff != "" {
		t.Errorf("(-pywb's +ours):\n%s", diff)
	}
}

// indexOf is what the lines of a CDXJ file say, by address and time.
func indexOf(t *testing.T, text []byte) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for line := range strings.Lines(string(text)) {
		at := strings.Index(line, " {")
		if at < 0 {
			t.Fatalf("no line of an index: %q", line)
		}
		said := map[string]string{}
		if err := json.Unmarshal([]byte(line[at:]), &said); err != nil {
			t.Fatal(err)
		}
		all[line[:at]] = said
	}
	return all
}

// TestBrowserShowsOurs has a browser show a page that pywb serves. The picture is
// kept with the flag -artifacts.
func TestBrowserShowsOurs(t *testing.T) {
	chromium := installed(t, "chromium", "chromium-browser")
	folder := t.TempDir()
	captures := archiveNewsroom(t, folder, warc.Gzip)
	address, _ := replay(t, folder)
	c := captures[slices.IndexFunc(captures, func(c news.Capture) bool { return strings.Contains(c.URL, "ferry-crews") })]
	picture := filepath.Join(t.ArtifactDir(), "replay.png")
	browser := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+t.TempDir(),
		"--window-size=1000,900", "--virtual-time-budget=10000", "--screenshot="+picture, "--dump-dom",
		address+"/desk/"+c.FetchedAt.UTC().Format("20060102150405")+"/"+c.URL)
	shown, err := browser.Output()
	if err != nil {
		fault := (*exec.ExitError)(nil)
		errors.As(err, &fault)
		t.Fatalf("%v\n%s", err, fault.Stderr)
	}
	for _, words := range []string{">Ferry crews in Orrland return to work after nine days</h1>", "Berit Oskland, who speaks for the seafarers"} {
		if !bytes.Contains(shown, []byte(words)) {
			t.Errorf("the browser does not show %q but:\n%s", words, shown)
		}
	}
	if info, err := os.Stat(picture); err != nil || info.Size() < 10_000 {
		t.Errorf("the picture: %v, %v", info, err)
	}
	t.Logf("see %s", picture)
}

// TestWeReadPywb reads what pywb records of the pages that pass through it.
func TestWeReadPywb(t *testing.T) {
	pages := pages(t)
	server, home := serve(t, pages).URL, t.TempDir()
	manager := exec.Command(script(t, "wb-manager"), "init", "tide")
	manager.Dir = home
	if out, err := manager.CombinedOutput(); err != nil {
		t.Fatalf("wb-manager: %v\n%s", err, out)
	}
	address, stop := wayback(t, home, "--record", "--live")
	for _, path := range paths(pages) {
		answer, err := http.Get(address + "/tide/record/id_/" + server + path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", path, answer.Status, err)
		}
	}
	recorded := func() []string {
		files, err := filepath.Glob(filepath.Join(home, "collections", "tide", "archive", "*.warc.gz"))
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	// It writes behind its answers: a request with each.
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if files := recorded(); len(files) == 1 && exchanges(t, files[0]) == 2*len(pages) {
			break
		}
	}
	stop()
	files := recorded()
	if len(files) != 1 {
		t.Fatalf("pywb recorded %q", files)
	}
	holds(t, files[0], server, pages)
}

// exchanges is how many requests and responses a file holds that is being written.
func exchanges(t *testing.T, path string) (n int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for r := warc.NewReader(file); ; {
		rec, err := r.Next()
		if err != nil {
			return n
		}
		if _, err := io.Copy(io.Discard, rec.Block); err != nil {
			return n
		}
		if kind := rec.Header.Get(warc.Type); kind == warc.Request || kind == warc.Response {
			n++
		}
	}
}
