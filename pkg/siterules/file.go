package siterules

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// readEvery is how often a file is looked at. A change is taken when it was seen
// twice: who writes a file may not be done.
const readEvery = time.Second

// File is a set that follows its file. A nil file has no rules.
type File struct {
	path string

	mu      sync.Mutex
	set     *Set
	text    []byte // that of set
	seen    []byte // last read, not taken yet
	problem error
}

// Open reads the rules of a file; an empty path is no file.
func Open(path string) (*File, error) {
	if path == "" {
		return nil, nil
	}
	text, err := readFile(path)
	if err != nil {
		return nil, err
	}
	set, err := Parse(path, text)
	if err != nil {
		return nil, err
	}
	return &File{path: path, set: set, text: text}, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("site rules: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err != nil {
		return nil, fmt.Errorf("site rules: read %s: %w", path, err)
	}
	return text, nil
}

// Set is the rules that hold now.
func (f *File) Set() *Set {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.set
}

// Text is the file as the set was read from it.
func (f *File) Text() []byte {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// Problem is why the file as it is now was not taken; nil where it was.
func (f *File) Problem() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.problem
}

// Follow takes the changes of the file until ctx ends. What cannot be right is
// not taken: the rules from before go on, and the log says so.
func (f *File) Follow(ctx context.Context, log zerolog.Logger) {
	if f == nil {
		return
	}
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f.look(log)
		}
	}
}

// look reads the file once.
func (f *File) look(log zerolog.Logger) {
	text, err := readFile(f.path)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.refuse(err, log)
		return
	}
	last := f.seen
	f.seen = text
	switch {
	case bytes.Equal(text, f.text):
		f.problem = nil
	case !bytes.Equal(text, last) || last == nil:
		return // it may still be written
	default:
		set, err := Parse(f.path, text)
		if err != nil {
			f.refuse(err, log)
			return
		}
		f.set, f.text, f.problem = set, text, nil
		log.Info().Str("file", f.path).Str("rules", set.Digest()).Int("count", len(set.rules)).Msg("site rules read anew")
	}
}

// refuse notes a problem, and tells of it once.
func (f *File) refuse(err error, log zerolog.Logger) {
	if f.problem == nil || f.problem.Error() != err.Error() {
		log.Error().Err(err).Str("rules", f.set.Digest()).Msg("site rules not taken; those from before go on")
	}
	f.problem = err
}
