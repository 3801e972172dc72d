package service

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/metrics"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/version"
)

// DeskSettings say how a whole desk runs in one process.
type DeskSettings struct {
	Data string
	// Port of the embedded broker on 127.0.0.1; 0 for any that is free.
	Port    int
	Stream  config.Stream
	Fetch   config.Fetch
	Extract config.Extract
	Index   config.Index
	Archive config.Archive
	HTTP    config.HTTP
	Trace   config.Trace
	// Inspect, if set, sees every message before it is published; see
	// [stream.Config.Inspect].
	Inspect func(schema string, doc []byte) error
}

// Desk is all stages and their broker in one process.
type Desk struct {
	// Conn is the desk's own connection.
	Conn *stream.Conn
	// URL is the broker's address.
	URL string

	stop func()
	done chan struct{}
	err  error
}

// shutdownTimeout is how long the broker may take to close its files.
const shutdownTimeout = 30 * time.Second

// StartDesk starts a desk; it works when this returns, and until ctx ends.
func StartDesk(ctx context.Context, s DeskSettings, log zerolog.Logger) (*Desk, error) {
	var undo undo
	desk, err := startDesk(ctx, s, log, &undo)
	if err != nil {
		return nil, errors.Join(err, undo.run())
	}
	return desk, nil
}

func startDesk(ctx context.Context, s DeskSettings, log zerolog.Logger, undo *undo) (*Desk, error) {
	if s.Fetch.Only {
		return nil, errors.New("fetch-only is for a fetcher beside a desk: a desk keeps a frontier")
	}
	folder := datafolder.Folder(s.Data)
	release, err := folder.Lock("copydesk up", datafolder.Broker, datafolder.Fetcher, datafolder.Indexer)
	if err != nil {
		return nil, err
	}
	undo.add(func() error { release(); return nil })
	counts := metrics.New("copydesk up", version.Version, stagesOf["copydesk up"]...)
	var ready readiness
	closeHealth, err := ready.listen(ctx, s.HTTP.Listen, "starting the broker", counts)
	if err != nil {
		return nil, err
	}
	undo.add(func() error { closeHealth(); return nil })

	token := rand.Text()
	server, err := stream.StartServer(stream.ServerOptions{
		Dir: folder.JetStream(), Port: anyPort(s.Port), Token: token,
		SyncAlways: s.Stream.Sync == "always", SyncInterval: syncInterval(s.Stream.Sync), Log: log,
	})
	if err != nil {
		return nil, err
	}
	undo.add(func() error {
		ctx, stop := context.WithTimeout(context.Background(), shutdownTimeout)
		defer stop()
		return server.Shutdown(ctx)
	})
	tracing, lastSpans, err := startTracing(ctx, s.Trace, "copydesk up", log)
	if err != nil {
		return nil, err
	}
	undo.add(func() error { lastSpans(); return nil })
	conn, err := stream.Connect(ctx, withStreams(stream.Config{
		Server: server, Token: token, Name: "copydesk up", Inspect: s.Inspect, Observer: counts, Tracing: tracing,
	}, s.Stream), log)
	if err != nil {
		return nil, err
	}
	undo.add(func() error { conn.Close(); return nil })
	ready.waitFor("setting up the streams")
	if err := setUp(ctx, conn, log); err != nil {
		return nil, err
	}

	ready.waitFor("opening its files")
	fetcher, err := newFetcher(ctx, conn, folder, s.Fetch, counts, log)
	if err != nil {
		return nil, err
	}
	undo.add(fetcher.close)
	extractor, err := newExtractor(conn, s.Extract, log)
	if err != nil {
		return nil, err
	}
	undo.add(extractor.close)
	indexer, err := newIndexer(ctx, conn, folder, s.Index, s.Archive, log)
	if err != nil {
		return nil, err
	}
	undo.add(indexer.close)

	remove, err := folder.WriteRun(datafolder.Run{
		URL: server.URL(), Token: token, PID: os.Getpid(), Version: version.Version, StartedAt: time.Now().UTC().Truncate(time.Second),
	})
	if err != nil {
		return nil, err
	}
	undo.add(func() error { remove(); return nil })

	ctx, stop := context.WithCancel(ctx)
	desk := &Desk{Conn: conn, URL: server.URL(), stop: stop, done: make(chan struct{})}
	parts := []*part{fetcher, extractor, indexer}
	wait, err := startParts(ctx, conn, log, parts...)
	if err != nil {
		stop()
		return nil, err
	}
	measure(counts, conn, folder, parts...)
	ready.working(conn.Ready, parts...)
	go func() {
		defer close(desk.done)
		desk.err = errors.Join(wait(), undo.run())
	}()
	return desk, nil
}

// anyPort is how nats-server says 0.
func anyPort(port int) int {
	if port == 0 {
		return -1
	}
	return port
}

// Stop ends the desk and waits for it; work in hand is finished or handed back.
func (d *Desk) Stop() error {
	d.stop()
	return d.Wait()
}

// Wait waits until the desk has ended, and says why if it was by a fault.
func (d *Desk) Wait() error {
	<-d.done
	return d.err
}

// undo remembers what to undo, the last first.
type undo struct{ steps []func() error }

func (u *undo) add(step func() error) { u.steps = append(u.steps, step) }

func (u *undo) run() error {
	var errs []error
	for i := len(u.steps) - 1; i >= 0; i-- {
		errs = append(errs, u.steps[i]())
	}
	u.steps = nil
	return errors.Join(errs...)
}
