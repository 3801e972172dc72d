package config

import (
	"errors"
	"fmt"
	"io"
	"maps"
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

// What cannot work is refused with the setting, its value and where it stands.
func TestImpossibleValuesAreNamed(t *testing.T) {
	tests := []struct {
		setting, value string
		want           string
	}{
		{"stream-replicas", "2", "2: must be 1, 3 or 5"},
		{"stream-raw-bytes", "0", "0 B: must be 17 MB to"},
		{"stream-raw-age", "-1h", "-1h0m0s: must be 1m0s to"},
		{"stream-article-bytes", "1kB", "1.0 kB: must be"},
		{"stream-article-age", "0", "0s: must be"},
		{"stream-fetch-jobs", "0", "0: must be 1 to"},
		{"stream-ack-wait", "1ns", "1ns: must be 1s to 1h0m0s"},
		{"stream-retry-base", "-1s", "-1s: must be 1ms to"},
		{"stream-max-attempts", "0", "0: must be 1 to 20"},
		{"fetch-workers", "0", "0: must be 1 to"},
		{"fetch-user-agent", "", `"": must be a name`},
		{"fetch-timeout", "46s", "46s: must be 1ms to 45s"},
		{"fetch-timeout", "-1s", "-1s: must be"},
		{"fetch-body-limit", "0", "0 B: must be"},
		{"fetch-host-delay", "-1s", "-1s: must be 0s to"},
		{"fetch-poll-least", "1s", "1s: must be 1m0s to"},
		{"fetch-poll-every", "4m", "4m0s: must be 5m0s to"},
		{"fetch-poll-most", "1m", "1m0s: must be 15m0s to"},
		{"fetch-poll-age", "-1h", "-1h0m0s: must be 0s to"},
		{"fetch-hosts", "news.example=nowhere", "news.example=nowhere: must be"},
		{"extract-page-limit", "0", "0 B: must be"},
		{"index-batch", "0", "0: must be"},
		{"index-wait", "0", "0s: must be"},
		{"archive-segment-size", "1kB", "1.0 kB: must be"},
		{"archive-segment-age", "1s", "1s: must be 1m0s to"},
		{"archive-min-free", "2EB", "2.0 EB: must be"},
		{"archive-keep", "-1h", "-1h0m0s: must be 0s to"},
		{"archive-s3-endpoint", "s3.example", "must be an http or https address"},
		{"archive-s3-endpoint", "https://desk:hidden@s3.example", "without user and path"},
		{"archive-s3-bucket", "pages", `"pages": must be given together with`},
		{"archive-s3-secret-key", "hidden", "given together with --archive-s3-access-key"},
		{"http-listen", "7300", `"7300": must be host:port, or "off"`},
		{"trace-endpoint", "collector.example:4318", "must be an http or https address"},
		{"trace-endpoint", "http://desk:hidden@collector.example", "OTEL_EXPORTER_OTLP_HEADERS"},
		{"trace-ratio", "1.5", "1.5: must be 0 to 1"},
		{"nats-url", "nats://desk:hidden@:99999", "must be addresses such as nats://"},
		{"nats-password", "hidden", "given together with --nats-user"},
		{"nats-cert", "/cert.pem", "given together with --nats-key"},
	}
	for _, tt := range tests {
		variable := "COPYDESK_" + strings.ToUpper(strings.ReplaceAll(tt.setting, "-", "_"))
		section, key, _ := strings.Cut(tt.setting, "-")
		path := yamlFile(t, fmt.Sprintf("%s:\n  %s: %q\n", section, key, tt.value))
		if tt.setting == hosts {
			path = yamlFile(t, "fetch: {hosts: {news.example: nowhere}}")
		}
		check := func(t *testing.T, err error, from string) {
			t.Helper()
			if err == nil || !errors.Is(err, ErrUsage) || strings.Contains(err.Error(), "hidden") ||
				!strings.Contains(err.Error(), "--"+tt.setting+": ") || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), from) {
				t.Errorf("got %v, want an error with %q, %q and %q", err, tt.setting, tt.want, from)
			}
		}
		t.Run(tt.setting+"="+tt.value, func(t *testing.T) {
			_, err := parse(t, "--"+tt.setting+"="+tt.value)
			check(t, err, "")
			_, err = parse(t, "--config", path)
			check(t, err, "(from "+path+": "+tt.setting+")")
			t.Setenv(variable, tt.value)
			_, err = parse(t)
			check(t, err, "(from "+variable+")")
		})
	}
}

func TestHostsInTheFile(t *testing.T) {
	s, err := parse(t, "--config", yamlFile(t, "fetch:\n  hosts:\n    a.example: 127.0.0.1:81\n    b.example: \"::1\"\n"))
	want := map[string]string{"a.example": "127.0.0.1:81", "b.example": "::1"}
	if err != nil || !maps.Equal(s.Fetch.Hosts, want) {
		t.Errorf("got %v, %v, want %v", s.Fetch.Hosts, err, want)
	}
	for _, text := range []string{"fetch: {workers: }", "fetch: {workers: [1, 2]}", "fetch: {hosts: {a.example: 7}}"} {
		if _, err := parse(t, "--config", yamlFile(t, text)); err == nil || !errors.Is(err, ErrUsage) {
			t.Errorf("%s: %v, want a usage error", text, err)
		}
	}
}

func TestTheAddressKnowsItsVariable(t *testing.T) {
	t.Setenv("NATS_URL", "nats://a.example")
	s, err := parse(t)
	if err != nil || s.NATS.URL != "nats://a.example" || s.NATS.From != "NATS_URL" {
		t.Errorf("%+v, %v, want it from NATS_URL", s.NATS, err)
	}
	s, err = parse(t, "--nats-url", "b.example:4222,c.example")
	if err != nil || s.NATS.From != "" {
		t.Errorf("%+v, %v, want it from the flag", s.NATS, err)
	}
}
