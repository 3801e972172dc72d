package service_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copydesk/copydesk/docs/schema"
	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
)

// livingSite is a host whose feed and pages change; it counts what it sends and
// what it need not send.
type livingSite struct {
	mu           sync.Mutex
	docs         map[string]string
	sent, unsent map[string]int
}

const livingHost = "http://daily.example"

func newLivingSite(t *testing.T) (*livingSite, map[string]string) {
	s := &livingSite{docs: map[string]string{}, sent: map[string]int{}, unsent: map[string]int{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, map[string]string{"daily.example": server.Listener.Addr().String()}
}

func (s *livingSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, ok := s.docs[r.URL.Path]
	tag := fmt.Sprintf("%q", news.Digest([]byte(doc))[:30])
	switch {
	case !ok || doc == "":
		http.NotFound(w, r) // robots.txt among them
	case r.Header.Get("If-None-Match") == tag:
		s.unsent[r.URL.Path]++
		w.WriteHeader(http.StatusNotModified)
	default:
		s.sent[r.URL.Path]++
		w.Header().Set("ETag", tag)
		fmt.Fprint(w, doc)
	}
}

func (s *livingSite) serve(path, doc string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.docs[path] = doc
}

// feed lists stories by their number.
func (s *livingSite) feed(stories ...int) {
	var b strings.Builder
	for _, i := range stories {
		fmt.Fprintf(&b, "<item><title>Report %d</title><link>/story-%d</link></item>", i, i)
	}
	s.serve("/feed", `<rss version="2.0"><channel>`+b.String()+`</channel></rss>`)
}

// counts is how often a path was sent in full and answered with 304, and how
// often it was asked for in all.
func (s *livingSite) counts(path string) (sent, unsent, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent[path], s.unsent[path], s.sent[path] + s.unsent[path]
}

// A feed that updates during the run: what is new is indexed within two polls,
// nothing twice; an edited article gets a revision, an unedited one costs a 304. One that goes
// away is withdrawn until it is back.
func TestALivingFeed(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	validator, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	site, hosts := newLivingSite(t)
	for i := range 4 {
		site.serve(fmt.Sprintf("/story-%d", i), storyHTML(i))
	}
	site.feed(0, 1)
	settings := deskSettings(t)
	settings.Fetch.HostDelay, settings.Fetch.Hosts = 0, hosts
	var mu sync.Mutex
	var told []news.Withdrawn
	settings.Inspect = func(name string, doc []byte) error {
		if err := validator.Validate(name, doc); err != nil {
			t.Errorf("a message does not satisfy %s: %v\n%s", name, err, doc)
		}
		if name != news.WithdrawnSchema {
			return nil
		}
		var w news.Withdrawn
		err := json.Unmarshal(doc, &w)
		mu.Lock()
		defer mu.Unlock()
		told = append(told, w)
		return err
	}
	desk := startDesk(ctx, t, settings)
	ask := func(verb string, question, reply any) {
		t.Helper()
		if err := desk.Conn.Request(ctx, verb, question, reply); err != nil {
			t.Fatal(err)
		}
	}
	visits := func(i int) []string {
		t.Helper()
		var reply api.JourneyReply
		ask(api.Journey, api.JourneyRequest{URL: fmt.Sprintf("%s/story-%d", livingHost, i)}, &reply)
		var ends []string
		for _, v := range reply.Visits {
			ends = append(ends, strings.TrimSpace(fmt.Sprintf("%s %s %s", v.Stage, v.Outcome, v.Reason)))
		}
		return ends
	}
	ends := func(i int, want ...string) {
		t.Helper()
		var went []string
		defer func() {
			if t.Failed() {
				t.Logf("story %d went %q, should have gone %q", i, went, want)
			}
		}()
		waitUntil(ctx, t, fmt.Sprintf("story %d went %q", i, want), func() bool {
			went = visits(i)
			return slices.Equal(went, want)
		})
	}

	// A poll is asked for each time: no clock decides how many there were.
	const feed = livingHost + "/feed"
	ask(api.SourcesAdd, api.SourcesAddRequest{Sources: []frontier.SourceRequest{{URL: feed, Every: time.Hour}}}, nil)
	ends(0, "index done")
	ends(1, "index done")
	noted := func() bool {
		var reply api.SourcesListReply
		ask(api.SourcesList, api.SourcesListRequest{URL: feed}, &reply)
		return time.Until(reply.Sources[0].NextAt) > 30*time.Minute
	}
	poll := func() {
		t.Helper()
		waitUntil(ctx, t, "the poll before was noted", noted)
		_, _, before := site.counts("/feed")
		ask(api.SourcesResume, api.SourceRequest{URL: feed}, nil)
		waitUntil(ctx, t, "the feed was polled and the poll noted", func() bool {
			_, _, now := site.counts("/feed")
			return now > before && noted()
		})
	}
	poll()
	if sent, unsent, _ := site.counts("/feed"); sent != 1 || unsent != 1 {
		t.Errorf("a feed that did not change was sent %d times, and %d times not", sent, unsent)
	}
	site.feed(3, 2, 1, 0)
	poll()
	ends(2, "index done")
	ends(3, "index done")
	poll()
	for i := range 4 {
		if _, _, all := site.counts(fmt.Sprintf("/story-%d", i)); all != 1 {
			t.Errorf("story %d was fetched %d times by %d polls", i, all, 4)
		}
	}

	refetch := func(q api.RefetchRequest) {
		t.Helper()
		waitUntil(ctx, t, "the frontier has heard of every page", func() bool {
			var s api.StatusReply
			ask(api.Status("fetcher"), struct{}{}, &s)
			return s.Frontier.Waiting+s.Frontier.Sent == 0
		})
		ask(api.Refetch, q, nil)
	}
	// One of them is edited, and both are asked for again.
	site.serve("/story-0", strings.Replace(storyHTML(0), "In part 1 of this account", "In part 1 of this account, as corrected", 1))
	refetch(api.RefetchRequest{URLs: []string{livingHost + "/story-0", livingHost + "/story-1"}})
	ends(0, "index done", "index done")
	ends(1, "index done", "fetch unchanged")
	if sent, unsent, _ := site.counts("/story-1"); sent != 1 || unsent != 1 {
		t.Errorf("an unedited page was sent %d times, and %d times not, want one 304", sent, unsent)
	}
	shown, err := api.Gather[news.Stored](func(offset int) (piece api.Piece, err error) {
		err = desk.Conn.Request(ctx, api.Show, api.ShowRequest{Key: livingHost + "/story-0", Offset: offset}, &piece)
		return piece, err
	})
	if err != nil || shown.Versions != 2 || !strings.Contains(shown.ArticleBody, "as corrected") {
		t.Errorf("the edited story has %d versions, %v", shown.Versions, err)
	}

	// The rest of the site: all that was had, at one 304 each.
	refetch(api.RefetchRequest{Site: "daily.example"})
	ends(0, "index done", "index done", "fetch unchanged")
	ends(1, "index done", "fetch unchanged", "fetch unchanged")
	ends(2, "index done", "fetch unchanged")
	ends(3, "index done", "fetch unchanged")
	// One goes away, and comes back.
	withdrawn := func(i int) bool {
		t.Helper()
		piece := api.Piece{}
		ask(api.Show, api.ShowRequest{Key: fmt.Sprintf("%s/story-%d", livingHost, i)}, &piece)
		shown, err := api.Gather[news.Stored](func(int) (api.Piece, error) { return piece, nil })
		if err != nil {
			t.Fatal(err)
		}
		var found api.SearchReply
		ask(api.Search, api.SearchRequest{Query: word(i), Limit: 1}, &found)
		if gone := !shown.WithdrawnAt.IsZero(); gone != (found.Total == 0) {
			return false // the one is told after the other
		}
		return found.Total == 0
	}
	site.serve("/story-2", "")
	refetch(api.RefetchRequest{URLs: []string{livingHost + "/story-2"}})
	ends(2, "index done", "fetch unchanged", "fetch skipped notFound")
	waitUntil(ctx, t, "the story is withdrawn", func() bool { return withdrawn(2) && !withdrawn(3) })
	mu.Lock()
	if len(told) != 1 || told[0].URL != livingHost+"/story-2" || told[0].Language != "en" {
		t.Errorf("told of withdrawals: %+v", told)
	}
	mu.Unlock()
	site.serve("/story-2", storyHTML(2))
	refetch(api.RefetchRequest{URLs: []string{livingHost + "/story-2"}})
	ends(2, "index done", "fetch unchanged", "fetch skipped notFound", "index unchanged")
	waitUntil(ctx, t, "the story is back", func() bool { return !withdrawn(2) })

	waitUntil(ctx, t, "nothing is on its way", func() bool {
		var s api.StatusReply
		ask(api.Status("indexer"), struct{}{}, &s)
		return s.Index.Open == 0 && s.Index.Visits == 12 && s.Index.Stories == 4 && s.Index.Revisions == 5
	})
}
