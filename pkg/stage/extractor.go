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

	brought runSets
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (e *Extractor) Run(ctx context.Context) error {
	return e.Conn.ConsumePages(ctx, e.Workers, e.extract)
}

func (e *Extractor) extract(ctx context.Context, m *stream.Message[*news.Page]) error {
	rules, err := e.rulesFor(ctx, m.Run)
	if err != nil {
		return err
	}
	article, err := Extract(m.Value, e.PageLimit, rules)
	if err != nil {
		return err
	}
	return e.Conn.HandOn(ctx, m, article)
}

// rulesFor are the site rules for a page of a run, nil for one that is live.
func (e *Extractor) rulesFor(ctx context.Context, run *news.Run) (*siterules.Set, error) {
	switch {
	case run.BringsRules():
		return e.brought.of(ctx, e.Conn, *run)
	case run != nil && run.Rules == news.NoRules:
		return nil, nil
	}
	return e.Rules.Set(), nil
}
