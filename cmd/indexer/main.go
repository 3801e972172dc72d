// Command indexer runs the indexer service: it keeps articles and answers questions about them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/copydesk/copydesk/pkg/service"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second one ends it at once
	code := service.Main(ctx, service.Indexer, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
