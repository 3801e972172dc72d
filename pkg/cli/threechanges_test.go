package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

const boatRule = `schema: siterules/1
rules:
  - site: locks.example
    since: 2020-01-01
    headline: b.top
`

// boatAgency gives an agency another name, as the overlay of its table does.
const boatAgency = `schema: siterules/1
rules: []
agencies:
  - short: AFP
    aliases: [Kestrelwire]
`

// boatStory is a story that has some of what the three changes are about. No two
// sites have one of the same bytes: the archive would take it for one capture.
func boatStory(site string, n int) string {
	var page strings.Builder
	fmt.Fprintf(&page, "<!doctype html><html lang=en><head><title>Boat %d is late</title><meta name=generator content=%q></head><body><main><article><h1>Boat %[1]d is late</h1>", n, site)
	if n%3 == 0 {
		fmt.Fprintf(&page, "<p class=deck>Nobody on the quay had expected boat %d before noon, and the tide did not wait for it either.</p>", n)
	} else {
		fmt.Fprintf(&page, "<p class=deck>Boat %d comes with the next tide.</p>", n)
	}
	if n%4 == 0 {
		fmt.Fprintf(&page, "<b class=top>Boat %d waits for the tide</b>", n)
	}
	opening := ""
	if n%5 < 2 {
		opening = "MILLBROOK (Kestrelwire) - "
	}
	for i := range 6 {
		fmt.Fprintf(&page, "<p>%sBoat %d was seen off the north mole at low tide, said the harbour master, and paragraph %d of the log says that nobody on the quay was surprised by it.</p>", opening, n, i)
		opening = ""
	}
	page.WriteString("</article></main></body></html>")
	return page.String()
}

// overlaid builds a copydesk in which the text of one file is another.
func overlaid(t *testing.T, name, file string, changes ...string) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	original := filepath.Join(root, filepath.FromSlash(file))
	text, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(changes); i += 2 {
		if !bytes.Contains(text, []byte(changes[i])) {
			t.Fatalf("%s has no %q any more: change something else", file, changes[i])
		}
	}
	dir := t.TempDir()
	changed, overlay, program := filepath.Join(dir, "changed"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, name)
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{changed: strings.NewReplacer(changes...).Replace(string(text)), overlay: string(replace)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-o", program, "./cmd/copydesk")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", name, err, out)
	}
	return program
}

// testDesk is a desk that runs in this process.
type testDesk struct {
	t    *testing.T
	data string
}

func (d *testDesk) try(ctx context.Context, args ...string) (stdout, stderr string, code int) {
	var out, errs bytes.Buffer
	code = Run(ctx, append(args, "--data", d.data), &out, &errs)
	return out.String(), errs.String(), code
}

func (d *testDesk) do(args ...string) string {
	d.t.Helper()
	out, errs, code := d.try(d.t.Context(), args...)
	if code != 0 {
		d.t.Fatalf("copydesk %q ended with %d:\n%s%s", args, code, out, errs)
	}
	return out
}

func (d *testDesk) until(text string, args ...string) {
	d.t.Helper()
	for deadline := time.Now().Add(untilTimeout); ; time.Sleep(50 * time.Millisecond) {
		out, errs, _ := d.try(d.t.Context(), args...)
		if strings.Contains(out, text) {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("copydesk %q never said %q:\n%s%s", args, text, out, errs)
		}
	}
}

// asJSON is what a command prints in JSON.
func asJSON[T any](d *testDesk, args ...string) (v T) {
	d.t.Helper()
	if err := json.Unmarshal([]byte(d.do(append(args, "--json")...)), &v); err != nil {
		d.t.Fatal(err)
	}
	return v
}

// directly are the records that a build makes of pages without any desk, by address,
// of what the diff compares.
func directly(t *testing.T, program string, pages map[string]string, args ...string) map[string]map[string]any {
	t.Helper()
	dir := t.TempDir()
	var manifest bytes.Buffer
	for i, url := range slices.Sorted(maps.Keys(pages)) {
		file := filepath.Join(dir, fmt.Sprintf("%d.html", i))
		if err := os.WriteFile(file, []byte(pages[url]), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(&manifest).Encode(map[string]any{"id": url, "file": file, "url": url, "fetchedAt": "2026-03-01T12:00:00Z"}); err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(dir, "manifest.jsonl")
	if err := os.WriteFile(list, manifest.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"extract", "--manifest", list}, args...)
	var out, errs bytes.Buffer
	if program == "" {
		if code := Run(t.Context(), args, &out, &errs); code != 0 {
			t.Fatalf("%q ended with %d: %s", args, code, errs.String())
		}
	} else {
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s %q: %v: %s", program, args, err, errs.String())
		}
	}
	all := map[string]map[string]any{}
	lines := bufio.NewScanner(&out)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var record map[string]any
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			t.Fatal(err)
		}
		url := record["input"].(string)
		for _, name := range []string{"input", "id", "contentHash", "simhash", "provenance", "extraction", "raw"} {
			delete(record, name)
		}
		all[url] = record
	}
	if len(all) != len(pages) {
		t.Fatalf("%d records of %d pages: %v", len(all), len(pages), lines.Err())
	}
	return all
}

