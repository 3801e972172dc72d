//go:build interop

package interop_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAfternoon runs the script of docs/analysts.md as it stands there.
func TestAfternoon(t *testing.T) {
	bin := filepath.Dir(python(t))
	if _, err := exec.LookPath(filepath.Join(bin, "duckdb")); err != nil {
		missing(t, "no duckdb beside INTEROP_PYTHON: pip install -r pkg/export/interop/requirements.txt")
	}
	programs, folder := t.TempDir(), t.TempDir()
	if out, err := exec.Command("go", "build", "-o", programs, "../../../cmd/copydesk").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	bash := exec.Command("bash", "-c", afternoon(t))
	bash.Dir = folder
	bash.Env = append(os.Environ(), "PATH="+programs+":"+bin+":"+os.Getenv("PATH"), "XDG_STATE_HOME="+folder,
		"COPYDESK_PORT=0", "COPYDESK_HTTP_LISTEN=off")
	var out, log bytes.Buffer
	bash.Stdout, bash.Stderr = &out, &log
	if err := bash.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, &out, &log)
	}
	t.Logf("\n%s", &out)
	for _, want := range []string{
		"run newsroom: 53 captures of 1 file in the archive",
		"Harbor dredging to start after 12-year wait",
		"replay crossheads",
		"Where the mud goes",
		"4 articles published as new revisions", "portalderledger.example",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the afternoon never says %q", want)
		}
	}
}

// afternoon is the script of the documentation.
func afternoon(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/analysts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "## An afternoon\n")
	_, rest, begun := strings.Cut(rest, "```bash\n")
	script, _, ended := strings.Cut(rest, "```\n")
	if !found || !begun || !ended {
		t.Fatal("docs/analysts.md has no afternoon")
	}
	return script
}
