package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/gofrs/flock"
)

// stagePrefix begins the name of the folder that a dump is staged in.
const stagePrefix = ".export-"

// Stage holds the files of a dump, until all of them are whole and are put in their
// places. It is a hidden folder beside these. No file in it has an ending, for
// there are readers that look into hidden folders.
type Stage struct {
	folder, hidden string
	lock           *flock.Flock
	files          []staged
}

// staged is a file that is whole, and its place.
type staged struct{ from, to string }

// NewStage begins a dump into a folder, and removes the stages there of dumps that
// were killed. Close it in any case.
func NewStage(folder string) (*Stage, error) {
	if err := removeStages(folder); err != nil {
		return nil, err
	}
	hidden, err := os.MkdirTemp(folder, stagePrefix+"*")
	if err != nil {
		return nil, err
	}
	s := &Stage{folder: folder, hidden: hidden, lock: lockOf(hidden)}
	// Where folders cannot be locked, none is taken for one of a dump that was killed.
	_, _ = s.lock.TryLock()
	return s, nil
}

// StageFor begins a dump into one file.
func StageFor(path string) (*Stage, error) {
	if err := checkPlace(path); err != nil {
		return nil, err
	}
	s, err := NewStage(filepath.Dir(path))
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = fmt.Errorf("write %s: %w", path, at.Err) // and not the stage's name
	}
	return s, err
}

// removeStages removes those that nobody holds.
func removeStages(folder string) error {
	left, err := filepath.Glob(filepath.Join(globbed(folder), stagePrefix+"*"))
	if err != nil {
		return err
	}
	for _, hidden := range left {
		lock := lockOf(hidden)
		if dead, err := lock.TryLock(); err != nil || !dead {
			continue
		}
		if err := errors.Join(os.RemoveAll(hidden), lock.Close()); err != nil {
			return err
		}
	}
	return nil
}

// lockOf is the lock of a folder, which takes no file of its own.
func lockOf(folder string) *flock.Flock { return flock.New(folder, flock.SetFlag(os.O_RDONLY)) }

// Write has a file written that is to be at path when the dump is put there.
func (s *Stage) Write(path string, write func(io.Writer) error) (File, error) {
	if err := checkPlace(path); err != nil {
		return File{}, err
	}
	from := filepath.Join(s.hidden, strconv.Itoa(len(s.files)+1))
	file, err := WriteFile(from, write)
	if err != nil {
		return File{}, err
	}
	s.files = append(s.files, staged{from, path})
	file.Path = path
	return file, nil
}

// Put has the files appear in their places, where no manifest is to name them; else
// see [Manifest.Add].
func (s *Stage) Put() error { return all(s.puts()) }

// puts are the steps of that.
func (s *Stage) puts() (steps []func() error) {
	for _, f := range s.files {
		folder := filepath.Dir(f.to)
		if folder != filepath.Clean(s.folder) {
			steps = append(steps, func() error { return errors.Join(os.MkdirAll(folder, 0o755), syncFolder(s.folder)) })
		}
		steps = append(steps, func() error {
			if err := os.Rename(f.from, f.to); err != nil {
				return err
			}
			return syncFolder(folder)
		})
	}
	return steps
}

// Close removes what is staged and was not put.
func (s *Stage) Close() error { return errors.Join(os.RemoveAll(s.hidden), s.lock.Close()) }

// all takes steps until one fails.
func all(steps []func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// syncFolder has the names in a folder on the disk, where the file system can.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	if err = f.Sync(); errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
