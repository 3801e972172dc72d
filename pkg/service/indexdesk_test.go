package service

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// However long letters and headers are, a page of them fits into a message.
func TestDeadPage(t *testing.T) {
	for _, tt := range []struct {
		letters, size, limit int
		want                 int
		more                 bool
	}{{0, 10, 5, 0, false}, {5, 10, 5, 5, false}, {6, 10, 5, 5, true}, {101, 40 << 10, 100, 17, true}} {
		var messages []stream.DeadMessage
		for i := range tt.letters {
			messages = append(messages, stream.DeadMessage{
				Sequence: uint64(i + 1), Letter: news.DeadLetter{Detail: strings.Repeat("x", tt.size)},
				Header: map[string][]string{"Copydesk-Page": {strings.Repeat("y", 48<<10)}},
			})
		}
		reply, err := deadPage(messages, tt.limit)
		if err != nil || len(reply.Messages) != tt.want || reply.More != tt.more {
			t.Errorf("%d letters of %d bytes: %d, more %v, %v, want %d, %v", tt.letters, tt.size, len(reply.Messages), reply.More, err, tt.want, tt.more)
		}
		if text, err := json.Marshal(reply); err != nil || len(text) > 1<<20 || strings.Contains(string(text), "yyy") {
			t.Errorf("a page of %d bytes, %v", len(text), err)
		}
	}
}

// A rebuild that is stopped is no success.
func TestStoppedRebuildSaysSo(t *testing.T) {
	r := rebuild{log: zerolog.Nop(), now: api.ReindexReply{Running: true, Rows: 9}}
	r.end(fmt.Errorf("rebuild: %w", context.Canceled))
	if got := r.state(); got.Running || !strings.Contains(got.Error, "run reindex again") {
		t.Errorf("%+v, want an error with the remedy", got)
	}
}
