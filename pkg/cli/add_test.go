package cli

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

// lockedBuffer may be written and read by several goroutines.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// A broker that goes away in the middle of a folder is told of, and waited for.
func TestAddSaysWhatItWaitsFor(t *testing.T) {
	server, err := stream.StartServer(stream.ServerOptions{Dir: t.TempDir(), Port: -1, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := stream.Connect(t.Context(), stream.Config{URL: server.URL()}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := server.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	var shown lockedBuffer
	err = patiently(conn, term.New(&shown).NewProgress("add", 2), func() error {
		for deadline := time.Now().Add(untilTimeout); !strings.Contains(shown.String(), "add: no NATS connection"); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Error("nothing was said of the wait")
				return nil
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
