package service_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// hostileSite is one host for each case, on one loopback port, and a second
// port that speaks TLS with a certificate of nobody.
type hostileSite struct {
	plain, secret *httptest.Server
	cases         []hostile
	byHost        map[string]*hostile

	mu    sync.Mutex
	asked map[string]int // requests for pages, by host
}

func newHostileSite(t *testing.T, cases []hostile) *hostileSite {
	t.Helper()
	s := &hostileSite{cases: cases, byHost: map[string]*hostile{}, asked: map[string]int{}}
	for i := range cases {
		c := &cases[i]
		c.number = i
		if s.byHost[c.host()] != nil {
			t.Fatalf("two cases named %q", c.name)
		}
		s.byHost[c.host()] = c
	}
	s.plain, s.secret = httptest.NewUnstartedServer(s), httptest.NewUnstartedServer(s)
	for _, server := range []*httptest.Server{s.plain, s.secret} {
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // clients that give up are the point
		t.Cleanup(server.Close)
		t.Cleanup(server.CloseClientConnections)
	}
	s.plain.Start()
	s.secret.StartTLS()
	return s
}

// hosts maps every case's host to the port that serves it.
func (s *hostileSite) hosts() map[string]string {
	hosts := map[string]string{}
	for _, c := range s.cases {
		hosts[c.host()] = s.plain.Listener.Addr().String()
		if c.tls {
			hosts[c.host()] = s.secret.Listener.Addr().String()
		}
	}
	return hosts
}

// port is that of the plain server.
func (s *hostileSite) port() string {
	_, port, _ := net.SplitHostPort(s.plain.Listener.Addr().String())
	return port
}

// url is the address that is asked for in a case.
func (s *hostileSite) url(c *hostile) string {
	switch {
	case c.url != "":
		return strings.ReplaceAll(c.url, "PORT", s.port())
	case c.tls:
		return fmt.Sprintf("https://%s/2026/story-%d", c.host(), c.number)
	}
	return fmt.Sprintf("http://%s/2026/story-%d", c.host(), c.number)
}

func (s *hostileSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := s.byHost[r.Host]
	if c == nil { // a private address was asked
		s.mu.Lock()
		s.asked[r.Host]++
		s.mu.Unlock()
		fmt.Fprint(w, storyHTML(0))
		return
	}
	if r.URL.Path == "/robots.txt" {
		if c.robots != nil {
			c.robots(w, r)
			return
		}
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.serve(w, r, storyHTML(c.number))
}

// strangers are the hosts for which a request came that should have been
// refused.
func (s *hostileSite) strangers() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// answer is how a case answers for its page; story is one that it may use.
type answer func(w http.ResponseWriter, r *http.Request, story string)

// text answers with what becomes of the story.
func text(change func(story string) string) answer {
	return func(w http.ResponseWriter, _ *http.Request, story string) { io.WriteString(w, change(story)) }
}

// plainly answers with the story.
func plainly(w http.ResponseWriter, _ *http.Request, story string) { io.WriteString(w, story) }

// labelled answers with the header fields and what becomes of the story.
func labelled(change func(story string) string, fields ...string) answer {
	return func(w http.ResponseWriter, _ *http.Request, story string) {
		for i := 0; i < len(fields); i += 2 {
			w.Header().Add(fields[i], fields[i+1])
		}
		io.WriteString(w, change(story))
	}
}

func same(story string) string { return story }

// status answers with a status and no page.
func status(code int, fields ...string) answer {
	return func(w http.ResponseWriter, _ *http.Request, _ string) {
		for i := 0; i < len(fields); i += 2 {
			w.Header().Set(fields[i], fields[i+1])
		}
		w.WriteHeader(code)
	}
}

// inTurn gives each request the next answer, the last one for ever.
func inTurn(answers ...answer) answer {
	var n atomic.Int32
	return func(w http.ResponseWriter, r *http.Request, story string) {
		i := int(n.Add(1)) - 1
		answers[min(i, len(answers)-1)](w, r, story)
	}
}

// spoken answers with bytes that no Go server would send, and ends the
// connection.
func spoken(words func(story string) string) answer {
	return onWire(func(conn net.Conn, story string) { io.WriteString(conn, words(story)) })
}

// said is spoken, with the same words always.
func said(words string) answer { return spoken(func(string) string { return words }) }

// onWire has the connection itself.
func onWire(talk func(conn net.Conn, story string)) answer {
	return func(w http.ResponseWriter, _ *http.Request, story string) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		talk(conn, story)
	}
}

// forever sends a head and then the same again until nobody listens.
func forever(head, again string) answer {
	return onWire(func(conn net.Conn, _ string) {
		_, err := io.WriteString(conn, head)
		for err == nil {
			_, err = io.WriteString(conn, again)
		}
	})
}

// padded is a page of size bytes that begins with the story.
func padded(size int, filler string) answer {
	return func(w http.ResponseWriter, _ *http.Request, story string) {
		sent, err := io.WriteString(w, story)
		block := strings.Repeat(filler, 64<<10/len(filler)+1)
		for err == nil && sent < size {
			var n int
			n, err = io.WriteString(w, block)
			sent += n
		}
	}
}

// bombSize is what a bomb unfolds to: more than pages may by default.
const bombSize = 64 << 20

// bomb is a small body that unfolds to a large one. It is packed before anybody
// asks: that takes longer than a client waits.
func bomb(coding string) answer {
	body := func() []byte {
		var b bytes.Buffer
		var pack io.WriteCloser
		switch coding {
		case "gzip", "gzip, gzip":
			pack = gzip.NewWriter(&b)
		case "br":
			pack = brotli.NewWriterLevel(&b, 1)
		case "zstd":
			pack, _ = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
		}
		block := bytes.Repeat([]byte("<p>The harbour of Lindow closed.</p>\n"), 2000)
		for sent := 0; sent < bombSize; sent += len(block) {
			pack.Write(block)
		}
		pack.Close()
		if coding == "gzip, gzip" {
			return packed("gzip", b.Bytes())
		}
		return b.Bytes()
	}()
	return func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Encoding", coding)
		w.Write(body)
	}
}

// packed puts gzip or br on a body.
func packed(coding string, body []byte) []byte {
	var b bytes.Buffer
	var pack io.WriteCloser = gzip.NewWriter(&b)
	if coding == "br" {
		pack = brotli.NewWriterLevel(&b, 4)
	}
	pack.Write(body)
	pack.Close()
	return b.Bytes()
}
