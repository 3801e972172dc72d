package otherbuild

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/version"
)

// Build is a program that is one of ours.
type Build struct {
	// Path is where it is.
	Path string
	Identity
	// Digest is that of its file, see [version.Build].
	Digest string
}

const (
	// lookTime is how long a program may take to say who it is.
	lookTime = time.Minute
	// pipeTime is how long what a child wrote is read after its end: others may
	// have its pipes, and who reads may be slow.
	pipeTime = 3 * time.Second
)

// Look asks a program who it is. A program that is none of ours, or too old to be
// given pages, is an error that says so.
func Look(ctx context.Context, name string) (*Build, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("the other extractor: %w", err)
	}
	digest, err := version.BuildOf(path)
	if err != nil {
		return nil, fmt.Errorf("the other extractor: %w", err)
	}
	ctx, stop := context.WithTimeout(ctx, lookTime)
	defer stop()
	said, err := command(ctx, path, "version", "--json").Output()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it ended well, and what it said is judged
	}
	b := &Build{Path: path, Digest: digest}
	if wrong := json.Unmarshal(said, &b.Identity); err != nil || wrong != nil || b.Version == "" {
		return nil, fmt.Errorf("%s is no copydesk: \"version --json\" said %.80q (%w): name the copydesk command of another build", name, firstLine(said), cmp.Or(err, wrong, errors.New("no version in it")))
	}
	if !slices.Contains(b.Protocols, Protocol) {
		return nil, fmt.Errorf("%s is copydesk %s, which cannot be given pages as this build does (%s): build it with pkg/otherbuild, or replay with it on a desk of its own", name, b.Version, Protocol)
	}
	return b, nil
}

func firstLine(text []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	return string(line)
}

// command is a child that knows nothing of our settings.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = []string{}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if slices.Contains(inherited, strings.ToUpper(name)) {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.WaitDelay = pipeTime
	return cmd
}

// inherited are the variables that a child needs to run at all, and those by which
// an operator bounds it.
var inherited = []string{
	"PATH", "HOME", "TMPDIR", "GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT",
	"SYSTEMROOT", "TEMP", "TMP", "USERPROFILE",
}
