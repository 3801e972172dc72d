// Package datafolder says where in the data folder each part of Copydesk keeps
// its files, and sees to it that each part has one owner: a second process is
// refused with the name and PID of the first.
//
// Each part is locked by itself, because the three services may share a folder
// on one machine; one process that runs them all takes all the locks. The lock
// is the operating system's, so a crash leaves none behind.
package datafolder

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Part is what one process owns.
type Part string

// The parts of a data folder.
const (
	Broker  Part = "broker"  // js/
	Fetcher Part = "fetcher" // frontier.db
	Indexer Part = "indexer" // index.db, bleve/, archive/
)

// ErrInUse is returned for a part that another process owns.
var ErrInUse = errors.New("in use")

// Folder is a data folder.
type Folder string

// JetStream is where the embedded broker keeps its streams.
func (f Folder) JetStream() string { return filepath.Join(string(f), "js") }

// Frontier is the fetcher's file.
func (f Folder) Frontier() string { return filepath.Join(string(f), "frontier.db") }

// Rows is the indexer's file.
func (f Folder) Rows() string { return filepath.Join(string(f), "index.db") }

// Search is the indexer's search folder.
func (f Folder) Search() string { return filepath.Join(string(f), "bleve") }

// Archive is the indexer's folder of pages as they came.
func (f Folder) Archive() string { return filepath.Join(string(f), "archive") }

// Owner says who holds a part.
type Owner struct {
	Name  string    `json:"name"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// Lock takes parts of the folder for the process called name, and makes the
// folder if need be. The error of a part that is taken wraps [ErrInUse] and
// names its owner.
func (f Folder) Lock(name string, parts ...Part) (release func(), err error) {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	var held []*flock.Flock
	release = func() {
		for _, lock := range held {
			lock.Close()
		}
	}
	for _, part := range parts {
		lock := flock.New(f.lockFile(part), flock.SetPermissions(0o600))
		ok, err := lock.TryLock()
		if err != nil {
			release()
			return nil, fmt.Errorf("data folder %s: lock the %s: %w", f, part, err)
		}
		if !ok {
			release()
			return nil, fmt.Errorf("data folder %s: the %s's files are %w by %s: stop it, or choose another folder with --data",
				f, part, ErrInUse, f.owner(part))
		}
		held = append(held, lock)
		if err := f.sign(part, name); err != nil {
			release()
			return nil, err
		}
	}
	return release, nil
}

func (f Folder) lockFile(part Part) string {
	return filepath.Join(string(f), string(part)+".lock")
}

// sign writes the owner into the lock file, which stays the same file.
func (f Folder) sign(part Part, name string) error {
	text, err := json.Marshal(Owner{Name: name, PID: os.Getpid(), Since: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	return os.WriteFile(f.lockFile(part), append(text, '\n'), 0o600)
}

func (f Folder) owner(part Part) string {
	var o Owner
	text, err := os.ReadFile(f.lockFile(part))
	if err != nil || json.Unmarshal(text, &o) != nil {
		return "another process"
	}
	return fmt.Sprintf("%s (PID %d, since %s)", o.Name, o.PID, o.Since.Local().Format(time.DateTime))
}
