package fetch

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestHeaderText(t *testing.T) {
	tests := []struct {
		name, text string
		want       []news.HeaderField
	}{
		{"order, case and repeats stay", "HTTP/1.1 200 OK\r\nb: 1\r\nA: 2\r\nB: 3\r\n\r\nbody: no\r\n\r\n",
			[]news.HeaderField{{Name: "b", Value: "1"}, {Name: "A", Value: "2"}, {Name: "B", Value: "3"}}},
		{"no fields", "HTTP/1.1 200 OK\r\n\r\nbody", nil},
		{"bare line feeds", "HTTP/1.1 200 OK\nA: 1\n\nbody", []news.HeaderField{{Name: "A", Value: "1"}}},
		{"space around values", "HTTP/1.1 200 OK\r\nA: \t1 2 \r\nB:\r\n\r\n",
			[]news.HeaderField{{Name: "A", Value: "1 2"}, {Name: "B", Value: ""}}},
		{"folded", "HTTP/1.1 200 OK\r\nA: 1\r\n  2\r\n\t3\r\n\r\n", []news.HeaderField{{Name: "A", Value: "1 2 3"}}},
		{"bytes that are no text", "HTTP/1.1 200 OK\r\nA: \xe4\xff\r\n\r\n", []news.HeaderField{{Name: "A", Value: "\u00e4\u00ff"}}},
		{"interim responses", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\n\r\n",
			[]news.HeaderField{{Name: "A", Value: "1"}}},
		{"a request", "GET / HTTP/1.1\r\nHost: news.example\r\n\r\n", []news.HeaderField{{Name: "Host", Value: "news.example"}}},
	}
	for _, tt := range tests {
		for _, size := range []int{1, 3, 4096} {
			h := headerText{limit: 1 << 10}
			for chunk := range chunks([]byte(tt.text), size) {
				h.add(chunk)
			}
			if diff := cmp.Diff(tt.want, h.fields()); diff != "" || !h.ended {
				t.Errorf("%s, %d bytes at a time: ended %v (-want +got):\n%s", tt.name, size, h.ended, diff)
			}
		}
	}
}

func chunks(b []byte, size int) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(b) > 0 {
			n := min(size, len(b))
			if !yield(b[:n]) {
				return
			}
			b = b[n:]
		}
	}
}

func TestHeaderTextIsBounded(t *testing.T) {
	h := headerText{limit: 1000}
	for range 100 {
		h.add(bytes.Repeat([]byte("x"), 99))
	}
	if !h.over || h.ended || cap(h.text) > 2000 {
		t.Errorf("over %v, ended %v, %d bytes kept, want over and at most 2000", h.over, h.ended, cap(h.text))
	}
}

// What passed over a connection comes back byte for byte from the fields noted.
func FuzzRecorder(f *testing.F) {
	f.Add("Date|today\nset-cookie|a=1\nSet-Cookie|b=2", uint8(7))
	f.Add("A|\xe4\nB|", uint8(1))
	f.Fuzz(func(t *testing.T, lines string, size uint8) {
		var b strings.Builder
		for line := range strings.SplitSeq(lines, "\n") {
			name, value, _ := strings.Cut(line, "|")
			value = strings.Trim(strings.ReplaceAll(value, "\r", ""), " \t")
			if name = strings.Map(token, name); name != "" {
				b.WriteString(name + ": " + value + "\r\n")
			}
		}
		fields := b.String()
		r := newRecorder(&script{said: strings.NewReader("HTTP/1.1 200 OK\r\n" + fields + "\r\nbody")}, 1<<20)
		r.begin()
		if _, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{r}, make([]byte, max(1, size))); err != nil {
			t.Fatal(err)
		}
		_, received := r.headers()
		if got := serialise(received.fields()); got != fields || !received.ended {
			t.Errorf("got  %q\nwant %q", got, fields)
		}
	})
}

func token(r rune) rune {
	if r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r) {
		return -1
	}
	return r
}

func serialise(fields []news.HeaderField) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(f.Name + ": ")
		for _, r := range f.Value {
			b.WriteByte(byte(r))
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

// script is a connection on which everything has been said.
type script struct {
	net.Conn
	said io.Reader
}

func (s *script) Read(p []byte) (int, error) { return s.said.Read(p) }

func TestRebuilt(t *testing.T) {
	got := rebuilt(http.Header{"B": {"2", "1"}, "A": {"x"}})
	want := []news.HeaderField{{Name: "A", Value: "x"}, {Name: "B", Value: "2"}, {Name: "B", Value: "1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}
