package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/copydesk/copydesk/pkg/config"
)

type healthCommand struct {
	HTTP config.HTTP `embed:"" prefix:"http-" group:"Health"`
}

const (
	healthTimeout = 3 * time.Second
	maxHealth     = 64 << 10
)

// Run asks the service that listens at an address whether it can do its work,
// and fails if it cannot. It is for a container without a shell, and needs no
// broker.
func (x *healthCommand) Run(ctx context.Context, c *console) error {
	ctx, stop := context.WithTimeout(ctx, healthTimeout)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+x.HTTP.Listen+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("health: %w: %w", err, config.ErrUsage)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("%w at %s: %w", errNotRunning, x.HTTP.Listen, err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(c.out, io.LimitReader(answer.Body, maxHealth)); err != nil {
		return fmt.Errorf("health of %s: %w", x.HTTP.Listen, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s says %s", x.HTTP.Listen, answer.Status)
	}
	return nil
}
