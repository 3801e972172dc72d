package stage

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// foreign writes records as they stand, each a gzip member, whatever they say.
type foreign struct {
	bytes.Buffer
	n int
}

func (f *foreign) add(t *testing.T, kind, url, date, block string, more ...string) {
	t.Helper()
	f.n++
	id := "WARC-Record-ID: <urn:uuid:0196f5d1-0000-4000-8000-" + strconv.Itoa(f.n) + ">"
	length := "Content-Length: " + strconv.Itoa(len(block))
	var fields []string
	for _, field := range append([]string{"WARC-Type: " + kind, id, "WARC-Date: " + date, "WARC-Target-URI: " + url, length}, more...) {
		name, value, _ := strings.Cut(field, ": ")
		for i, other := range fields {
			if strings.HasPrefix(other, name+": ") {
				fields = append(fields[:i], fields[i+1:]...)
				break
			}
		}
		if value != "" {
			fields = append(fields, field)
		}
	}
	w := gzip.NewWriter(f)
	if _, err := w.Write([]byte("WARC/1.1\r\n" + strings.Join(fields, "\r\n") + "\r\n\r\n" + block + "\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestImportOfLies brings a file in which little is as it should be: what cannot be
// a capture is told once, with its place and its reason, and all else is archived.
func TestImportOfLies(t *testing.T) {
	const head, date, site = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "2019-05-03T10:00:00Z", "https://harbour.example/"
	var f foreign
	rejects, others, dead := []string{}, map[string]int64{}, map[string]news.Reason{}
	page := func(url string, more ...string) {
		f.add(t, "response", url, date, head+"<p>tide of "+url[:min(len(url), 40)], more...)
	}
	refuse := func(says string) { rejects = append(rejects, strconv.Itoa(f.Len())+" "+says) }

	page(site + "first")
	refuse(`WARC-Date "0000-01-01T00:00:00Z" is no time`)
	page(site+"year-0", "WARC-Date: 0000-01-01T00:00:00Z")
	refuse("captured at 9999-12-31T23:59:59Z, which is still to come")
	page(site+"year-9999", "WARC-Date: 9999-12-31T23:59:59Z")
	refuse(`WARC-Date "9999-12-31T23:59:59-01:00" is no time`)
	page(site+"year-10000", "WARC-Date: 9999-12-31T23:59:59-01:00")
	refuse(`WARC-Date "" is no time`)
	page(site+"undated", "WARC-Date: ")
	refuse("no WARC-Record-ID")
	page(site+"nameless", "WARC-Record-ID: ")
	refuse("has 900024 bytes, the limit is")
	page(site + strings.Repeat("x", 900_000))
	refuse(`"https://"`)
	page("https://")
	refuse("invalid control character in URL")
	page(site + "\x1b[31mred\xff")
	refuse("unexpected EOF")
	page(site+"longer", "Content-Length: 100000")
	refuse(`Content-Length "-1" is no length`)
	page(site+"negative", "Content-Length: -1")

	for _, url := range []string{"file:///etc/passwd", "data:text/html,tide", "urn:x:y", ""} {
		page(url)
		others["response"]++
	}
	f.add(t, strings.Repeat("request", 1000), site, date, "")
	f.add(t, "", site, date, "")
	others["unknown"] += 2

	page("http://10.0.0.1/private") // kept as it is; nothing asks it
	page("http://[::1]/loop")
	page(site+"one-id", "WARC-Record-ID: <urn:uuid:twice>")
	page(site+"one-id-again", "WARC-Record-ID: <urn:uuid:twice>")
	page(site+"bytes", "X-Name: \xff\xfe \x00 \x1b[31m", "WARC-IP-Address: \xff")
	f.add(t, "response", site+"too-large-a-chunk", date, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>tide")
	archived := 7 // with the first

	dead[site+"cut-chunk"] = news.Malformed
	f.add(t, "response", site+"cut-chunk", date, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>tide")
	revisit := func(url, of string) {
		dead[url] = news.NotArchived
		f.add(t, "revisit", url, date, head, "WARC-Refers-To-Target-URI: "+of, "WARC-Refers-To-Date: "+date)
	}
	revisit(site+"itself", site+"itself")
	revisit(site+"there", site+"back")
	revisit(site+"back", site+"there")
	page(site + "last")
	archived++

	path := filepath.Join(t.TempDir(), "lies.warc.gz")
	if err := os.WriteFile(path, f.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	conn := desktop(t, stream.Config{MaxAttempts: 2})
	c := openCabinet(t, t.TempDir())
	if err := c.rows.BeginRun(t.Context(), news.Run{Name: "spring", Kind: news.RunImport, BegunAt: time.Now()}, false); err != nil {
		t.Fatal(err)
	}
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	got, refused := bring(t, conn, path, Imported{}, 0)
	if len(refused) != len(rejects) || got.Rejected != int64(len(rejects)) || got.Sent != int64(archived+len(dead)) {
		t.Errorf("read %+v, refused\n%s", got, strings.Join(refused, "\n"))
	}
	for i, want := range rejects[:min(len(rejects), len(refused))] {
		if place, says, _ := strings.Cut(want, " "); !strings.HasPrefix(refused[i], place+" ") && !strings.HasPrefix(refused[i], place+".1 ") || !strings.Contains(refused[i], says) {
			t.Errorf("refused %.200q, want %q", refused[i], want)
		}
	}
	for kind, n := range got.Others {
		if others[kind] != n || len(got.Others) != len(others) {
			t.Errorf("others %v, want %v", got.Others, others)
		}
	}
	waitUntil(t, "what the archive cannot take is given up", func() bool {
		letters, err := conn.DeadList(t.Context(), 0, 100)
		if err != nil || len(letters) < len(dead) {
			return false
		}
		for _, l := range letters {
			if dead[l.Letter.URL] != l.Letter.Reason {
				t.Errorf("%s died of %s: %s", l.Letter.URL, l.Letter.Reason, l.Letter.Detail)
			}
		}
		return true
	})
	waitUntil(t, "the rest is archived", func() bool { return len(c.captures(t)) >= archived })
	all := c.captures(t)
	for _, capture := range all {
		if _, err := c.files.Get(t.Context(), capture, c.rows); err != nil {
			t.Error(err)
		}
	}
	if len(all) != archived {
		t.Errorf("%d captures, want %d: %+v", len(all), archived, all)
	}
}
