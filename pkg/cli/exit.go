package cli

import (
	"context"
	"errors"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Exit codes that scripts can rely on.
const (
	exitDone        = 0
	exitFailed      = 1   // something went wrong
	exitUsage       = 2   // the command line, a variable or the file cannot be right
	exitNotFound    = 3   // the thing asked for is not there
	exitNotRunning  = 4   // no desk answers
	exitInterrupted = 130 // as shells say of SIGINT
)

// errNotFound is returned for a thing that the desk does not have.
var errNotFound = errors.New("not found")

// errPartly is returned where some of several things failed and each was
// already told of.
var errPartly = errors.New("not all succeeded")

func exitCode(err error) int {
	switch {
	case err == nil || errors.Is(err, config.ErrHelp):
		return exitDone
	case errors.Is(err, config.ErrUsage), errors.Is(err, stream.ErrAddress):
		return exitUsage
	case errors.Is(err, errNotFound):
		return exitNotFound
	case errors.Is(err, errNotRunning), errors.Is(err, stream.ErrNoStreams):
		return exitNotRunning
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}
