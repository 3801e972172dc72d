package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// maxExposure is what systemd may rate a unit at most, 10 being bare.
const maxExposure = 2.0

func TestUnits(t *testing.T) {
	units, err := filepath.Glob("systemd/*.service")
	if err != nil || len(units) != len(commands) {
		t.Fatalf("%q, %v", units, err)
	}
	known := variables(t)
	for _, unit := range units {
		t.Run(filepath.Base(unit), func(t *testing.T) {
			text, err := os.ReadFile(unit)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`(?m)(COPYDESK_\w+|GOMEMLIMIT)`).FindAllStringSubmatch(string(text), -1) {
				if !known[m[1]] && m[1] != "GOMEMLIMIT" {
					t.Errorf("%s is no setting", m[1])
				}
			}
			command := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/(\w+)`).FindStringSubmatch(string(text))
			if command == nil || !slices.Contains(commands, command[1]) {
				t.Fatalf("starts %q", command)
			}
			verify(t, unit, string(text))
		})
	}
}

// verify has systemd read the unit, with a command that is there.
func verify(t *testing.T, unit, text string) {
	t.Helper()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	there := filepath.Join(t.TempDir(), filepath.Base(unit))
	text = regexp.MustCompile(`/usr/local/bin/\w+`).ReplaceAllString(text, "/bin/true")
	if err := os.WriteFile(there, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("systemd-analyze", "verify", there).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("verify: %v\n%s", err, out)
	}
	out, err := exec.Command("systemd-analyze", "security", "--offline=true", "--no-pager", unit).CombinedOutput()
	if err != nil {
		t.Fatalf("security: %v\n%s", err, out)
	}
	rated := regexp.MustCompile(`exposure level for \S+: ([\d.]+)`).FindSubmatch(out)
	if rated == nil {
		t.Fatalf("no rating:\n%s", out)
	}
	if level, err := strconv.ParseFloat(string(rated[1]), 64); err != nil || level > maxExposure {
		t.Errorf("exposure %s, want at most %v:\n%s", rated[1], maxExposure, strings.Join(regexp.MustCompile(`(?m)^✗.*$`).FindAllString(string(out), -1), "\n"))
	} else {
		t.Logf("exposure %v", level)
	}
}
