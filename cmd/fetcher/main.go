// Command fetcher runs the fetcher service: it fetches pages and publishes them as they came.
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
	code := service.Main(ctx, service.Fetcher, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
