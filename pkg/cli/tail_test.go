package cli

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// screen is what a command writes.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *screen) shows(t *testing.T, text string) {
	t.Helper()
	for deadline := time.Now().Add(untilTimeout); !strings.Contains(s.String(), text); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %q in\n%s", text, s)
		}
	}
}

// A tail goes on when its broker comes back, says so, and ends in peace.
func TestTailOutlivesItsBroker(t *testing.T) {
	dir := t.TempDir()
	port := freeport.Port(t)
	start := func() *stream.Server {
		s, err := stream.StartServer(stream.ServerOptions{Dir: dir, Port: port, Log: zerolog.Nop()})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	server := start()
	address := server.URL()
	conn, err := stream.Connect(t.Context(), stream.Config{URL: address}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	publish := func(headline, language string) {
		a := &news.Article{
			Schema: news.ArticleSchema, StoryID: news.StoryID(headline), Headline: headline, Type: news.NewsArticle,
			InLanguage: news.Language{Declared: language}, Publisher: &news.Publisher{Domain: "news.example"},
		}
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
		if err := conn.PublishArticle(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}

	ctx, interrupt := context.WithCancel(t.Context())
	var out, told screen
	code := make(chan int, 1)
	go func() {
		code <- Run(ctx, []string{"tail", "--nats-url", address, "--since", "1h", "--where=-lang:fr"}, &out, &told)
	}()
	publish("Le bac est en retard", "fr")
	publish("Ferry is late", "en")
	out.shows(t, "Ferry is late")
	if err := server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	told.shows(t, "lost the NATS broker: waiting for it")
	server = start()
	defer func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	told.shows(t, "the NATS broker is back")
	publish("Ferry has come", "en")
	out.shows(t, "Ferry has come")

	interrupt()
	if got := <-code; got != 0 {
		t.Errorf("interrupted it ended with %d, want 0", got)
	}
	if text := out.String(); strings.Count(text, "Ferry is late") != 1 || strings.Contains(text, "bac") {
		t.Errorf("it printed\n%s", text)
	}
}
