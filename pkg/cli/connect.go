package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/stream"
)

// errNotRunning is returned where no desk answers.
var errNotRunning = errors.New("no desk is running")

// connectTimeout is how long a command looks for the broker, askTimeout how
// long it waits for an answer.
const (
	connectTimeout = 5 * time.Second
	askTimeout     = 30 * time.Second
)

// broker finds the running desk's broker: the one that is named, else that of
// the data folder.
func (c *console) broker() (stream.Config, error) {
	settings := service.Broker(c.NATS, "copydesk command")
	if settings.URL != "" {
		return settings, nil
	}
	run, err := datafolder.Folder(c.Data).ReadRun()
	if errors.Is(err, datafolder.ErrNotRunning) {
		return settings, fmt.Errorf("%w on data folder %s: start one with \"copydesk up\", or name its NATS server with --nats-url", errNotRunning, c.Data)
	}
	settings.URL, settings.Token = run.URL, run.Token
	return settings, err
}

// address is where a command looks for the broker, for people.
func (c *console) address(settings stream.Config) string {
	if c.NATS.URL != "" {
		return service.Address(c.NATS)
	}
	return stream.Address(settings.URL)
}

// connect connects to the running desk.
func (c *console) connect(ctx context.Context) (*stream.Conn, error) {
	settings, err := c.broker()
	if err != nil {
		return nil, err
	}
	return c.dial(ctx, settings)
}

func (c *console) dial(ctx context.Context, settings stream.Config) (*stream.Conn, error) {
	ctx, stop := context.WithTimeout(ctx, connectTimeout)
	defer stop()
	conn, err := stream.Connect(ctx, settings, zerolog.Nop())
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("%w: nobody answers at %s", errNotRunning, c.address(settings))
	}
	if err != nil && c.NATS.From != "" {
		return nil, fmt.Errorf("%w (the address is from %s)", err, c.NATS.From)
	}
	return conn, err
}

// ask puts one question to the running desk.
func ask[Answer any](ctx context.Context, conn *stream.Conn, verb string, question any) (Answer, error) {
	ctx, stop := context.WithTimeout(ctx, askTimeout)
	defer stop()
	var answer Answer
	err := conn.Request(ctx, verb, question, &answer)
	return answer, understood(err)
}

// understood says what an error of the broker or a refusal of the desk means to
// a command line.
func understood(err error) error {
	var refusal *stream.RequestError
	switch {
	case errors.Is(err, stream.ErrUnanswered), errors.Is(err, stream.ErrNoStreams):
		return fmt.Errorf("%w: %w", errNotRunning, err)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code == api.CodeNotFound:
		return &refused{refusal.Text, errNotFound}
	case refusal.Code == api.CodeBadQuestion:
		return &refused{refusal.Text, config.ErrUsage}
	}
	return refusal
}

// refused is a refusal in the desk's own words.
type refused struct {
	text string
	kind error
}

func (r *refused) Error() string { return r.text }
func (r *refused) Unwrap() error { return r.kind }

// askDesk connects, puts one question and closes.
func askDesk[Answer any](ctx context.Context, c *console, verb string, question any) (Answer, error) {
	conn, err := c.connect(ctx)
	if err != nil {
		var none Answer
		return none, err
	}
	defer conn.Close()
	return ask[Answer](ctx, conn, verb, question)
}
