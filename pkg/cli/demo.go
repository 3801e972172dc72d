package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/store"
)

type demoCommand struct {
	Fetch   config.Fetch   `embed:"" prefix:"fetch-" group:"Fetching"`
	Extract config.Extract `embed:"" prefix:"extract-" group:"Extraction"`
	Index   config.Index   `embed:"" prefix:"index-" group:"Indexing"`
	Archive config.Archive `embed:"" prefix:"archive-" group:"Archive"`
	Stream  config.Stream  `embed:"" prefix:"stream-" group:"Streams"`

	Keep string `help:"Keep the demo's data folder here, its pages as WARC files in archive/; a folder that is not there yet." placeholder:"FOLDER"`
}

// These keep the demo polite and short.
const (
	demoHostDelay = 20 * time.Millisecond
	demoRetryBase = time.Second
)

// demoQuery is the search that the demo shows, and demoHits how much of its
// answer.
const (
	demoQuery = "lang:en after:2026-04-01"
	demoHits  = 10
)

// demoTimeout bounds the demo as a whole.
const demoTimeout = 2 * time.Minute

// demo is one run of the demo.
type demo struct {
	*console
	desk *service.Desk
	room *newsroom.Room
}

// Run runs a desk in a folder of its own on a newsroom of its own, and shows
// what becomes of every page. It asks nothing of any network but loopback.
func (x *demoCommand) Run(ctx context.Context, c *console) (err error) {
	ctx, stop := context.WithTimeoutCause(ctx, demoTimeout, errors.New("the demo took too long"))
	defer stop()
	folder, leave, err := x.folder()
	if err != nil {
		return err
	}
	defer leave()
	room, err := newsroom.Start(ctx)
	if err != nil {
		return err
	}
	defer room.Close()

	x.Fetch.Hosts, x.Fetch.HostDelay, x.Stream.RetryBase = room.Hosts(), demoHostDelay, demoRetryBase
	quiet := c.Log
	if quiet.Level == "info" {
		quiet.Level = "error" // what the demo shows itself need not be logged too
	}
	log := service.NewLogger(quiet, c.err.Writer)
	service.Adopt(log)
	desk, err := service.StartDesk(ctx, service.DeskSettings{
		Data: folder, Stream: x.Stream, Fetch: x.Fetch, Extract: x.Extract, Index: x.Index, Archive: x.Archive,
		HTTP: config.HTTP{Listen: health.Off},
	}, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Stop()) }()
	return (&demo{console: c, desk: desk, room: room}).show(ctx)
}

// folder makes the data folder of the demo. To leave it is to remove it, but for
// one that is kept.
func (x *demoCommand) folder() (path string, leave func(), err error) {
	if x.Keep == "" {
		path, err = os.MkdirTemp("", "copydesk-demo-")
		return path, func() { os.RemoveAll(path) }, err
	}
	if err := os.Mkdir(x.Keep, 0o700); err != nil {
		return "", nil, fmt.Errorf("--keep: %w", err)
	}
	return x.Keep, func() {}, nil
}

func (d *demo) show(ctx context.Context) error {
	began := time.Now()
	urls := d.room.URLs()
	d.say("A small invented newsroom is served on this machine, and a whole desk runs in this process:\n" +
		"broker, fetcher, extractor and indexer. Nothing leaves the machine.")
	d.title(fmt.Sprintf("%d pages of %d outlets, each as its way ends", len(urls), len(d.room.Hosts())))
	if err := d.add(ctx, urls); err != nil {
		return err
	}
	if err := d.watch(ctx, urls, byURL); err != nil {
		return err
	}
	took := time.Since(began)
	visits, err := d.journeys(ctx, urls)
	if err != nil {
		return err
	}
	checked, err := d.check(ctx, visits)
	if err != nil {
		return err
	}
	record, err := askRecord(ctx, d.desk.Conn, api.ShowRequest{Key: urls[0]})
	if err != nil {
		return err
	}
	if !d.JSON {
		d.notKept(visits)
		d.title("One record in full")
		showArticle(d.out, &record.Article)
	}
	more, err := d.poll(ctx)
	if err != nil {
		return err
	}
	again, err := d.refetch(ctx)
	if err != nil {
		return err
	}
	if err := d.searchable(ctx); err != nil {
		return err
	}
	kept, err := d.archived(ctx, slices.Concat(visits, more, again))
	if err != nil {
		return err
	}
	found, err := ask[api.SearchReply](ctx, d.desk.Conn, api.Search, api.SearchRequest{Query: demoQuery, Limit: demoHits, Sort: search.ByDate})
	if err != nil {
		return err
	}
	if d.JSON {
		return printJSON(d.out, map[string]any{"tookMs": took.Milliseconds(), "visits": slices.Concat(visits, more, again), "articles": found.Hits, "record": record})
	}
	d.title("Search: " + demoQuery)
	d.articles(found)
	d.title("That was all")
	d.say(fmt.Sprintf("%d pages in %s: %s.", len(urls), took.Round(time.Millisecond), tallied(visits)))
	d.say(fmt.Sprintf("All %d records say what a careful reader finds on their pages; every other page\nwas called what it is.", checked))
	if kept != nil {
		d.say(fmt.Sprintf("The archive has %d pages as they came, %d of them the same as one before: %s of WARC.",
			kept.Captures, kept.Revisits, humanize.Bytes(uint64(kept.Bytes))))
	}
	d.say("\nNow run your own: one terminal for the first line, another for the rest.\n")
	for _, next := range []string{"up", "add URL", "sources add FEED", "search WORDS", "show STORY", "journey URL", "status"} {
		d.say("  " + d.out.Accent(os.Args[0]+" "+next)) // as the demo itself was called
	}
	return nil
}

// say and title speak to people only.
func (d *demo) say(text string) {
	if !d.JSON {
		fmt.Fprintln(d.out, text)
	}
}

func (d *demo) title(text string) {
	d.say("\n" + d.out.Bold("── "+text+" ──") + "\n")
}

func (d *demo) add(ctx context.Context, urls []string) error {
	var request api.AddRequest
	for _, url := range urls {
		request.URLs = append(request.URLs, frontier.Request{URL: url, Priority: news.Normal})
	}
	_, err := ask[api.AddReply](ctx, d.desk.Conn, api.Add, request)
	return err
}

func (d *demo) articles(found api.SearchReply) {
	var rows [][]string
	for _, hit := range found.Hits {
		date := ""
		if hit.DatePublished != nil {
			date = hit.DatePublished.Value[:min(10, len(hit.DatePublished.Value))]
		}
		rows = append(rows, []string{"  " + d.out.Dim(date), d.out.Dim(hit.Language), d.out.Accent(hit.Site), hit.Headline})
	}
	d.out.Table(rows)
}

// notKept lists the pages that did not become an article of their own, and why.
func (d *demo) notKept(visits []store.Visit) {
	d.title("What was not kept, and why")
	var rows [][]string
	for _, v := range visits {
		if v.Outcome != news.Done {
			page, _ := d.room.Page(v.URL)
			rows = append(rows, []string{"  " + outcomeText(d.out, v.Outcome, v.Reason), d.out.Dim(page.Note), v.URL})
		}
	}
	d.out.Table(rows)
}

// tallied counts visits by outcome.
func tallied(visits []store.Visit) string {
	count := map[news.Outcome]int{}
	for _, v := range visits {
		count[v.Outcome]++
	}
	var parts []string
	for _, o := range []news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Dead} {
		if count[o] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[o], o))
		}
	}
	return joined(", ", slices.Clip(parts)...)
}
