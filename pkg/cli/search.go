package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/term"
)

type searchCommand struct {
	Query  []string `arg:"" optional:"" help:"Words, \"exact phrases\", -not; site: lang: author: agency: type: after:2026-01-31 (that day on) before: (up to the day before)."`
	Limit  int      `short:"n" default:"10" help:"Most articles to list."`
	Offset int      `help:"How many to pass over." placeholder:"N"`
	Sort   string   `default:"relevance" enum:"relevance,date" help:"Order: ${enum}."`
}

// Run searches and lists what was found.
func (x *searchCommand) Run(ctx context.Context, c *console) error {
	query := strings.Join(x.Query, " ")
	reply, err := askDesk[api.SearchReply](ctx, c, api.Search, api.SearchRequest{
		Query: query, Limit: x.Limit, Offset: x.Offset, Sort: search.Order(x.Sort),
	})
	if err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(c.out, reply); err != nil {
			return err
		}
	} else {
		for _, hit := range reply.Hits {
			showHit(c.out, hit)
		}
	}
	if reply.Total == 0 {
		return fmt.Errorf("search %q: %w", query, errNotFound)
	}
	if !c.JSON {
		fmt.Fprintln(c.out, c.out.Dim(fmt.Sprintf("%d of %d, in %s", len(reply.Hits), reply.Total, reply.Took.Round(100*time.Microsecond))))
	}
	return nil
}

func showHit(out *term.Out, hit api.Hit) {
	fmt.Fprintln(out, out.Bold(hit.Headline))
	date := ""
	if hit.DatePublished != nil {
		date = hit.DatePublished.Value
	}
	fmt.Fprintln(out, "  "+out.Dim(joined(" · ", date, hit.Site, hit.Language))+"  "+out.Accent(hit.StoryID))
	out.Wrap(marked(out, hit.Snippet), "  ", textWidth)
	fmt.Fprintln(out)
}

// marked is a snippet on one line with its matches painted.
func marked(out *term.Out, s search.Snippet) string {
	var b strings.Builder
	if s.Before {
		b.WriteString("… ")
	}
	at := 0
	for _, m := range s.Marks {
		b.WriteString(s.Text[at:m[0]])
		// Word by word: the text is wrapped later.
		words := strings.Fields(s.Text[m[0]:m[1]])
		for i, word := range words {
			words[i] = out.Warn(word)
		}
		b.WriteString(strings.Join(words, " "))
		at = m[1]
	}
	b.WriteString(s.Text[at:])
	if s.After {
		b.WriteString(" …")
	}
	return b.String()
}
