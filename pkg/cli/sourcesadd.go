package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/feed"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/stream"
)

type sourcesAddCommand struct {
	URLs  []string      `arg:"" optional:"" name:"url" help:"Feeds (RSS, Atom, JSON Feed), sitemaps, sitemap indexes, or lists of feeds (OPML)."`
	OPML  string        `name:"opml" help:"File with a list of feeds, as feed readers export it." type:"existingfile" placeholder:"FILE"`
	Every time.Duration `help:"Time between two polls, 100ms to 720h; without it each source's own rhythm decides." placeholder:"DURATION"`
	Wait  time.Duration `help:"How long to wait until up to 20 sources were read once, to say what they are; 0 not at all." default:"15s"`
}

// waitFor is how many sources are waited for.
const waitFor = 20

// sourcesAdded is what "sources add" tells in JSON.
type sourcesAdded struct {
	Answers []frontier.SourceAnswer `json:"answers"`
	// Sources is what came of the first reading, of those that were read.
	Sources []frontier.Source `json:"sources,omitempty"`
}

// Run adds sources.
func (x *sourcesAddCommand) Run(ctx context.Context, c *console) error {
	requests, err := x.requests()
	if err != nil {
		return err
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var report sourcesAdded
	for some := range slices.Chunk(requests, api.AddLimit) {
		reply, err := ask[api.SourcesAddReply](ctx, conn, api.SourcesAdd, api.SourcesAddRequest{Sources: some})
		if err != nil {
			return err
		}
		report.Answers = append(report.Answers, reply.Answers...)
	}
	if len(report.Answers) <= waitFor {
		if report.Sources, err = firstReadings(ctx, conn, report.Answers, x.Wait); err != nil {
			return err
		}
	}
	return report.tell(c)
}

// requests are the sources named, on the command line and in the file.
func (x *sourcesAddCommand) requests() ([]frontier.SourceRequest, error) {
	if len(x.URLs) == 0 && x.OPML == "" {
		return nil, needsURLs("sources, or an --opml file")
	}
	var requests []frontier.SourceRequest
	for _, url := range x.URLs {
		requests = append(requests, frontier.SourceRequest{URL: url, Every: x.Every})
	}
	if x.OPML == "" {
		return requests, nil
	}
	text, err := os.ReadFile(x.OPML)
	if err != nil {
		return nil, err
	}
	doc, err := feed.Parse(text, "", "", feed.Limits{})
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", x.OPML, err)
	case doc.Kind != feed.OPML:
		return nil, fmt.Errorf("%s is no list of feeds but of kind %s: give its address instead", x.OPML, doc.Kind)
	}
	for _, s := range doc.Sources {
		requests = append(requests, frontier.SourceRequest{URL: s.URL, Title: s.Title, Every: x.Every})
	}
	return requests, nil
}

// firstReadings waits until every new source was read once, or could not be, but
// not longer than patience.
func firstReadings(ctx context.Context, conn *stream.Conn, added []frontier.SourceAnswer, patience time.Duration) ([]frontier.Source, error) {
	var sources []frontier.Source
	deadline := time.Now().Add(patience)
	for _, a := range added {
		if a.Error != "" || patience <= 0 {
			continue
		}
		for {
			reply, err := ask[api.SourcesListReply](ctx, conn, api.SourcesList, api.SourcesListRequest{URL: a.URL})
			if err != nil {
				return sources, err
			}
			s := reply.Sources[0]
			read := !s.SuccessAt.IsZero() || s.Error != ""
			if read || s.State == frontier.Paused || time.Now().After(deadline) {
				sources = append(sources, s)
				break
			}
			select {
			case <-ctx.Done():
				return sources, ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
	return sources, nil
}

// tell sums up for people, and fails if a source was refused or cannot be read.
func (a sourcesAdded) tell(c *console) error {
	if c.JSON {
		if err := printJSON(c.out, a); err != nil {
			return err
		}
	}
	failed := false
	known, refused := 0, 0
	for _, answer := range a.Answers {
		switch {
		case answer.Error != "":
			refused++
			fmt.Fprintf(c.err, "copydesk: add %s: %s\n", answer.URL, answer.Error)
		case answer.Known:
			known++
		}
	}
	var rows [][]string
	for _, s := range a.Sources {
		failed = failed || s.Error != ""
		state := sourceState(c.out, s)
		if s.Error != "" {
			state = c.out.Bad(s.Error)
		}
		rows = append(rows, []string{"  " + c.out.Accent(s.URL), s.Kind, items(s.Items), state})
	}
	if !c.JSON {
		c.out.Table(rows)
		fmt.Fprintf(c.out, "added %d, known before %d, refused %d\n", len(a.Answers)-known-refused, known, refused)
	}
	if failed || refused > 0 {
		return errPartly
	}
	return nil
}

func items(n int64) string {
	if n == 1 {
		return "1 new page"
	}
	return number(n) + " new pages"
}
