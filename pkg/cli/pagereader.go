package cli

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// pageReader reads and extracts single pages without a desk.
type pageReader struct {
	client *fetch.Client
	rules  *siterules.Set
}

// newPageReader also reads the site rules, once.
func newPageReader(allowPrivate bool, rules config.SiteRules) (*pageReader, error) {
	file, err := siterules.Open(rules.RulesFile())
	if err != nil {
		return nil, err
	}
	options := fetch.DefaultOptions()
	options.AllowPrivate = allowPrivate
	return &pageReader{client: fetch.New(options, zerolog.Nop()), rules: file.Set()}, nil
}

// extract never fails as a whole: what went wrong is in the line.
func (r *pageReader) extract(ctx context.Context, in input) extracted {
	article, err := r.article(ctx, in)
	if err != nil {
		return extracted{Error: err.Error(), Reason: news.FaultOf(err).Reason}
	}
	return extracted{Article: article}
}

func (r *pageReader) article(ctx context.Context, in input) (*news.Article, error) {
	page, err := r.read(ctx, in)
	if err != nil {
		return nil, err
	}
	return extract.Extract(page)
}

// read reads one page, from its file or from the web.
func (r *pageReader) read(ctx context.Context, in input) (extract.Input, error) {
	read := r.readFile
	if in.File == "" {
		read = r.fetch
	}
	page, err := read(ctx, in)
	page.Rules = r.rules
	return page, err
}

func (r *pageReader) readFile(_ context.Context, in input) (extract.Input, error) {
	page, err := readPageFile(in.File)
	if err != nil {
		return extract.Input{}, err
	}
	if in.FetchedAt.IsZero() {
		in.FetchedAt = page.fetchedAt
	}
	digest := news.Digest(page.body)
	return extract.Input{
		Body: page.body, URL: in.URL, RequestedURL: in.URL, ContentType: page.contentType, FetchedAt: in.FetchedAt,
		Raw: news.Raw{
			CaptureID: news.CaptureID(news.VisitID(in.URL, in.FetchedAt), digest),
			Digest:    digest, ContentType: page.contentType, FetchedAt: in.FetchedAt,
		},
	}, nil
}

func (r *pageReader) fetch(ctx context.Context, in input) (extract.Input, error) {
	url, err := weburl.Normalize(in.URL)
	if err != nil {
		return extract.Input{}, err
	}
	now := time.Now().UTC()
	page, err := r.client.Fetch(ctx, &news.FetchJob{
		Schema: news.FetchSchema, VisitID: news.VisitID(url, now), URL: url, Site: weburl.Site(url), AddedAt: now,
	})
	if err != nil {
		return extract.Input{}, err
	}
	return stage.Input(page, pageLimit)
}
