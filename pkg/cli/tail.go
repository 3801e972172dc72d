package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/stream"
)

type tailCommand struct {
	Subject []string `help:"Only what is published on these subjects, such as news.v1.article.de.>; the server leaves out the rest." placeholder:"SUBJECT"`
	Where   string   `help:"Only what this query finds; words and filters as in search." placeholder:"QUERY"`
	Since   since    `help:"Begin that long ago (90m, 7d) or then (2026-01-31), not now." placeholder:"AGE|TIME"`
	Count   int      `short:"n" help:"End after so many." placeholder:"N"`
}

// Run prints articles as they come, until interrupted.
func (x *tailCommand) Run(ctx context.Context, c *console) error {
	for _, s := range x.Subject {
		if !watchable.MatchString(s) {
			return fmt.Errorf("--subject %q: articles are on news.v1.article.<language>.<site>, such as news.v1.article.de.>: %w", s, config.ErrUsage)
		}
	}
	query, err := parseWhere(x.Where)
	if err != nil {
		return err
	}
	if c.err.IsTerminal() {
		fmt.Fprintln(c.err, c.err.Dim("watching articles; interrupt to stop"))
	}
	return (&tail{console: c, subjects: x.Subject, query: query, left: x.Count, at: stream.Position{Since: x.Since.Time}}).follow(ctx)
}

// watchable are the subjects that an article can come on, or some of them.
var watchable = regexp.MustCompile(`^news\.v1\.(article|withdrawn)\.(>|[^\s.>]+\.(>|[^\s.>]+))$`)

// parseWhere reads a query; none is found by every article.
func parseWhere(text string) (search.Query, error) {
	if strings.TrimSpace(text) == "" {
		return search.Query{}, nil
	}
	query, err := search.Parse(text)
	if err != nil {
		return query, &refused{err.Error(), config.ErrUsage}
	}
	return query, nil
}

// tail is a watch over the stream of articles.
type tail struct {
	*console
	subjects []string
	query    search.Query
	left     int // to be shown, 0 for all
	at       stream.Position
	// end is why nothing more can be shown, errEnough if all was.
	end error
	// waiting is what was said last of a broker that is away.
	waiting string
}

// errEnough ends a watch that has shown what was asked for.
var errEnough = errors.New("enough")

// tailPause is the wait before a broker that is away is looked for again.
const tailPause = 500 * time.Millisecond

// follow shows what comes, over as many connections as that takes. A broker
// that was never there is an error.
func (t *tail) follow(ctx context.Context) error {
	for watched := false; ; watched = true {
		err := t.watch(ctx)
		switch {
		case ctx.Err() != nil || errors.Is(t.end, errEnough):
			return nil
		case t.end != nil:
			return t.end
		case !watched && !errors.Is(err, stream.ErrLost):
			return understood(err)
		case errors.Is(err, stream.ErrLost):
			t.say("lost the NATS broker: waiting for it")
		case !errors.Is(err, errNotRunning):
			t.say(err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(tailPause):
		}
	}
}

// say tells of a broker that is away, each thing once.
func (t *tail) say(text string) {
	if text != t.waiting {
		t.waiting = text
		fmt.Fprintln(t.err, "copydesk:", text)
	}
}

// watch shows what comes over one connection. The address is looked up anew:
// a desk that was started again may have another.
func (t *tail) watch(ctx context.Context) error {
	conn, err := t.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if t.waiting != "" {
		t.say("the NATS broker is back")
		t.waiting = ""
	}
	return conn.WatchArticles(ctx, &t.at, t.subjects, func(m stream.ArticleMessage) error {
		t.end = t.show(m)
		return t.end
	})
}

func (t *tail) show(m stream.ArticleMessage) error {
	if m.Err != nil {
		fmt.Fprintf(t.err, "copydesk: message %d on %s: %v\n", m.Sequence, m.Subject, m.Err)
		return nil
	}
	about := m.Article
	if about == nil {
		about = placeOf(m)
	}
	if !t.query.Holds(about) {
		return nil
	}
	if err := t.print(m, about); err != nil {
		return err
	}
	if t.left--; t.left == 0 {
		return errEnough
	}
	return nil
}

// placeOf is what subject and headers say of a message that is no record: where
// it belongs, for filters.
func placeOf(m stream.ArticleMessage) *news.Article {
	a := &news.Article{StoryID: m.Trace.StoryID, URL: m.Trace.URL, Publisher: &news.Publisher{Domain: m.Trace.Site}}
	if tokens := strings.Split(m.Subject, "."); len(tokens) > 3 {
		a.InLanguage.Declared = tokens[3]
	}
	return a
}

func (t *tail) print(m stream.ArticleMessage, about *news.Article) error {
	if t.JSON {
		var line bytes.Buffer
		if err := json.Compact(&line, m.JSON); err != nil {
			fmt.Fprintf(t.err, "copydesk: message %d on %s: %v\n", m.Sequence, m.Subject, err)
			return nil
		}
		line.WriteByte('\n')
		_, err := line.WriteTo(t.out)
		return err
	}
	text, paint := about.Headline, t.out.Bold
	if m.Article == nil {
		kind, _, _ := strings.Cut(strings.TrimPrefix(m.Subject, "news.v1."), ".")
		text, paint = joined(": ", kind, about.URL), t.out.Warn
	}
	when, place := m.Published.Local().Format(time.Stamp), fmt.Sprintf("%-3s  %-20s", about.InLanguage.Primary(), about.Trace().Site)
	room := max(20, t.out.Width-len(when)-len(place)-4)
	_, err := fmt.Fprintf(t.out, "%s  %s  %s\n", t.out.Dim(when), t.out.Accent(place), paint(t.out.Cut(text, room)))
	return err
}
