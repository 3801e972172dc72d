// Command extractor runs the extractor service: it turns raw pages into article records.
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
	code := service.Main(ctx, service.Extractor, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
