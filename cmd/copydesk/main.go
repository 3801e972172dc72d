// Command copydesk is the whole news desk in one program: it runs all services
// in one process, and it is the command line of a desk that runs.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/copydesk/copydesk/pkg/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second one ends it at once
	code := cli.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
