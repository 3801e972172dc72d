package cli

import (
	"context"
	"iter"
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

// page is one page that can be read.
type page struct {
	id string
	// archived says that it is one of the many things of an archive.
	archived bool
	read     func(context.Context) (extract.Input, error)
}

// pages are the pages of files, archives and addresses, in order.
func (r *pageReader) pages(ctx context.Context, inputs []input) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		for _, in := range inputs {
			if !isArchive(in.File) {
				p := page{id: in.ID, read: func(ctx context.Context) (extract.Input, error) { return r.read(ctx, in) }}
				if !yield(p, nil) {
					return
				}
				continue
			}
			for p, err := range r.archived(ctx, in.File) {
				if !yield(p, err) {
					return
				}
			}
		}
	}
}

// extract never fails as a whole: what went wrong is in the line.
func (p page) extract(ctx context.Context) extracted {
	in, err := p.read(ctx)
	if err == nil {
		var article *news.Article
		if article, err = extract.Extract(in); err == nil {
			return extracted{Article: article}
		}
	}
	return extracted{Error: err.Error(), Reason: news.FaultOf(err).Reason}
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
