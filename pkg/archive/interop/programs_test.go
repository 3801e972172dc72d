//go:build interop

package interop_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// missing skips what this machine cannot do; in CI it can.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// python is the interpreter that has what requirements.txt names.
func python(t *testing.T) string {
	t.Helper()
	python := os.Getenv("INTEROP_PYTHON")
	if out, err := exec.Command(python, "-c", "import warcio, pywb, wacz, zstandard").CombinedOutput(); err != nil {
		missing(t, "INTEROP_PYTHON=%q has no warcio, pywb and wacz: pip install -r pkg/archive/interop/requirements.txt (%v: %s)", python, err, out)
	}
	return python
}

// script is a program that a Python package installed.
func script(t *testing.T, name string) string {
	t.Helper()
	return filepath.Join(filepath.Dir(python(t)), name)
}

// installed is a program of the system.
func installed(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "none of %q is installed: apt-get install wget chromium", names)
	return ""
}

// gowarc builds the program beside this test.
func gowarc(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gowarc")
	build := exec.Command("go", "build", "-o", path, ".")
	build.Dir = "gowarc"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build gowarc: %v\n%s", err, out)
	}
	return path
}

// run gives what a program prints. A word on standard error is a failure: all of
// these warn there.
func run(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	var warnings bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stderr = &warnings
	out, err := cmd.Output()
	if err != nil || warnings.Len() > 0 {
		t.Fatalf("%s %q: %v\n%s", filepath.Base(program), args, err, warnings.Bytes())
	}
	return out
}
