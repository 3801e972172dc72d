package stage

import (
	"cmp"
	"context"
	"errors"

	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Fetcher fetches what is in the fetch queue.
type Fetcher struct {
	// Conn is where jobs come from and pages go.
	Conn *stream.Conn
	// Client fetches.
	Client *fetch.Client
	// Workers is how many pages are fetched at a time.
	Workers int
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (f *Fetcher) Run(ctx context.Context) error {
	return f.Conn.ConsumeFetches(ctx, f.Workers, f.fetch)
}

func (f *Fetcher) fetch(ctx context.Context, m *stream.Message[*news.FetchJob]) error {
	if m.Alone { // were this worker to die while the job waits, the job would be blamed
		ctx = fetch.Impatient(ctx)
	}
	page, err := f.Client.Fetch(ctx, m.Value)
	if page == nil {
		return err
	}
	m.Trace = page.Trace()
	if err == nil {
		m.Validators = page.Validators()
		known := m.Value.Known.Digest
		if known == "" || known != m.Validators.Digest {
			return f.Conn.PublishPage(ctx, page)
		}
		err = &news.Fault{Kind: news.Same, Err: errors.New("the same bytes as before")}
	}
	return cmp.Or(f.Conn.PublishRevisit(ctx, revisit(m.Value, page)), err)
}

// revisit is what is told of a page that is as the job knows it.
func revisit(job *news.FetchJob, page *news.Page) *news.Revisit {
	r := &news.Revisit{Schema: news.RevisitSchema, Page: *page, SameAs: job.KnownCapture, Digest: job.Known.Digest}
	r.Page.Body = nil
	return r
}
