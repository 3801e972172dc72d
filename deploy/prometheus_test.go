package deploy_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/service"
)

const rulesFile = "prometheus.rules.yaml"

type alarm struct {
	Alert       string
	Expr        string
	Labels      map[string]string
	Annotations map[string]string
}

func alarms(t *testing.T) []alarm {
	t.Helper()
	text, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Groups []struct{ Rules []alarm } }
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var all []alarm
	for _, g := range file.Groups {
		all = append(all, g.Rules...)
	}
	if len(all) == 0 {
		t.Fatal("no alarms")
	}
	return all
}

// Whoever is woken finds what it means and what to do.
func TestEveryAlarmIsExplained(t *testing.T) {
	guide, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, err := os.ReadFile("prometheus.rules.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, a := range alarms(t) {
		known[a.Alert] = true
		if a.Annotations["summary"] == "" || a.Annotations["description"] == "" {
			t.Errorf("%s lacks summary or description", a.Alert)
		}
		if s := a.Labels["severity"]; s != "page" && s != "ticket" {
			t.Errorf("%s has severity %q", a.Alert, s)
		}
		if want := "docs/operate.md#" + strings.ToLower(a.Alert); !strings.HasSuffix(a.Annotations["runbook_url"], want) {
			t.Errorf("%s: runbook_url %q, want one that ends with %s", a.Alert, a.Annotations["runbook_url"], want)
		}
		if !strings.Contains(string(guide), "\n### "+a.Alert+"\n") {
			t.Errorf("docs/operate.md has no section %s", a.Alert)
		}
		if !strings.Contains(string(tests), a.Alert) {
			t.Errorf("prometheus.rules.test.yaml has no test of %s", a.Alert)
		}
	}
	for _, heading := range regexp.MustCompile(`(?m)^### (Copydesk\w+)$`).FindAllStringSubmatch(string(guide), -1) {
		if !known[heading[1]] {
			t.Errorf("docs/operate.md explains %s, which no rule has", heading[1])
		}
	}
}

// Every metric that an alarm or the guide names is told by a service that has
// only its own user's rights; the server denies none of them anything.
func TestEveryMetricOfTheAlarmsIsThere(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	told := map[string]bool{"up": true} // Prometheus' own
	for user, s := range map[string]service.Service{"fetcher": service.Fetcher, "extractor": service.Extractor, "indexer": service.Indexer} {
		address := freeport.Address(t)
		run(t, b, s, user, "--http-listen", address)
		text := ""
		until(t, user+" to read the streams", func() bool { // which a scrape does not wait for where the machine is slow
			text = scrape(t, address)
			return strings.Contains(text, `copydesk_reading_success{reading="streams"} 1`)
		})
		for _, name := range regexp.MustCompile(`(?m)^# TYPE (\w+) `).FindAllStringSubmatch(text, -1) {
			told[name[1]] = true
		}
	}
	for _, a := range alarms(t) {
		for _, name := range regexp.MustCompile(`\b(copydesk_\w+|up)\b`).FindAllString(a.Expr, -1) {
			if !told[name] {
				t.Errorf("%s is about %s, which no service tells", a.Alert, name)
			}
		}
	}
	guide, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, name := range regexp.MustCompile("`(copydesk_\\w+)").FindAllStringSubmatch(string(guide), -1) {
		named = append(named, name[1])
		if !told[name[1]] && name[1] != "copydesk_visits" { // which there are none of yet
			t.Errorf("docs/operate.md names %s, which no service tells", name[1])
		}
	}
	for name := range told {
		if strings.HasPrefix(name, "copydesk_") && !slices.Contains(named, name) {
			t.Errorf("docs/operate.md does not name %s", name)
		}
	}
	if denied := b.log.containing("Violation"); len(denied) > 0 {
		t.Errorf("the server denied what is needed:\n%s", strings.Join(denied, "\n"))
	}
}

// Prometheus' own tool reads the rules and finds that they do what their test
// file says, where the machine has it.
func TestPromtool(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skipf("NOT CHECKED with promtool: %v (Debian's package prometheus has it)", err)
	}
	for _, args := range [][]string{{"check", "rules", rulesFile}, {"test", "rules", "prometheus.rules.test.yaml"}} {
		if out, err := exec.Command(promtool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
}

func scrape(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(fmt.Sprintf("http://%s/metrics", address))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("scrape %s: %v, %s: %s", address, err, response.Status, text)
	}
	return string(text)
}
