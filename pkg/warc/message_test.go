package warc_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/warc"
)

func TestReadMessage(t *testing.T) {
	tests := []struct {
		name, block string
		status      int
		body        string
	}{
		{"plain", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Tide", 200, "<p>Tide"},
		{"without a reason", "HTTP/2 404\r\n\r\n", 404, ""},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nTid\r\n1;x=y\r\ne\r\n0\r\n\r\n", 200, "Tide"},
		{"said to be chunked, and not", "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n<p>Tide", 200, "<p>Tide"},
		{"line feeds alone", "HTTP/1.0 200 OK\nServer: x\n\nTide", 200, "Tide"},
		{"no status", "HTTP/1.1 code HUH?\r\n\r\nTide", 0, "Tide"},
		{"without any version", "HTTP 200 OK\r\n\r\nTide", 200, "Tide"},
		{"blanks for one", "HTTP/1.1  200\r\n\r\nTide", 200, "Tide"},
		{"behind empty lines", "\r\n\nHTTP/1.1 200 OK\r\n\r\nTide", 200, "Tide"},
		{"no field", "HTTP/1.1 200 OK\r\nTide\r\n\r\n<p>Ebb", 200, "<p>Ebb"},
		{"a head alone", "HTTP/1.1 301 Moved\r\nLocation: /tide\r\n", 301, ""},
		{"a head that ends in a line", "HTTP/1.1 301 Moved\r\nLocation: /tide", 301, ""},
		{"another protocol", "ICY 200 OK\r\n\r\nTide", 200, "Tide"},
		{"a request", "GET /tide HTTP/1.1\r\nHost: news.example\r\n\r\n", 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := warc.ReadMessage(strings.NewReader(test.block))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(m.Body)
			if err != nil || string(body) != test.body || m.Status() != test.status {
				t.Errorf("got %d, %q, %v, want %d, %q", m.Status(), body, err, test.status, test.body)
			}
		})
	}
}

func TestReadMessageKeepsFields(t *testing.T) {
	m, err := warc.ReadMessage(strings.NewReader("HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nX-B : 2\r\n\tand 3\r\nno field\r\n of two lines\r\nset-cookie: c=3\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []warc.Field{{"set-cookie", "a=1"}, {"X-B", "2 and 3"}, {"set-cookie", "c=3"}}
	if diff := cmp.Diff(want, m.Header); diff != "" || m.Protocol() != "HTTP/1.1" {
		t.Errorf("%s (-want +got):\n%s", m.Protocol(), diff)
	}
}

func TestReadMessageRefuses(t *testing.T) {
	for name, block := range map[string]string{
		"nothing":           "",
		"empty lines":       "\r\n\r\n",
		"a body alone":      "<p>Tide\r\n<p>Ebb\r\n\r\n",
		"a head too long":   "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2<<20) + "\r\n\r\n",
		"lines without end": "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: x\r\n", 1<<18) + "\r\n",
	} {
		if m, err := warc.ReadMessage(strings.NewReader(block)); err == nil {
			t.Errorf("%s: got %q, no error", name, m.Start)
		}
	}
}

func TestTime(t *testing.T) {
	noon := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-05-03T12:00:00Z": noon, "2026-05-03T14:00:00+02:00": noon, "2026-05-03T12:00:00.123456789Z": noon.Add(123456789),
		"2026-05-03T12:00Z": noon, "2026-05-03": noon.Add(-12 * time.Hour), "2026-05": noon.Add(-60 * time.Hour), "2026": time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		"": {}, "yesterday": {}, "2026-05-03 12:00:00": {}, "2026-13": {},
	} {
		got, err := warc.Header{{Name: warc.Date, Value: text}}.Time()
		if !got.Equal(want) || (err != nil) != want.IsZero() {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
		}
	}
}
