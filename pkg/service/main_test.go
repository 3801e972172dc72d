package service_test

import (
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/service"
)

func TestServicesRefuseImpossibleSettings(t *testing.T) {
	for _, s := range []service.Service{service.Fetcher, service.Extractor, service.Indexer} {
		for _, args := range [][]string{{"--stream-ack-wait", "1ns"}, {"--stream-replicas", "2"}, {"--http-listen", "7301"}, {"--nats-url", "nats://:1"}} {
			var stderr strings.Builder
			code := service.Main(t.Context(), s, append(args, "--data", t.TempDir()), t.Output(), &stderr)
			if code != 2 || !strings.Contains(stderr.String(), args[0]+": ") {
				t.Errorf("%v: exit code %d, %s, want 2 and the setting", args, code, stderr.String())
			}
		}
	}
}
