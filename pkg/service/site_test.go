package service_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// testSite is fifty invented hosts on one loopback port.
type testSite struct {
	server *httptest.Server
	pages  int

	mu     sync.Mutex
	failed map[int]bool // pages that answered 503 once already
}

const siteHosts = 50

func newSite(t *testing.T, pages int) *testSite {
	s := &testSite{pages: pages, failed: map[int]bool{}}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	return s
}

func siteHost(i int) string { return fmt.Sprintf("host%02d.example", i%siteHosts) }

// hostMap maps every name to the server.
func (s *testSite) hostMap() map[string]string {
	hosts := map[string]string{}
	for i := range siteHosts {
		hosts[siteHost(i)] = s.server.Listener.Addr().String()
	}
	return hosts
}

// hosts is hostMap as a setting.
func (s *testSite) hosts() string {
	var pairs []string
	for name, address := range s.hostMap() {
		pairs = append(pairs, name+"="+address)
	}
	return strings.Join(pairs, ";")
}

func (s *testSite) url(i int) string { return fmt.Sprintf("http://%s/2026/story-%d", siteHost(i), i) }

// kind says what page i is: one in twenty is not there, one in twenty is there
// at the second try only, one in twenty is no article.
func (s *testSite) kind(i int) string {
	switch i % 20 {
	case 7:
		return "missing"
	case 11:
		return "flaky"
	case 13:
		return "section"
	}
	return "story"
}

// want is the final outcome of page i.
func (s *testSite) want(i int) (news.Stage, news.Outcome) {
	switch s.kind(i) {
	case "missing":
		return news.StageFetch, news.Skipped
	case "section":
		return news.StageExtract, news.Skipped
	}
	return news.StageIndex, news.Done
}

// word is one that occurs on page i and on no other.
func word(i int) string { return fmt.Sprintf("merkwort%05dx", i) }

func (s *testSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, number, ok := strings.Cut(r.URL.Path, "/story-")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || s.kind(i) == "missing" {
		http.NotFound(w, r) // robots.txt among them: everything is allowed
		return
	}
	time.Sleep(time.Duration(20+i%60) * time.Millisecond) // a server at some distance
	if s.kind(i) == "flaky" && s.firstTime(i) {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, s.html(i))
}

// html is page i as it is served.
func (s *testSite) html(i int) string {
	if s.kind(i) == "section" {
		return sectionHTML(i)
	}
	return storyHTML(i)
}

func (s *testSite) firstTime(i int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.failed[i]
	s.failed[i] = true
	return first
}

var (
	who  = []string{"the harbour master", "a teacher", "the mayor", "two farmers", "the ferry crew", "a watchmaker", "the librarian"}
	what = []string{"repaired", "counted", "painted", "measured", "reopened", "catalogued", "photographed"}
	item = []string{"the old pier", "every bench in the park", "a tram from the depot", "the village clock", "the seed store", "the north mill", "three lighthouses"}
	when = []string{"before the rain came", "while the market was closed", "with help from the school", "for the third time this year", "to general surprise", "at low tide", "without any budget"}
)

// storyHTML is a story of some paragraphs that is the same at every request.
func storyHTML(i int) string {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Report %d: %s</title>
<meta property="article:published_time" content="2026-02-%02dT08:%02d:00Z"></head><body><nav><a href="/">Home</a> <a href="/news/">News</a></nav>
<article><h1>Report %d: %s</h1>`, i, word(i), 1+i%28, i%60, i, word(i))
	for p := range 8 {
		fmt.Fprintf(&b, "\n<p>In part %d of this account, %s %s %s %s. ", p+1, pick(who), pick(what), pick(item), pick(when))
		fmt.Fprintf(&b, "Afterwards, %s %s %s %s, as the notes of that day say.</p>", pick(who), pick(what), pick(item), pick(when))
	}
	b.WriteString("</article><footer>Invented for a test.</footer></body></html>")
	return b.String()
}

func sectionHTML(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Section %d</title><meta property="og:type" content="website"></head><body><h1>All stories</h1><ul>`, i)
	for j := range 40 {
		fmt.Fprintf(&b, `<li><h3><a href="/2026/story-%d">Report %d</a></h3></li>`, j, j)
	}
	b.WriteString("</ul></body></html>")
	return b.String()
}
