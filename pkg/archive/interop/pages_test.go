//go:build interop

package interop_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// pages are those of the server that every program archives, by path.
func pages(t *testing.T) map[string][]byte {
	t.Helper()
	story := func(name string, lines int) []byte {
		var b strings.Builder
		fmt.Fprintf(&b, "<!doctype html><title>%s</title><h1>The tide at %s</h1>", name, name)
		for i := range lines {
			fmt.Fprintf(&b, "\r\n<p>On day %d the water stood %d cm over the sill, said Ada Finch.</p>", i, i*i%977)
		}
		return []byte(b.String())
	}
	latin, err := charmap.ISO8859_1.NewEncoder().Bytes(story("Brückmühle", 20))
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"/plain": story("Millbrook", 12), "/chunked?day=1": story("Lindow", 40), "/coded": story("Harrow", 30),
		"/latin": latin, "/long": story("Wexley", 6000), "/empty": nil,
	}
}

// paths are those of pages, in order.
func paths(pages map[string][]byte) []string {
	var all []string
	for path := range pages {
		all = append(all, path)
	}
	slices.Sort(all)
	return all
}

// serve serves pages in the ways of the web.
func serve(t *testing.T, pages map[string][]byte) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/latin":
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		case "/chunked":
			for part := range slices.Chunk(body, 700) {
				w.Write(part)
				w.(http.Flusher).Flush()
			}
			return
		case "/coded":
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				w.Header().Set("Content-Encoding", "gzip")
				body = gzipped(body)
			}
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.Write(body)
	}))
	t.Cleanup(server.Close)
	return server
}

func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(body)
	w.Close()
	return b.Bytes()
}
