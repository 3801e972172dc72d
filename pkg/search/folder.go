package search

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Names in an index's folder.
const (
	currentFile = "current" // says which generation answers
	asideFolder = "aside"   // the last unusable generation
	prefix      = "index-"  // of generations, before their number
)

func (x *Index) path(name string) string { return filepath.Join(x.dir, name) }

// currentName is the folder of the current generation, "" where there is none.
func (x *Index) currentName() (string, error) {
	name, err := os.ReadFile(x.path(currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err == nil && generationNumber(string(name)) == 0 {
		return "", nil // damaged, as a disk that filled up leaves it
	}
	return string(name), err
}

// setCurrent names the generation that answers from now on, at once or not at
// all.
func (x *Index) setCurrent(name string) error {
	next, err := os.CreateTemp(x.dir, currentFile+"-*")
	if err != nil {
		return err
	}
	_, err = next.WriteString(name)
	if err := errors.Join(err, next.Sync(), next.Close()); err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	return os.Rename(next.Name(), x.path(currentFile))
}

// setAside moves an unusable generation out of the way.
func (x *Index) setAside(name string) (aside string, err error) {
	aside = x.path(asideFolder)
	if err := os.RemoveAll(aside); err != nil {
		return "", err
	}
	err = os.Rename(x.path(name), aside)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return aside, err
}

// sweep removes what rebuilds that never ended have left.
func (x *Index) sweep(current string) error {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		unfinished := strings.HasPrefix(name, currentFile+"-") || generationNumber(name) > 0
		if unfinished && name != current {
			if err := os.RemoveAll(x.path(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// nextName is the folder of the generation after all that there are.
func (x *Index) nextName() (string, error) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return "", err
	}
	last := 0
	for _, entry := range entries {
		last = max(last, generationNumber(entry.Name()))
	}
	return fmt.Sprintf("%s%06d", prefix, last+1), nil
}

// generationNumber is the number in a generation's name, 0 for other names.
func generationNumber(name string) int {
	digits, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
