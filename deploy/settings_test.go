package deploy_test

import (
	"testing"

	"github.com/alecthomas/kong"

	"github.com/copydesk/copydesk/pkg/config"
)

// variables are the variables of every setting there is.
func variables(t *testing.T) map[string]bool {
	t.Helper()
	parser, err := kong.New(&config.Settings{}, kong.Vars{"data": "", "version": "", "http": ""}, kong.DefaultEnvars("COPYDESK"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, flag := range parser.Model.Flags {
		for _, name := range flag.Envs {
			known[name] = true
		}
	}
	if !known["COPYDESK_NATS_PASSWORD"] {
		t.Fatalf("settings: %v", known)
	}
	return known
}

// commands are what the image and the build make.
var commands = []string{"copydesk", "fetcher", "extractor", "indexer"}
