package service

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/version"
)

const (
	// exportTimeout is how long spans may take to be sent, with all retries.
	// Work never waits for it: spans that find no room are dropped.
	exportTimeout = 10 * time.Second
	// lastSpansTimeout is how long the last spans of a process may take.
	lastSpansTimeout = 3 * time.Second
	// tracesPath is where a receiver listens, unless the settings say.
	tracesPath = "/v1/traces"
)

// startTracing makes the provider that the settings ask for, nil for none. stop
// sends the last spans.
func startTracing(ctx context.Context, s config.Trace, program string, log zerolog.Logger) (provider trace.TracerProvider, stop func(), err error) {
	if s.Endpoint == "" {
		return nil, func() {}, nil
	}
	endpoint, err := url.Parse(s.Endpoint)
	if err != nil {
		return nil, nil, fmt.Errorf("trace endpoint: %w", err)
	}
	if endpoint.Path == "" || endpoint.Path == "/" {
		endpoint.Path = tracesPath
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint.String()), otlptracehttp.WithTimeout(exportTimeout))
	if err != nil {
		return nil, nil, fmt.Errorf("trace to %s: %w", endpoint.Redacted(), err)
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, nil, err
	}
	spans := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(&tolerant{SpanExporter: exporter, log: log}, sdktrace.WithExportTimeout(exportTimeout)),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(s.Ratio))),
		sdktrace.WithResource(resource.NewSchemaless(
			semconv.ServiceNamespace("copydesk"), semconv.ServiceName(program), semconv.ServiceVersion(version.Version),
			semconv.HostName(host), semconv.ProcessPID(os.Getpid()),
		)),
	)
	log.Info().Str("endpoint", endpoint.Redacted()).Float64("ratio", s.Ratio).Msg("tracing")
	return spans, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastSpansTimeout)
		defer cancel()
		if err := spans.Shutdown(ctx); err != nil {
			log.Warn().Err(err).Msg("the last spans could not be sent")
		}
	}, nil
}

// tolerant is an exporter whose failures are logged, and end there: the SDK
// would pass them to a handler that all of the process shares.
type tolerant struct {
	sdktrace.SpanExporter
	log zerolog.Logger
}

// ExportSpans sends spans, or drops them and says so.
func (t *tolerant) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := t.SpanExporter.ExportSpans(ctx, spans); err != nil {
		t.log.Warn().Err(err).Int("spans", len(spans)).Msg("spans could not be sent, and are dropped")
	}
	return nil
}
