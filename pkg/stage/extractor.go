package stage

import (
	"context"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Extractor turns raw pages into article records.
type Extractor struct {
	// Conn is where pages come from and records go.
	Conn *stream.Conn
	// Workers is how many pages are extracted at a time.
	Workers int
	// PageLimit bounds in bytes what a compressed body may unfold to.
	PageLimit int
	// Rules are those of single sites; nil for none.
	Rules *siterules.File
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (e *Extractor) Run(ctx context.Context) error {
	return e.Conn.ConsumePages(ctx, e.Workers, e.extract)
}

func (e *Extractor) extract(ctx context.Context, m *stream.Message[*news.Page]) error {
	article, err := Extract(m.Value, e.PageLimit, e.Rules.Set())
	if err != nil {
		return err
	}
	m.Trace = article.Trace()
	if m.Run != nil && !m.Run.Publish {
		return e.Conn.PublishShadow(ctx, *m.Run, article)
	}
	return e.Conn.PublishArticle(ctx, article)
}
