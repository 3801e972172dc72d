package config

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func parse(t *testing.T, args ...string) (*Settings, error) {
	t.Helper()
	var s Settings
	_, err := Program{Name: "test", Version: "1", HTTP: "127.0.0.1:7300", Stdout: io.Discard, Stderr: io.Discard}.Parse(&s, args)
	return &s, err
}

func yamlFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copydesk.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLaterBeatsEarlier(t *testing.T) {
	path := yamlFile(t, "fetch:\n  workers: 3\n  host-delay: 4s\n  body-limit: 1MB\nlog:\n  level: debug\n")
	t.Setenv("COPYDESK_FETCH_WORKERS", "5")
	t.Setenv("COPYDESK_FETCH_HOST_DELAY", "6s")
	t.Setenv("COPYDESK_DATA", "/from/variable")
	s, err := parse(t, "--config", path, "--fetch-host-delay", "7s")
	if err != nil {
		t.Fatal(err)
	}
	if s.Fetch.Workers != 5 || s.Fetch.HostDelay != 7*time.Second || s.Fetch.BodyLimit != 1_000_000 ||
		s.Log.Level != "debug" || s.Data != "/from/variable" || s.Fetch.Timeout != 45*time.Second {
		t.Errorf("got %+v %+v", s.Common, s.Fetch)
	}
}

func TestBadValuesAreNamed(t *testing.T) {
	tests := []struct {
		name string
		env  [2]string
		args []string
		want string
	}{
		{"flag", [2]string{}, []string{"--fetch-workers", "many"}, `--fetch-workers: "many" is no count`},
		{"variable", [2]string{"COPYDESK_FETCH_BODY_LIMIT", "big"}, nil, `COPYDESK_FETCH_BODY_LIMIT`},
		{"enum", [2]string{"COPYDESK_LOG_LEVEL", "loud"}, nil, "--log-level"},
		{"unknown flag", [2]string{}, []string{"--fetch-wrokers", "1"}, "--fetch-wrokers"},
		{"unknown key", [2]string{}, []string{"--config", yamlFile(t, "fetch: {wrokers: 1}")}, `no setting "fetch-wrokers"`},
		{"bad file value", [2]string{}, []string{"--config", yamlFile(t, "fetch: {workers: many}")}, `--fetch-workers: "many"`},
		{"no file", [2]string{}, []string{"--config", "/nowhere.yaml"}, "/nowhere.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.env[0] != "" {
				t.Setenv(tt.env[0], tt.env[1])
			}
			_, err := parse(t, tt.args...)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.Is(err, ErrUsage) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestSecretsAreHidden(t *testing.T) {
	t.Setenv("COPYDESK_NATS_TOKEN", "tell-nobody")
	s, err := parse(t)
	if err != nil || s.NATS.Token != "tell-nobody" || strings.Contains(s.NATS.Token.String(), "tell") {
		t.Errorf("token %q shown as %s, %v", string(s.NATS.Token), s.NATS.Token, err)
	}
}

func TestHelp(t *testing.T) {
	var out strings.Builder
	var s Settings
	_, err := Program{Name: "fetcher", Description: "Fetches.", Stdout: &out, Stderr: io.Discard}.Parse(&s, []string{"--help"})
	if !errors.Is(err, ErrHelp) || !strings.Contains(out.String(), "COPYDESK_FETCH_WORKERS") {
		t.Errorf("%v, help:\n%s", err, out.String())
	}
}
