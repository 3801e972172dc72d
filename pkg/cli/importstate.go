package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/stage"
)

// importState is how far an import is, kept beside where it runs, so that the same
// command goes on after it was interrupted.
type importState struct {
	path string
	lock *flock.Flock

	Run   string                   `json:"run"`
	Files map[string]*importedFile `json:"files"`
}

// importedFile is how far one file is.
type importedFile struct {
	// Size and Modified are the file's: another file of that name is not gone on
	// with.
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	stage.Imported
	Whole bool `json:"whole"`
}

// openImportState reads how far a run is in the state folder, and has it for this
// command alone until it is closed.
func openImportState(folder, run string) (*importState, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	s := &importState{
		path: filepath.Join(folder, run+".json"), lock: flock.New(filepath.Join(folder, run+".lock"), flock.SetPermissions(0o600)),
		Run: run, Files: map[string]*importedFile{},
	}
	if alone, err := s.lock.TryLock(); err != nil {
		return nil, err
	} else if !alone {
		return nil, fmt.Errorf("run %s: another copydesk import is at it: wait for that, or give this one another name by --run", run)
	}
	if err := s.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("how far the import is: %s: %w: remove the file", s.path, err), s.Close())
	}
	return s, nil
}

func (s *importState) read() error {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(text, s)
	}
	return err
}

// Close lets another command have it.
func (s *importState) Close() error { return s.lock.Close() }

// file is how far a source is: from its begin if it was not read before, an error
// if it is another one now.
func (s *importState) file(source *intake.Source) (*importedFile, error) {
	path, err := filepath.Abs(source.Path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	known, ok := s.Files[path]
	if !ok {
		known = &importedFile{Size: info.Size(), Modified: info.ModTime().UTC()}
		s.Files[path] = known
	}
	if known.Size != info.Size() || !known.Modified.Equal(info.ModTime()) {
		return nil, fmt.Errorf("%s is not the file any more that run %s has read a part of: import it again with --again, or under another --run", path, s.Run)
	}
	return known, nil
}

// sent is how many captures of all files were sent.
func (s *importState) sent() (n int64) {
	for _, file := range s.Files {
		n += file.Sent
	}
	return n
}

// forget has all files read from their begin, those that are other ones now too.
func (s *importState) forget() error {
	s.Files = map[string]*importedFile{}
	if err := os.Remove(s.rejects()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// write keeps how far the import is. It is written beside and moved, so that a
// crash leaves the old or the new.
func (s *importState) write() error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.path+".new", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(s.path+".new", s.path)
}

// rejects is where is noted what cannot be imported: one line of JSON each.
func (s *importState) rejects() string {
	return s.path[:len(s.path)-len(".json")] + ".rejects.jsonl"
}

// rejected is one line there.
type rejected struct {
	File   string `json:"file"`
	Place  string `json:"place"`
	Reason string `json:"reason"`
}

func (s *importState) reject(file string, place string, why error) error {
	line, err := json.Marshal(rejected{file, place, why.Error()})
	if err != nil {
		return err
	}
	to, err := os.OpenFile(s.rejects(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = to.Write(append(line, '\n'))
	return errors.Join(err, to.Close())
}

// firstReject is the first line there.
func (s *importState) firstReject() (r rejected, err error) {
	from, err := os.Open(s.rejects())
	if err != nil {
		return r, err
	}
	defer from.Close()
	return r, json.NewDecoder(from).Decode(&r)
}
