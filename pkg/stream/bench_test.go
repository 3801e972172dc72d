package stream

import (
	"context"
	"fmt"
	"testing"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

// A page of 60 kB that does not compress: published, received, told of and
// acknowledged, all in one process.
func BenchmarkPageThroughTheBroker(b *testing.B) {
	server, err := StartServer(ServerOptions{Dir: b.TempDir(), Port: -1, Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := server.Shutdown(context.Background()); err != nil {
			b.Error(err)
		}
	}()
	c, err := Connect(b.Context(), Config{Server: server}, zerolog.Nop())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Setup(b.Context()); err != nil {
		b.Fatal(err)
	}
	body := noise(60_000)
	ctx, cancel := context.WithCancel(b.Context())
	handled := make(chan struct{}, 1000)
	ended := make(chan error, 1)
	go func() {
		ended <- c.ConsumePages(ctx, 4, func(context.Context, *Message[*news.Page]) error {
			handled <- struct{}{}
			return nil
		})
	}()
	b.SetBytes(int64(len(body)))
	b.ResetTimer()
	go func() {
		for i := range b.N {
			if err := c.PublishPage(ctx, pageOf(fmt.Sprint(i), body)); err != nil {
				b.Error(err)
			}
		}
	}()
	for range b.N {
		<-handled
	}
	b.StopTimer()
	cancel()
	if err := <-ended; err != nil {
		b.Error(err)
	}
}
