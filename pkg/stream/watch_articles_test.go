package stream

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// line is what a watcher saw, as "subject headline".
func (m ArticleMessage) line() string {
	headline := "-"
	if m.Article != nil {
		headline = fmt.Sprintf("%.20s", m.Article.Headline)
	}
	return strings.TrimPrefix(m.Subject, "news.v1.") + " " + headline
}

// watch shows lines until n have come.
func watch(t *testing.T, c *Conn, at *Position, n int, subjects ...string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	enough := errors.New("enough")
	var lines []string
	show := func(m ArticleMessage) error {
		if m.Err != nil {
			t.Errorf("%s: %v", m.Subject, m.Err)
		}
		if lines = append(lines, m.line()); len(lines) == n {
			return enough
		}
		return nil
	}
	err := c.WatchArticles(ctx, at, subjects, show)
	for ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) { // a slow broker is asked again
		err = c.WatchArticles(ctx, at, subjects, show)
	}
	if !errors.Is(err, enough) {
		t.Fatalf("saw %q, then %v", lines, err)
	}
	return lines
}

// A watcher sees all of ARTICLE from where it begins, in order, whole where a
// record was too large for its message, and only the subjects that it named.
func TestWatchArticles(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	publish := func(name, language string, more int) {
		a := articleOf(name)
		a.InLanguage.Declared = language
		a.ArticleBody = hex.EncodeToString(noise(more))
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
		if err := c.PublishArticle(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	publish("one", "en", 10)
	publish("two", "de-AT", 10)
	between := time.Now()
	publish("three", "en", maxArticle)
	gone := frame("news.v1.withdrawn.en.news_example", "withdrawn/9", "", news.Trace{URL: "https://news.example/one", Site: "news.example"})
	gone.Data = []byte(`{"schema":"withdrawn/9"}`)
	if err := c.publish(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	publish("four", "en", 10)

	begin := time.Unix(1, 0)
	for _, tt := range []struct {
		name     string
		since    time.Time
		subjects []string
		want     []string
	}{
		{"all", begin, nil, []string{
			"article.en.news_example one", "article.de.news_example two", "article.en.news_example three", "withdrawn.en.news_example -", "article.en.news_example four"}},
		{"one subject", begin, []string{"news.v1.article.de.>"}, []string{"article.de.news_example two"}},
		{"two subjects", begin, []string{"news.v1.article.de.*", "news.v1.withdrawn.>"}, []string{"article.de.news_example two", "withdrawn.en.news_example -"}},
		{"later, two subjects", between, []string{"news.v1.article.*.*", "news.v1.withdrawn.>"}, []string{"article.en.news_example three", "withdrawn.en.news_example -", "article.en.news_example four"}},
		{"later", between, nil, []string{"article.en.news_example three", "withdrawn.en.news_example -", "article.en.news_example four"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, watch(t, c, &Position{Since: tt.since}, len(tt.want), tt.subjects...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}

	// One that goes on sees what came since, and nothing twice.
	at := &Position{Since: begin}
	watch(t, c, at, 5)
	publish("five", "en", 10)
	if diff := cmp.Diff([]string{"article.en.news_example five"}, watch(t, c, at, 1)); diff != "" {
		t.Errorf("went on with (-want +got):\n%s", diff)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := c.WatchArticles(ctx, at, nil, nil); err != nil {
		t.Errorf("stopped: %v", err)
	}
}

// The record of a large article is what the stream would have carried.
func TestWatchedRecordIsWhole(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	a := articleOf("large")
	a.ArticleBody = hex.EncodeToString(noise(maxArticle))
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := c.PublishArticle(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	err := c.WatchArticles(t.Context(), &Position{Since: time.Unix(1, 0)}, nil, func(m ArticleMessage) error {
		if diff := cmp.Diff(a, m.Article); diff != "" {
			t.Errorf("record (-want +got):\n%.400s", diff)
		}
		if len(m.JSON) < maxArticle || m.Schema != news.ArticleSchema || m.Trace.StoryID != a.StoryID || m.Sequence != 1 || m.Published.IsZero() {
			t.Errorf("%d bytes of %s, %+v", len(m.JSON), m.Schema, m.Trace)
		}
		return enough
	})
	if !errors.Is(err, enough) {
		t.Error(err)
	}
}

// When the broker goes away the watcher is told, and goes on behind what it saw
// on a new connection; also if it had seen nothing yet.
func TestWatchGoesOnAfterAnOutage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := startServer(t, ServerOptions{Dir: dir})
	broker := relayTo(t, server)
	cfg := Config{URL: broker.URL()}
	c := connect(t, cfg)
	setUp(t, c)
	publish := func(name string) {
		if err := c.PublishArticle(t.Context(), articleOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	publish("before")
	fresh, begun := &Position{}, &Position{Since: time.Unix(1, 0)}
	watch(t, c, begun, 1)
	readers := func() (names []string) {
		s, err := c.js.Stream(t.Context(), streamArticle)
		if err != nil {
			t.Fatal(err)
		}
		list := s.ConsumerNames(t.Context())
		for name := range list.Name() {
			names = append(names, name)
		}
		if list.Err() != nil {
			t.Fatal(list.Err())
		}
		return names
	}
	before := readers() // the other watcher's among them, until the broker forgets it
	lost := make(chan error, 1)
	go func() { lost <- c.WatchArticles(t.Context(), fresh, nil, func(ArticleMessage) error { return nil }) }()
	eventually(t, "the watcher watches", func() bool {
		return slices.ContainsFunc(readers(), func(name string) bool { return !slices.Contains(before, name) })
	})
	broker.stop(t, server)
	if err := receive(t, lost); !errors.Is(err, ErrLost) {
		t.Errorf("the watcher ended with %v, want ErrLost", err)
	}
	broker.lead(t, startServer(t, ServerOptions{Dir: dir}))
	publish("meanwhile")
	want := []string{"article.en.news_example meanwhile"}
	for name, at := range map[string]*Position{"one that had seen nothing": fresh, "one that had seen all": begun} {
		if diff := cmp.Diff(want, watch(t, connect(t, cfg), at, 1)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWatchWithoutStreams(t *testing.T) {
	t.Parallel()
	c := connect(t, Config{Server: startServer(t, ServerOptions{})})
	if err := c.WatchArticles(t.Context(), &Position{}, nil, nil); !errors.Is(err, ErrNoStreams) {
		t.Errorf("got %v, want ErrNoStreams", err)
	}
}
