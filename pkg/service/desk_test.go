package service_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/docs/schema"
	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
	"github.com/copydesk/copydesk/pkg/service"
)

// patience is after how long a test believes that what it waits for never comes. It
// is long, for nothing is measured by it, and a slow machine that has something else
// to do as well takes ten times what others take.
const patience = 5 * time.Minute

// deskSettings are those of a user who changed nothing, in a folder of the
// test's own.
func deskSettings(t *testing.T) service.DeskSettings {
	t.Helper()
	var s config.Settings
	program := config.Program{Name: "test", Version: "0", HTTP: health.Off, Stdout: t.Output(), Stderr: t.Output()}
	if _, err := program.Parse(&s, nil); err != nil {
		t.Fatal(err)
	}
	s.Stream.RetryBase = time.Second
	return service.DeskSettings{
		Data: t.TempDir(), Stream: s.Stream, Fetch: s.Fetch, Extract: s.Extract, Index: s.Index, Archive: s.Archive, HTTP: s.HTTP,
	}
}

func startDesk(ctx context.Context, t *testing.T, settings service.DeskSettings) *service.Desk {
	t.Helper()
	desk, err := service.StartDesk(ctx, settings, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := desk.Stop(); err != nil {
			t.Error(err)
		}
	})
	return desk
}

// TestNewsroom sends the whole newsroom through a desk: every page must end as
// its manifest says, every record must say what a careful reader finds on its
// page, and every message must satisfy its schema.
func TestNewsroom(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	room, err := newsroom.Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	validator, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	moved := map[string]int{}
	settings := deskSettings(t)
	settings.Fetch.Hosts, settings.Fetch.HostDelay = room.Hosts(), 0
	settings.Inspect = func(name string, doc []byte) error {
		mu.Lock()
		defer mu.Unlock()
		moved[name]++
		if err := validator.Validate(name, doc); err != nil {
			t.Errorf("a message does not satisfy %s: %v\n%s", name, err, doc)
		}
		return nil
	}
	desk := startDesk(ctx, t, settings)
	var request api.AddRequest
	for _, url := range room.URLs() {
		request.URLs = append(request.URLs, frontier.Request{URL: url, Priority: news.Normal})
	}
	if err := desk.Conn.Request(ctx, api.Add, request, nil); err != nil {
		t.Fatal(err)
	}
	waitUntil(ctx, t, "every page has its outcome", func() bool {
		var s api.StatusReply
		err := desk.Conn.Request(ctx, api.Status("indexer"), nil, &s)
		return err == nil && int(s.Index.Visits) == len(request.URLs) && s.Index.Open == 0 && s.Index.SearchedRow == s.Index.LastRow
	})
	stories := map[string]bool{}
	for _, page := range room.Pages() {
		var reply api.JourneyReply
		if err := desk.Conn.Request(ctx, api.Journey, api.JourneyRequest{URL: page.URL}, &reply); err != nil {
			t.Fatal(err)
		}
		got := [3]string{}
		for _, v := range reply.Visits {
			if v.URL == page.URL {
				got = [3]string{string(v.Stage), string(v.Outcome), string(v.Reason)}
			}
		}
		want := [3]string{string(page.Stage), string(page.Outcome), string(page.Reason)}
		if page.Story != "" && stories[page.Story] {
			want[1] = got[1] // the second address of a story may bring nothing new
		}
		stories[page.Story] = page.Story != ""
		if want, ok := room.Expectation(page.URL); ok {
			for _, line := range want.Differences(recordOf(ctx, t, desk, page.Story)) {
				t.Errorf("the record of %s: %s", page.URL, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (%s) (-want +got): %s", page.URL, page.Note, diff)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, name := range []string{news.FetchSchema, news.PageSchema, news.ArticleSchema, news.EventSchema} {
		if moved[name] == 0 {
			t.Errorf("no message of %s was moved", name)
		}
	}
}

// recordOf is the record of a story as the index has it.
func recordOf(ctx context.Context, t *testing.T, desk *service.Desk, story string) *news.Article {
	t.Helper()
	stored, err := api.Gather[news.Stored](func(offset int) (piece api.Piece, err error) {
		err = desk.Conn.Request(ctx, api.Show, api.ShowRequest{Key: story, Offset: offset}, &piece)
		return piece, err
	})
	if err != nil {
		t.Fatalf("%s: %v", story, err)
	}
	return &stored.Article
}

func waitUntil(ctx context.Context, t *testing.T, what string, is func() bool) {
	t.Helper()
	for !is() {
		if ctx.Err() != nil {
			t.Fatalf("never came true: %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestSecondDeskOnOneFolderIsRefused(t *testing.T) {
	settings := deskSettings(t)
	desk := startDesk(t.Context(), t, settings)
	_, err := service.StartDesk(t.Context(), settings, zerolog.Nop())
	if !errors.Is(err, datafolder.ErrInUse) || !strings.Contains(err.Error(), "copydesk up (PID") {
		t.Errorf("second desk: %v, want ErrInUse with name and PID", err)
	}
	var stderr strings.Builder
	code := service.Main(t.Context(), service.Indexer, []string{"--data", settings.Data, "--nats-url", desk.URL}, t.Output(), &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "copydesk up (PID") {
		t.Errorf("indexer on the desk's folder: exit code %d, %s", code, stderr.String())
	}
}
