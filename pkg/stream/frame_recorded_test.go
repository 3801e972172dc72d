package stream

import (
	"bytes"
	"context"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// A large page that is replayed while it is still to be extracted as it came is read
// both times: neither has the bytes of the other in its place.
func TestLargePageIsReplayedBeforeItIsRead(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) { cfg.InlineLimit = 1 })
	page := pageOf("large", []byte("<p>ebb<p>flood"))
	if err := c.PublishPage(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if err := c.PublishReplay(t.Context(), news.Run{Name: "again", Kind: news.RunReplay}, page, archived(page.Body)); err != nil {
		t.Fatal(err)
	}
	read := make(chan *news.Page, 2)
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(_ context.Context, m *Message[*news.Page]) error {
			read <- m.Value
			return nil
		})
	})
	for range 2 {
		if got := receive(t, read); !bytes.Equal(got.Body, page.Body) {
			t.Errorf("read %q", got.Body)
		}
	}
}
