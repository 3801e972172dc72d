package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/stream"
)

type statusCommand struct{}

// errUnwell is returned where a service is silent or cannot work.
var errUnwell = errors.New("not everything is ready")

// services are asked for their status, in the order in which a page passes them.
var services = []string{"fetcher", "extractor", "indexer"}

// statusTimeout is how long a service may take to answer before it is shown as
// silent.
const statusTimeout = 3 * time.Second

// deskStatus is what all services together say.
type deskStatus struct {
	Services []api.StatusReply `json:"services"`
	// Silent services did not answer.
	Silent []string `json:"silent,omitempty"`
	// Failed services answered with an error.
	Failed map[string]string `json:"failed,omitempty"`
	// Streams is what the broker says, whoever is silent.
	Streams []stream.StreamStatus `json:"streams"`
	// Broker is why it does not say that.
	Broker string `json:"broker,omitempty"`
	// Troubles is what is wrong, in a few words each; see troubles.
	Troubles []string `json:"troubles"`
}

// Run asks every service and shows one screen. It fails if one is silent or
// cannot work.
func (statusCommand) Run(ctx context.Context, c *console) error {
	settings, err := c.broker()
	if err != nil {
		return err
	}
	conn, err := c.dial(ctx, settings)
	if err != nil {
		return err
	}
	defer conn.Close()
	desk := askAll(ctx, conn)
	if len(desk.Silent) == len(services) {
		return errors.Join(c.showIfAny(desk), fmt.Errorf("%w: no service answers at %s", errNotRunning, c.address(settings)))
	}
	if c.JSON {
		err = printJSON(c.out, desk)
	} else {
		showStatus(c.out, desk)
	}
	if err == nil && (!desk.ready() || desk.Broker != "") {
		return errUnwell
	}
	return err
}

// showIfAny shows the streams of a broker that no service works on, if it has
// any.
func (c *console) showIfAny(desk deskStatus) error {
	switch {
	case c.JSON:
		return printJSON(c.out, desk)
	case len(desk.Streams) > 0:
		showStatus(c.out, desk)
	}
	return nil
}

func askAll(ctx context.Context, conn *stream.Conn) deskStatus {
	ctx, stop := context.WithTimeout(ctx, statusTimeout)
	defer stop()
	var desk deskStatus
	var streams error
	replies, errs := make([]api.StatusReply, len(services)), make([]error, len(services))
	var group sync.WaitGroup
	for i, name := range services {
		group.Go(func() {
			replies[i], errs[i] = ask[api.StatusReply](ctx, conn, api.Status(name), struct{}{})
		})
	}
	group.Go(func() { desk.Streams, streams = conn.Streams(ctx) })
	group.Wait()
	if streams != nil {
		desk.Broker = streams.Error()
	}
	desk.Failed = map[string]string{}
	for i, name := range services {
		switch err := errs[i]; {
		case err == nil:
			desk.Services = append(desk.Services, replies[i])
		case errors.Is(err, errNotRunning), errors.Is(err, context.DeadlineExceeded):
			desk.Silent = append(desk.Silent, name)
		default:
			desk.Failed[name] = err.Error()
		}
	}
	desk.Troubles = desk.troubles()
	return desk
}

func (d deskStatus) ready() bool {
	for _, s := range d.Services {
		if !s.Ready {
			return false
		}
	}
	return len(d.Silent)+len(d.Failed) == 0
}