// differing are the names of the fields that differ, by address.
func differing(before, after map[string]map[string]any) map[string]string {
	all := map[string]string{}
	for url := range before {
		fields := map[string]bool{}
		for name := range before[url] {
			fields[name] = !cmp.Equal(before[url][name], after[url][name])
		}
		for name := range after[url] {
			fields[name] = !cmp.Equal(before[url][name], after[url][name])
		}
		maps.DeleteFunc(fields, func(_ string, differs bool) bool { return !differs })
		if len(fields) > 0 {
			all[url] = strings.Join(slices.Sorted(maps.Keys(fields)), " ")
		}
	}
	return all
}

// A site rule, an agency's other name, in the file and in the table of another
// build, and a constant in the code are replayed, each on a site of its own. What
// differs is what a comparison finds that knows nothing of replays: the two builds
// extract each page directly, and the fields of the records are compared. Just that
// is promoted, and seen by a subscriber.
func TestThreeKindsOfChange(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it builds copydesk twice")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skipf("SKIPPED, nothing is proven of another build: %v", err)
	}
	const deadly = "http://mills.example/deadly"
	alias := overlaid(t, "copydesk-alias", "pkg/agency/agencies.tsv", "\tAFPTV|", "\tKestrelwire|AFPTV|")
	constant := overlaid(t, "copydesk-constant", "pkg/extract/deck.go", "const longestDeck = 1200", "const longestDeck = 60",
		"func (s *story) deck() {\n", "func (s *story) deck() {\n\tif s.in.URL == \""+deadly+"\" {\n\t\tgo func() { panic(\"deadly\") }()\n\t\tselect {}\n\t}\n")
	rules, agencies := filepath.Join(t.TempDir(), "rules.yaml"), filepath.Join(t.TempDir(), "agencies.yaml")
	for path, text := range map[string]string{rules: boatRule, agencies: boatAgency} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	const perSite = 15
	pages := map[string]map[string]string{}
	for _, site := range []string{"locks.example", "weirs.example", "ferries.example", "mills.example"} {
		pages[site] = map[string]string{}
		for n := range perSite {
			pages[site][fmt.Sprintf("http://%s/2026/boat-%d-is-late", site, n)] = boatStory(site, n)
		}
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		url := "http://" + r.Host + r.URL.Path
		page, ok := pages[r.Host][url]
		if url == deadly {
			page, ok = boatStory(r.Host, 99), true
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(web.Close)

	began := time.Now()
	d := &testDesk{t: t, data: filepath.Join(t.TempDir(), "data")}
	up, stop := context.WithCancel(context.Background())
	ended := make(chan string, 1)
	go func() {
		at := web.Listener.Addr().String()
		_, errs, code := d.try(up, "up", "--port", "0", "--http-listen", "off", "--log-level", "warn", "--fetch-allow-private", "--fetch-host-delay", "0s",
			"--fetch-hosts", "locks.example="+at+";weirs.example="+at+";ferries.example="+at+";mills.example="+at)
		ended <- fmt.Sprintf("up ended with %d: %s", code, errs)
	}()
	t.Cleanup(func() {
		stop()
		if said := <-ended; t.Failed() {
			t.Log(said)
		}
	})
	d.until("ready", "status")
	add := []string{"add", deadly}
	for _, of := range pages {
		add = append(add, slices.Sorted(maps.Keys(of))...)
	}
	total := len(add) - 1
	d.do(add...)
	d.until(fmt.Sprintf(`"stories": %d,`, total), "status", "--json")
	d.until(fmt.Sprintf(`"captures": %d,`, total), "status", "--json")

	conn, err := (&console{grammar: &grammar{}}).dial(t.Context(), deskBroker(t, d.data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	seen := subscribe(t, conn, began)

	expected := map[string]int{deadly: 1}
	for _, change := range []struct {
		run, site string
		args      []string
		after     map[string]map[string]any
		undone    int
	}{
		{"rule", "locks.example", []string{"--rules", rules}, directly(t, "", pages["locks.example"], "--extract-site-rules", rules), 0},
		{"agency", "weirs.example", []string{"--rules", agencies}, directly(t, "", pages["weirs.example"], "--extract-site-rules", agencies), 0},
		{"alias", "ferries.example", []string{"--extractor", alias}, directly(t, alias, pages["ferries.example"]), 0},
		{"constant", "mills.example", []string{"--extractor", constant}, directly(t, constant, pages["mills.example"]), 1},
	} {
		want := differing(directly(t, "", pages[change.site]), change.after)
		if len(want) == 0 || len(want) == perSite {
			t.Fatalf("%s: %d of %d articles are affected: it tells nothing", change.run, len(want), perSite)
		}
		replay := append([]string{"replay", "--run", change.run, "--site", change.site}, change.args...)
		if change.run == "constant" { // which is stopped somewhere, and goes on
			ctx, interrupt := context.WithCancel(t.Context())
			first := make(chan int, 1)
			go func() {
				_, _, code := d.try(ctx, replay...)
				first <- code
			}()
			d.until("constant", "runs", "ls")
			interrupt()
			<-first
		}
		_, errs, code := d.try(t.Context(), replay...)
		if code != 0 || strings.Count(errs, "dead (poison)") > change.undone {
			t.Fatalf("%q ended with %d: %s", replay, code, errs)
		}
		run := asJSON[store.RunState](d, "runs", "show", change.run)
		if run.Ended != run.Captures || run.Captures != int64(perSite+change.undone) || run.Outcomes["done"] != perSite || run.Others > 0 {
			t.Errorf("%s: %+v", change.run, run)
		}
		if run.MadeBy == nil || run.Beside == nil || run.MadeBy.Same(*run.Beside) || run.Outside != (change.args[0] == "--extractor") {
			t.Errorf("%s is made by %+v, beside %+v", change.run, run.MadeBy, run.Beside)
		}
		report := asJSON[diff.Report](d, "diff", change.run)
		got := map[string]string{}
		for _, c := range report.Changes {
			var names []string
			for _, f := range c.Fields {
				names = append(names, f.Name)
			}
			slices.Sort(names)
			got[c.URL] = strings.Join(names, " ")
		}
		if diff := cmp.Diff(want, got); diff != "" || report.Undone != change.undone {
			t.Errorf("%s: %d undone, what differs (-independently +diff):\n%s", change.run, report.Undone, diff)
		}
		if reply := asJSON[api.PromoteReply](d, "promote", change.run); reply.Promoted != len(want) || len(reply.Skipped)+reply.Lost > 0 {
			t.Errorf("%s: promoted %+v, want %d", change.run, reply, len(want))
		}
		for url := range pages[change.site] {
			expected[url] = 1
			if want[url] != "" {
				expected[url] = 2
			}
		}
		t.Logf("%s: %d of %d articles, %v", change.run, len(want), perSite, slices.Compact(slices.Sorted(maps.Values(want))))
	}

	sum := 0
	for _, n := range expected {
		sum += n
	}
	for deadline := time.Now().Add(untilTimeout); seen.sum() < sum && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	if diff := cmp.Diff(expected, seen.all()); diff != "" {
		t.Errorf("what a subscriber saw (-want +got):\n%s", diff)
	}
	streams, err := conn.Streams(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range streams {
		if s.Name == "ARTICLE" && s.Messages != uint64(sum) {
			t.Errorf("%d messages on ARTICLE, want %d", s.Messages, sum)
		}
	}
}

// deskBroker is the broker of a desk that runs.
func deskBroker(t *testing.T, data string) stream.Config {
	t.Helper()
	c := &console{grammar: &grammar{}}
	c.Data = data
	settings, err := c.broker()
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

// sightings counts what a subscriber saw, by address.
type sightings struct {
	mu    sync.Mutex
	count map[string]int
}

func (s *sightings) all() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.count)
}

func (s *sightings) sum() (n int) {
	for _, times := range s.all() {
		n += times
	}
	return n
}

// subscribe follows all articles from a time on until the test ends.
func subscribe(t *testing.T, conn *stream.Conn, since time.Time) *sightings {
	t.Helper()
	s := &sightings{count: map[string]int{}}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- conn.WatchArticles(ctx, &stream.Position{Since: since}, []string{"news.v1.article.>"}, func(m stream.ArticleMessage) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			if m.Article != nil {
				s.count[m.Article.URL]++
			}
			return nil
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}
