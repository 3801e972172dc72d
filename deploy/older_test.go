package deploy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/stream"
)

// A service whose user may change no stream waits on a broker that an older build
// set up, says which command helps, and goes on when that was given.
func TestServiceOnAnOlderBroker(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	js := b.client(t, "admin").jetStream(t)
	raw, err := js.Stream(t.Context(), "RAW")
	if err != nil {
		t.Fatal(err)
	}
	older := raw.CachedInfo().Config
	older.Subjects = []string{"news.v1.raw.*"}
	if _, err := js.UpdateStream(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteConsumer(t.Context(), "SHADOW", "index-replay"); err != nil {
		t.Fatal(err)
	}

	conn, err := stream.Connect(t.Context(), stream.Config{URL: b.url, TLSCA: b.ca, User: "indexer", Password: password("indexer"), AckWait: 2 * time.Second}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	type answer struct {
		differences []stream.Difference
		err         error
	}
	answered := make(chan answer, 1)
	go func() {
		var a answer
		a.differences, a.err = conn.Setup(t.Context())
		answered <- a
	}()
	until(t, "it says what is missing", func() bool {
		err := conn.Ready()
		return err != nil && strings.Contains(err.Error(), `reader index-replay of SHADOW is not there, and this user may not make it: "copydesk streams apply"`)
	})
	copydesk(t, b, 0, "streams", "apply")
	a := <-answered
	if a.err != nil || len(a.differences) != 1 || a.differences[0].Stream != "RAW" || a.differences[0].Setting != "subjects" {
		t.Errorf("set up: %v, %v", a.differences, a.err)
	}
	if left, err := conn.Compare(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("after that %v, %v", left, err)
	}
}
