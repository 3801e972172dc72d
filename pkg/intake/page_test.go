package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
)

// read makes a source of one line and reads it.
func read(t testing.TB, line string) intake.Record {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "pages.jsonl")
	when := time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC)
	for name, text := range map[string]string{"pages.jsonl": line, "tide.txt": "The tide is high.", "tide.html": "<p>Tide"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(filepath.Join(folder, name), when, when); err != nil {
			t.Fatal(err)
		}
	}
	s, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []intake.Record
	for r, err := range s.Records(t.Context(), intake.Place{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if len(all) != 1 {
		t.Fatalf("%d records of %s", len(all), line)
	}
	return all[0]
}

// TestPage reads lines as different programs write them.
func TestPage(t *testing.T) {
	const url, html = "https://news.example/tide", "<p>Tide"
	written := time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC)
	noon := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	markup := news.Page{URL: url, Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte(html), FetchedAt: noon}
	with := func(change func(*news.Page)) news.Page {
		p := markup
		change(&p)
		return p
	}
	tests := []struct {
		name, line string
		want       news.Page
	}{
		{"the least", `{"url":"https://news.example/tide","html":"<p>Tide"}`, with(func(p *news.Page) { p.FetchedAt = written })},
		{"a byte order mark", "\xef\xbb\xbf" + `{"url":"https://news.example/tide","html":"<p>Tide","fetchedAt":"2026-05-03T12:00:00Z"}`, markup},
		{"a scraper's fields", `{"url":"https://news.example/tide","rawHtml":"<p>Tide","crawled_at":1777809600,"status":200,"lang":"en"}`, with(func(p *news.Page) { p.Hints.Language = "en" })},
		{"milliseconds", `{"link":"https://news.example/tide","raw_html":"<p>Tide","timestamp":"1777809600000"}`, markup},
		{"an index's timestamp", `{"url":"https://news.example/tide","html":"<p>Tide","timestamp":20260503120000}`, markup},
		{"a day is its end", `{"url":"https://news.example/tide","html":"<p>Tide","date":"2026-05-03"}`, with(func(p *news.Page) { p.FetchedAt = noon.Add(12*time.Hour - time.Second) })},
		{"news-please with the page beside it",
			`{"url":"https://news.example/tide","localpath":"tide.html","date_download":"2026-05-03 12:00:00","date_publish":"2026-05-02 09:00:00","title":"Tide","title_rss":null,"authors":["Ada Finch"],"language":"en"}`,
			with(func(p *news.Page) {
				p.ContentType = "text/html"
				p.Hints = news.Hints{Title: "Tide", DatePublished: "2026-05-02 09:00:00", Language: "en"}
			})},
		{"a story of Media Cloud's",
			`{"rss_entry":{"link":"https://news.example/t","title":"The tide","pub_date":"Sat, 02 May 2026 09:00:00 GMT"},"raw_html":{"html":"<p>Tide","encoding":"utf-8"},"http_metadata":{"response_code":200,"fetch_timestamp":1777809600.0,"final_url":"https://news.example/tide"}}`,
			with(func(p *news.Page) {
				p.Hints = news.Hints{Title: "The tide", DatePublished: "Sat, 02 May 2026 09:00:00 GMT"}
			})},
		{"an error of the site", `{"url":"https://news.example/tide","html":"<p>Tide","response_code":404,"fetched_at":"2026-05-03T14:00:00+02:00"}`, with(func(p *news.Page) { p.Status = 404 })},
		{"our own manifest", `{"id":"a","file":"tide.txt","url":"https://news.example/tide"}`, with(func(p *news.Page) {
			p.Body, p.ContentType, p.FetchedAt = []byte("The tide is high."), "text/plain", written
		})},
		{"keys of no meaning", `{"url":"https://news.example/tide","html":"<p>Tide","status":"ok","date":[1],"fetchedAt":"2026-05-03T12:00:00.0Z","title":7}`, markup},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := read(t, test.line)
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			want := test.want
			want.Schema, want.Origin, want.Site, want.Hints.Source = news.PageSchema, news.OriginArchive, "news.example", "pages.jsonl"
			want.RequestedURL = got.Page.RequestedURL
			want.VisitID = news.VisitID(want.RequestedURL, want.FetchedAt)
			want.Length, want.Digest = len(want.Body), news.Digest(want.Body)
			want.CaptureID = news.CaptureID(want.VisitID, want.Digest)
			if diff := cmp.Diff(&want, got.Page); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPageRefuses(t *testing.T) {
	for line, says := range map[string]string{
		`{"url":`: "no line of JSON", `[1]`: "no line of JSON", `{}`: "a page without an address: none of url,",
		`{"url":"tide"}`:                                                               "not an http or https URL",
		`{"url":"https://news.example/"}`:                                              "a page without HTML",
		`{"url":"https://news.example/","html":" "}`:                                   "a page without HTML",
		`{"url":"https://news.example/","file":"none.html"}`:                           "no such file",
		`{"url":"https://news.example/","file":"."}`:                                   "no file",
		`{"url":"https://news.example/","file":"../tide.html"}`:                        "escapes",
		`{"url":"https://news.example/","file":"/etc/hosts"}`:                          "escapes",
		`{"url":"https://news.example/","html":"` + strings.Repeat("x", 33<<20) + `"}`: "more than 32 MB",
		`{"url":"https://news.example/","html":"` + strings.Repeat("x", 65<<20) + `"}`: "a line of 68157",
	} {
		if r := read(t, line); r.Err == nil || !strings.Contains(r.Err.Error(), says) {
			t.Errorf("%.80s: got %v, want an error with %q", line, r.Err, says)
		}
	}
}

// FuzzPage: any line is a page of the web with a body, or an error.
func FuzzPage(f *testing.F) {
	f.Add(`{"url":"https://news.example/tide","html":"<p>Tide","date":1e300}`)
	f.Add(`{"url":"http://news.example","raw_html":{"html":"x"},"timestamp":"2026-05-03 12:00:00.5+01:00","file":"tide.txt"}`)
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n\x1f\x28") || strings.TrimSpace(line) == "" {
			return // several lines, or packed
		}
		r := read(t, line)
		if (r.Page == nil) == (r.Err == nil) || r.WARC != nil {
			t.Fatalf("got %+v", r)
		}
		if r.Page != nil && (len(r.Page.Body) == 0 || !strings.HasPrefix(strings.ToLower(r.Page.URL), "http") || r.Page.FetchedAt.IsZero()) {
			t.Fatalf("got %+v", r.Page)
		}
	})
}
