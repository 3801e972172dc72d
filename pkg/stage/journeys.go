package stage

import (
	"context"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// journeys keeps what became of pages, and tells which stories are gone by it.
type journeys struct {
	conn *stream.Conn
	rows *store.Store
	log  zerolog.Logger
}

// keep folds a batch of events that came by messages.
func (j journeys) keep(ctx context.Context, batch []*stream.Message[news.Event]) ([]error, error) {
	return nil, j.note(ctx, values(batch))
}

// note folds events into the journeys.
func (j journeys) note(ctx context.Context, events []news.Event) error {
	withdrawn, err := j.rows.PutEvents(ctx, events)
	if err != nil {
		return err
	}
	return j.tell(ctx, withdrawn)
}

// tell publishes that the pages of stories are gone, before what said so is
// settled.
func (j journeys) tell(ctx context.Context, withdrawn []*news.Withdrawn) error {
	for _, w := range withdrawn {
		if err := j.conn.PublishWithdrawn(ctx, w); err != nil {
			return err
		}
		j.log.Info().Str("story", w.StoryID).Str("url", w.URL).Msg("the page is gone: its story is withdrawn")
	}
	return nil
}
