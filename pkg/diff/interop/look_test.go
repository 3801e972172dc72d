//go:build interop

package interop_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/news"
)

// missing skips what this machine cannot do; in CI it can.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

func browser(t *testing.T) (python, chromium string) {
	t.Helper()
	python = os.Getenv("INTEROP_PYTHON")
	if out, err := exec.Command(python, "-c", "import playwright").CombinedOutput(); err != nil {
		missing(t, "INTEROP_PYTHON=%q has no playwright: pip install -r pkg/diff/interop/requirements.txt (%v: %s)", python, err, out)
	}
	for _, name := range []string{"chromium", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return python, path
		}
	}
	missing(t, "no chromium is installed: apt-get install chromium")
	return "", ""
}

// hostile are words of pages that wish a reader ill.
var hostile = []string{
	`</style></details></main><script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`" onmouseover="alert(1)" style="position:fixed`,
	`javascript:alert(1)`,
	`{{.Run}} </title><base href=//evil.example>`,
	`<!-- <svg/onload=alert(1)>`,
}

const (
	articles = 1300
	arabic   = "تأخرت العبارة عن موعدها بسبب الضباب الكثيف في الميناء"
)

// record is an invented article.
func record(n int) *news.Article {
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(fmt.Sprint(n)), Type: news.NewsArticle,
		Headline: fmt.Sprintf("Boat %d leaves the pier with its crew", n), Byline: "By Edda Quill",
		Author:   []news.Person{{Name: "Edda Quill", Kind: news.KindPerson}},
		Keywords: []string{"boats", "piers"},
	}
	for p := range 8 {
		a.ArticleBody += fmt.Sprintf("Paragraph %d of boat %d says that the tide was high, that the wind came from the west, and that nobody aboard had asked for more than a dry seat.\n", p, n)
	}
	return a
}

// written is a record's JSON, nothing where there is none.
func written(t *testing.T, a *news.Article) []byte {
	if a == nil {
		return nil
	}
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// report is a diff of many articles: of every kind, by many fields and sites.
func report(t *testing.T) *diff.Report {
	r := &diff.Report{Run: "new-rules", Against: "index"}
	for n := range articles {
		site := fmt.Sprintf("harbour-%d.example", n%37)
		p := diff.Pair{
			CaptureID: fmt.Sprint(n), Site: site, URL: fmt.Sprintf("https://%s/2026/boat-%d?with=%s", site, n, strings.Repeat("long", n%40)),
		}
		before, after := record(n), record(n)
		switch n % 8 {
		case 0:
			after.Headline = "BREAKING " + after.Headline
		case 1:
			after.Author, after.Byline = nil, ""
		case 2:
			after, p.After.Why = nil, "skipped (noText)"
		case 3:
			before, p.Before.Why = nil, "none in the index"
		case 4:
			after.ArticleBody = after.ArticleBody[:len(after.ArticleBody)/(2+n%5)]
		case 5:
			after.Deck = "A deck " + hostile[n%len(hostile)]
		case 6:
			after.Keywords = append(after.Keywords, hostile[n%len(hostile)])
			after.Headline = hostile[n%len(hostile)] + " " + after.Headline
			p.URL = hostile[n%len(hostile)] + fmt.Sprint(n)
		case 7:
			if n == 7 {
				before.Headline, after.Headline = arabic, arabic+" اليوم"
				before.ArticleBody = strings.Repeat(arabic+".\n", 5)
				after.ArticleBody = strings.Repeat(arabic+".\n", 4)
				break
			}
			after.Keywords, after.Section = nil, strings.Repeat("Verylongwordthatnobodybreaks", 12)
		}
		p.Before.Record, p.After.Record = written(t, before), written(t, after)
		if err := r.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	r.Sort()
	return r
}

// choice is what filters are set to, and the headlines that they leave.
type choice struct {
	Choose map[string]string `json:"choose"`
	Shown  []string          `json:"shown"`
}

// want is what the browser has to show.
type want struct {
	All      []string                       `json:"all"`
	Filters  map[string]map[string][]string `json:"filters"`
	Together []choice                       `json:"together"`
	Words    []string                       `json:"words"`
	Right    string                         `json:"right"`
}

// left are the headlines of the articles that all the choices leave, by the
// report alone.
func left(r *diff.Report, choose map[string]string) []string {
	shown := []string{}
	for _, c := range r.Changes {
		field := choose["Field"] == "" || slices.ContainsFunc(c.Fields, func(f diff.Field) bool { return f.Name == choose["Field"] })
		kind := choose["Kind"] == "" || string(c.Kind) == choose["Kind"]
		if field && kind && (choose["Site"] == "" || c.Site == choose["Site"]) {
			shown = append(shown, c.Headline)
		}
	}
	return shown
}

func TestBrowser(t *testing.T) {
	python, chromium := browser(t)
	r := report(t)
	w := want{All: left(r, nil), Filters: map[string]map[string][]string{}, Words: hostile, Right: arabic}
	for group, names := range map[string][]diff.Count{
		"Kind": {{Name: string(diff.Changed)}, {Name: string(diff.Gained)}, {Name: string(diff.Lost)}}, "Field": r.Fields, "Site": r.Sites[:2],
	} {
		w.Filters[group] = map[string][]string{}
		for _, name := range names {
			w.Filters[group][name.Name] = left(r, map[string]string{group: name.Name})
		}
	}
	for _, choose := range []map[string]string{
		{"Kind": "lost", "Site": "harbour-10.example"},
		{"Field": "headline", "Site": "harbour-3.example"},
		{"Kind": "changed", "Field": "byline", "Site": "harbour-1.example"},
		{"Kind": "lost", "Field": "deck"},
	} {
		w.Together = append(w.Together, choice{choose, left(r, choose)})
	}
	folder := t.TempDir()
	var page bytes.Buffer
	if err := r.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	wanted, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	pictures := t.ArtifactDir()
	for name, text := range map[string][]byte{filepath.Join(pictures, "diff.html"): page.Bytes(), filepath.Join(folder, "want.json"): wanted} {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, "look.py", chromium, filepath.Join(pictures, "diff.html"), filepath.Join(folder, "want.json"), pictures).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%ssee %s", out, pictures)
}
