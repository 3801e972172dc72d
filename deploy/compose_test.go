package deploy_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// compose is what the test reads of compose.yaml; merges are undone by the
// reader.
type compose struct {
	Services map[string]struct {
		Image       string
		Command     []string
		Entrypoint  []string
		Environment map[string]string
		Volumes     []string
		Networks    []string
		ReadOnly    bool                                  `yaml:"read_only"`
		CapDrop     []string                              `yaml:"cap_drop"`
		SecurityOpt []string                              `yaml:"security_opt"`
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	}
	Networks, Volumes map[string]struct{ Internal bool }
}

func TestCompose(t *testing.T) {
	text, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c compose
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	known := variables(t)
	for name, s := range c.Services {
		t.Run(name, func(t *testing.T) {
			if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
				t.Errorf("not hardened: %+v", s)
			}
			for volume := range slices.Values(s.Volumes) {
				source, _, _ := strings.Cut(volume, ":")
				if _, ok := c.Volumes[source]; ok || source == "./tls" || source == "./tls/ca.pem" {
					continue
				}
				if _, err := os.Stat(source); err != nil {
					t.Errorf("volume %q: %v", volume, err)
				}
			}
			for _, network := range s.Networks {
				if n, ok := c.Networks[network]; !ok || network == "web" && (name != "fetcher" || n.Internal) {
					t.Errorf("network %q", network)
				}
			}
			for other := range s.DependsOn {
				if _, ok := c.Services[other]; !ok {
					t.Errorf("waits for %q, which is no service", other)
				}
			}
			if strings.HasPrefix(name, "nats-") {
				checkServer(t, name, s.Image, s.Command, s.Environment)
				return
			}
			command := slices.Concat(s.Entrypoint, s.Command)
			if s.Image != "copydesk" || len(command) == 0 || !slices.Contains(commands, strings.TrimPrefix(command[0], "/bin/")) {
				t.Errorf("image %q, command %q", s.Image, command)
			}
			user := "operator"
			if slices.Contains(users, name) {
				user = name
			}
			if got, want := s.Environment["COPYDESK_NATS_PASSWORD"], "${NATS_"+strings.ToUpper(user)+"_PASSWORD:?}"; s.Environment["COPYDESK_NATS_USER"] != user || got != want {
				t.Errorf("user %q with password %q, want %q with %q", s.Environment["COPYDESK_NATS_USER"], got, user, want)
			}
			for variable := range s.Environment {
				if !known[variable] && variable != "GOMEMLIMIT" {
					t.Errorf("%s is no setting", variable)
				}
			}
		})
	}
	for _, name := range []string{"nats-1", "nats-2", "nats-3", "streams", "fetcher", "extractor", "indexer", "copydesk"} {
		if _, ok := c.Services[name]; !ok {
			t.Errorf("no service %s", name)
		}
	}
}

// checkServer holds a NATS service to what nats.conf and cluster.conf read, and
// to the version that the tests run.
func checkServer(t *testing.T, name, image string, command []string, environment map[string]string) {
	t.Helper()
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`nats-server/v2 v(\S+)`).FindSubmatch(mod)
	if want := fmt.Sprintf("nats:%s-alpine", version[1]); image != want {
		t.Errorf("image %q, the tests run %q", image, want)
	}
	if environment["NATS_SERVER_NAME"] != name || !strings.Contains(strings.Join(command, " "), "nats-route://"+name+":6222") {
		t.Errorf("name %q, command %q", environment["NATS_SERVER_NAME"], command)
	}
	for _, file := range []string{"nats.conf", "cluster.conf"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, variable := range regexp.MustCompile(`(?m)^[^#\n]*[:,] \$(NATS_\w+)`).FindAllSubmatch(text, -1) {
			if environment[string(variable[1])] == "" {
				t.Errorf("%s reads %s, which is not set", file, variable[1])
			}
		}
	}
}
