package datafolder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Run is how a command line finds the copydesk that runs on a folder.
type Run struct {
	URL       string    `json:"url"`
	Token     string    `json:"token"`
	PID       int       `json:"pid"`
	Version   string    `json:"version"`
	StartedAt time.Time `json:"startedAt"`
}

// ErrNotRunning is returned where no copydesk runs on a folder.
var ErrNotRunning = errors.New("no copydesk is running")

func (f Folder) runFile() string { return filepath.Join(string(f), "run.json") }

// WriteRun tells how to find this process; only the owner may read it.
func (f Folder) WriteRun(r Run) (remove func(), err error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	// Written beside and moved, so that nobody reads half of it.
	temp, err := os.CreateTemp(string(f), "run-*.json") // mode 0600
	if err != nil {
		return nil, fmt.Errorf("tell where copydesk runs: %w", err)
	}
	_, err = temp.Write(append(text, '\n'))
	if err := errors.Join(err, temp.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(temp.Name()))
	}
	if err := os.Rename(temp.Name(), f.runFile()); err != nil {
		return nil, fmt.Errorf("tell where copydesk runs: %w", err)
	}
	return func() { os.Remove(f.runFile()) }, nil
}

// ReadRun finds the copydesk that runs on the folder. A crash leaves the file
// behind, so the broker it names need not answer.
func (f Folder) ReadRun() (Run, error) {
	text, err := os.ReadFile(f.runFile())
	if errors.Is(err, fs.ErrNotExist) {
		return Run{}, fmt.Errorf("data folder %s: %w", f, ErrNotRunning)
	}
	if err != nil {
		return Run{}, fmt.Errorf("find the running copydesk: %w", err)
	}
	var r Run
	if err := json.Unmarshal(text, &r); err != nil {
		return Run{}, fmt.Errorf("find the running copydesk: %s: %w", f.runFile(), err)
	}
	return r, nil
}
