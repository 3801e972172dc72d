package service

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/metrics"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/version"
)

// Service is one stage as a command of its own.
type Service struct {
	program config.Program
	// settings makes the grammar of the command.
	settings func() settings
}

// settings is a filled grammar: what every service has, and how to open the
// one stage that it describes.
type settings interface {
	common() *Base
	// lock names the files that the stage owns.
	lock() []datafolder.Part
	open(ctx context.Context, conn *stream.Conn, m *metrics.Metrics, log zerolog.Logger) (*part, error)
}

// Base is what every service can be told. It has an exported name because kong
// asks nothing else whether its sections can be right.
type Base struct {
	config.Common
	NATS   config.NATS   `embed:"" prefix:"nats-" group:"NATS"`
	Stream config.Stream `embed:"" prefix:"stream-" group:"Streams"`
	HTTP   config.HTTP   `embed:"" prefix:"http-" group:"Health"`
	Trace  config.Trace  `embed:"" prefix:"trace-" group:"Traces"`
}

func (b *Base) common() *Base { return b }

type fetcherSettings struct {
	Base
	Fetch config.Fetch `embed:"" prefix:"fetch-" group:"Fetching"`
}

func (s *fetcherSettings) lock() []datafolder.Part {
	if s.Fetch.Only {
		return nil
	}
	return []datafolder.Part{datafolder.Fetcher}
}

func (s *fetcherSettings) open(ctx context.Context, conn *stream.Conn, m *metrics.Metrics, log zerolog.Logger) (*part, error) {
	return newFetcher(ctx, conn, datafolder.Folder(s.Data), s.Fetch, m, log)
}

type extractorSettings struct {
	Base
	Extract config.Extract `embed:"" prefix:"extract-" group:"Extraction"`
}

func (*extractorSettings) lock() []datafolder.Part { return nil }

func (s *extractorSettings) open(_ context.Context, conn *stream.Conn, _ *metrics.Metrics, log zerolog.Logger) (*part, error) {
	return newExtractor(conn, s.Extract, log)
}

type indexerSettings struct {
	Base
	Index   config.Index   `embed:"" prefix:"index-" group:"Indexing"`
	Archive config.Archive `embed:"" prefix:"archive-" group:"Archive"`
}

func (*indexerSettings) lock() []datafolder.Part { return []datafolder.Part{datafolder.Indexer} }

func (s *indexerSettings) open(ctx context.Context, conn *stream.Conn, _ *metrics.Metrics, log zerolog.Logger) (*part, error) {
	return newIndexer(ctx, conn, datafolder.Folder(s.Data), s.Index, s.Archive, log)
}

// The services.
var (
	Fetcher = Service{
		program: config.Program{
			Name: "fetcher", HTTP: "127.0.0.1:7301",
			Description: "Fetches pages, politely, and publishes them as they came.",
		},
		settings: func() settings { return &fetcherSettings{} },
	}
	Extractor = Service{
		program: config.Program{
			Name: "extractor", HTTP: "127.0.0.1:7302",
			Description: "Turns raw pages into article records.",
		},
		settings: func() settings { return &extractorSettings{} },
	}
	Indexer = Service{
		program: config.Program{
			Name: "indexer", HTTP: "127.0.0.1:7303",
			Description: "Keeps articles as rows and pages as they came, has search follow the rows, and answers questions about all of it.",
		},
		settings: func() settings { return &indexerSettings{} },
	}
)

// Main runs a service until ctx ends and returns its exit code: 0 when it was
// asked to stop, 2 for settings that cannot be right, 1 for anything else.
func Main(ctx context.Context, s Service, args []string, stdout, stderr io.Writer) int {
	err := s.run(ctx, args, stdout, stderr)
	switch {
	case err == nil || errors.Is(err, config.ErrHelp) || ctx.Err() != nil && errors.Is(err, context.Canceled):
		return 0
	case errors.Is(err, config.ErrUsage):
		fmt.Fprintf(stderr, "%s: %v\n", s.program.Name, err)
		return 2
	}
	fmt.Fprintf(stderr, "%s: %v\n", s.program.Name, err)
	return 1
}

func (s Service) run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	program := s.program
	program.Version, program.Stdout, program.Stderr = version.Version, stdout, stderr
	grammar := s.settings()
	if _, err := program.Parse(grammar, args); err != nil {
		return err
	}
	base := grammar.common()
	log := NewLogger(base.Log, stderr).With().Str("service", program.Name).Logger()
	Adopt(log)

	release, err := datafolder.Folder(base.Data).Lock(program.Name, grammar.lock()...)
	if err != nil {
		return err
	}
	defer release()
	counts := metrics.New(program.Name, version.Version, stagesOf[program.Name]...)
	var ready readiness
	closeHealth, err := ready.listen(ctx, base.HTTP.Listen, "connecting to "+Address(base.NATS), counts)
	if err != nil {
		return err
	}
	defer closeHealth()
	tracing, lastSpans, err := startTracing(ctx, base.Trace, program.Name, log)
	if err != nil {
		return err
	}
	defer lastSpans()
	broker := withStreams(Broker(base.NATS, program.Name), base.Stream)
	broker.Observer, broker.Tracing = counts, tracing
	conn, err := stream.Connect(ctx, broker, log)
	if err != nil {
		return err
	}
	defer conn.Close()
	ready.working(func() error { return errors.Join(errors.New("setting up the streams"), conn.Ready()) })
	if err := setUp(ctx, conn, log); err != nil {
		return err
	}
	ready.waitFor("opening its files")
	p, err := grammar.open(ctx, conn, counts, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	wait, err := startParts(ctx, conn, log, p)
	if err != nil {
		return err
	}
	measure(counts, conn, datafolder.Folder(base.Data), p)
	ready.working(conn.Ready, p)
	return wait()
}

// setUp makes the streams that are not there, and says where one is not as it
// should be.
func setUp(ctx context.Context, conn *stream.Conn, log zerolog.Logger) error {
	differences, err := conn.Setup(ctx)
	if err != nil {
		return err
	}
	for _, d := range differences {
		log.Warn().Stringer("difference", d).Msg("a stream is not as this build and its settings have it: \"copydesk streams apply\" changes it")
	}
	return nil
}
