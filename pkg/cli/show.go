package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type showCommand struct {
	Story   string `arg:"" help:"A story's or revision's id, the beginning of one, or a URL."`
	Version int    `help:"The version to show; 0 for the latest." placeholder:"N"`
}

// Run shows one record.
func (x *showCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stored, err := askRecord(ctx, conn, api.ShowRequest{Key: x.Story, Version: x.Version})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, stored)
	}
	if !stored.WithdrawnAt.IsZero() {
		fmt.Fprintln(c.out, c.out.Bad("withdrawn: its page was found gone, or no article, on "+moment(stored.WithdrawnAt)))
	}
	showArticle(c.out, &stored.Article)
	fmt.Fprintf(c.out, "\n%s\n", c.out.Dim(fmt.Sprintf("version %d of %d, first seen %s, last %s; --json shows the whole record",
		stored.Version, stored.Versions, moment(stored.FirstSeen), moment(stored.LastSeen))))
	return nil
}

// askRecord asks for a whole record, in as many pieces as it takes.
func askRecord(ctx context.Context, conn *stream.Conn, q api.ShowRequest) (news.Stored, error) {
	return api.Gather[news.Stored](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return ask[api.Piece](ctx, conn, api.Show, q)
	})
}

// textWidth is where running text is wrapped, in columns.
const textWidth = 88

// showArticle prints a record as people read it.
func showArticle(out *term.Out, a *news.Article) {
	if len(a.Kicker) > 0 {
		fmt.Fprintln(out, out.Warn(strings.Join(a.Kicker, " · ")))
	}
	fmt.Fprintln(out, out.Bold(a.Headline))
	if a.Deck != "" {
		out.Wrap(a.Deck, "", textWidth)
	}
	fmt.Fprintln(out)
	out.Table(facts(out, a))
	fmt.Fprintln(out)
	for _, image := range a.Images {
		if image.Block < 0 { // above the body
			showImage(out, image)
		}
	}
	for _, block := range a.Body {
		showBlock(out, a, block)
	}
	showOrigins(out, a)
}

// facts are what the record states beside the text, a line each.
func facts(out *term.Out, a *news.Article) [][]string {
	var rows [][]string
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{"  " + out.Dim(name), value})
		}
	}
	add("published", dateText(a.DatePublished))
	add("modified", dateText(a.DateModified))
	add("by", people(a.Author))
	add("agencies", suppliers(a.InfoSources, news.ScopeStory))
	if a.IsWireCopy {
		add("wire copy", "yes: agencies are credited, and nobody of the outlet")
	}
	add("pictures from", suppliers(a.InfoSources, news.ScopePhoto))
	if a.Dateline != nil {
		add("dateline", a.Dateline.Raw)
	}
	if a.Signoff != nil {
		add("sign-off", a.Signoff.Raw)
	}
	if a.Publisher != nil {
		add("publisher", joined(" · ", a.Publisher.Name, a.Publisher.Domain, a.Section))
	}
	add("language", a.InLanguage.Primary())
	add("keywords", strings.Join(a.Keywords, ", "))
	if a.IsAccessibleForFree != nil && !*a.IsAccessibleForFree {
		add("access", "paid")
	}
	add("words", strconv.Itoa(a.WordCount))
	add("address", a.URL)
	add("short link", shortOf(a))
	add("story", out.Accent(a.StoryID))
	add("extracted", fmt.Sprintf("by %s %s from capture %s", a.Extraction.Extractor, a.Extraction.Version, a.Raw.CaptureID))
	add("warnings", strings.Join(a.Extraction.Warnings, "; "))
	return rows
}

func shortOf(a *news.Article) string {
	if a.ShortURL != a.URL {
		return a.ShortURL
	}
	return ""
}

func showBlock(out *term.Out, a *news.Article, block news.Block) {
	switch block.Kind {
	case news.Subhead, news.QuestionBlock:
		fmt.Fprintln(out, out.Bold(block.Text))
	case news.ImageBlock:
		if i, err := strconv.Atoi(block.Ref); err == nil && 0 <= i && i < len(a.Images) {
			showImage(out, a.Images[i])
		}
		return
	case news.Embed:
		fmt.Fprintln(out, out.Dim("["+joined(" ", "embed", block.Ref)+"]"))
	case news.SignoffBlock:
		fmt.Fprintln(out, out.Dim(block.Text))
	case news.Update:
		when := ""
		if block.DatePublished != nil {
			when = block.DatePublished.Value
		}
		fmt.Fprintln(out, out.Dim(joined(" ", "update", when)))
	case news.List, news.Table, news.Preformatted:
		for line := range strings.Lines(block.Text) {
			out.Wrap("• "+strings.ReplaceAll(line, "\t", " | "), "  ", textWidth)
		}
	case news.Blockquote:
		out.Wrap(block.Text, "  │ ", textWidth)
	default:
		out.Wrap(block.Text, "", textWidth)
	}
	fmt.Fprintln(out)
}

func showImage(out *term.Out, image news.Image) {
	credit := image.CreditText
	if credit != "" && image.CreditLabel != "" {
		credit = image.CreditLabel + ": " + credit
	}
	text := image.Caption
	if text == "" {
		text = image.Alt
	}
	out.Wrap("[picture] "+joined(" — ", text, credit), "  ", textWidth)
	by := behind("by ", strings.Join(image.Creator, ", "))
	if from := behind("from ", strings.Join(image.SourceOrganization, ", ")); by+from != "" {
		out.Wrap(joined(", ", by, from), "  ", textWidth)
	}
	fmt.Fprintln(out)
}

func people(persons []news.Person) string {
	var names []string
	for _, p := range persons {
		names = append(names, joined(" ", p.Name, p.Initials))
	}
	return strings.Join(names, ", ")
}

// dateText says no more than is known.
func dateText(d *news.Date) string {
	if d == nil {
		return ""
	}
	if d.Precision == news.ToDay {
		return d.Value + " (the day is all that is stated)"
	}
	return d.Value
}

func moment(t time.Time) string { return t.Local().Format(time.DateTime) }

// joined joins the parts that are not empty.
func joined(between string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}
