package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/weburl"
)

type refetchCommand struct {
	URLs  []string `arg:"" optional:"" name:"url" help:"URLs that were added before, by you or by a source."`
	Site  string   `help:"All pages of this domain that were had." placeholder:"DOMAIN"`
	Whole bool     `help:"Have pages sent that did not change, too."`
}

// Run has pages fetched again.
func (x *refetchCommand) Run(ctx context.Context, c *console) error {
	if (x.Site == "") == (len(x.URLs) == 0) {
		return needsURLs("URLs, or a --site")
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	answers := []frontier.Again{}
	if x.Site != "" {
		answers, err = x.site(ctx, conn)
	}
	for some := range slices.Chunk(x.URLs, api.AddLimit) {
		var reply api.RefetchReply
		if reply, err = ask[api.RefetchReply](ctx, conn, api.Refetch, api.RefetchRequest{URLs: some, Whole: x.Whole}); err != nil {
			break
		}
		answers = append(answers, reply.Answers...)
	}
	if told := tellAgain(c, answers); err == nil {
		return told
	}
	return err
}

// site asks for the pages of a site, so many at a time.
func (x *refetchCommand) site(ctx context.Context, conn *stream.Conn) ([]frontier.Again, error) {
	question := api.RefetchRequest{Site: weburl.Site("https://" + x.Site), Whole: x.Whole}
	answers := []frontier.Again{}
	for {
		reply, err := ask[api.RefetchReply](ctx, conn, api.Refetch, question)
		if err != nil {
			return answers, err
		}
		answers = append(answers, reply.Answers...)
		if question.After = reply.Next; reply.Next == 0 {
			break
		}
	}
	if len(answers) == 0 {
		return answers, fmt.Errorf("no page of %s was fetched: %w", x.Site, errNotFound)
	}
	return answers, nil
}

// tellAgain sums up for people, and fails if a URL was never added.
func tellAgain(c *console, answers []frontier.Again) error {
	again, underWay, unknown := 0, 0, 0
	for _, a := range answers {
		switch {
		case a.Unknown:
			unknown++
			fmt.Fprintf(c.err, "copydesk: refetch %s: it was never added\n", a.URL)
		case a.UnderWay:
			underWay++
		default:
			again++
		}
	}
	if c.JSON {
		if err := printJSON(c.out, api.RefetchReply{Answers: answers}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "to be fetched again %d, under way already %d, unknown %d\n", again, underWay, unknown)
	}
	switch {
	case unknown > 0 && unknown == len(answers):
		return errNotFound
	case unknown > 0:
		return errPartly
	}
	return nil
}
