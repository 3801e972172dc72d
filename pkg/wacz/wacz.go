package wacz

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrFormat is in the error of every file that is no WACZ, or a broken one.
var ErrFormat = errors.New("no readable WACZ")

// description is the file that every WACZ holds, and folder is where its web
// archives lie (sections 4.2.5 and 4.2.1).
const (
	description = "datapackage.json"
	folder      = "archive/"
)

// mostDescription is how long a description may be, in bytes.
const mostDescription = 16 << 20

// Open gives the web archives of a WACZ file of so many bytes, in its order. An
// error that is not an [ErrFormat] is that of the disk.
func Open(file io.ReaderAt, size int64) ([]*Archive, error) {
	entries, err := entriesOf(file, size)
	if err != nil {
		return nil, err
	}
	var archives []*Archive
	described, names, left := false, map[string]bool{}, size
	for _, entry := range entries {
		if entry.Name == description {
			if err := describes(entry); err != nil {
				return nil, fmt.Errorf("%w: %s: %w", ErrFormat, description, err)
			}
			described = true
		}
		if !isArchive(entry.Name) {
			continue
		}
		if names[entry.Name] {
			return nil, fmt.Errorf("%w: two entries named %q", ErrFormat, entry.Name)
		}
		names[entry.Name] = true
		a, err := archiveOf(file, size, entry)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrFormat, entry.Name, err)
		}
		if left -= a.packed; left < 0 {
			return nil, fmt.Errorf("%w: its entries are longer together than the file: they overlap", ErrFormat)
		}
		archives = append(archives, a)
	}
	switch {
	case !described:
		return nil, fmt.Errorf("%w: a zip without %s", ErrFormat, description)
	case len(archives) == 0:
		return nil, fmt.Errorf("%w: no web archive in %s; where it only names other WACZ files, read those", ErrFormat, folder)
	}
	return archives, nil
}

func isArchive(name string) bool {
	if !strings.HasPrefix(name, folder) {
		return false
	}
	for _, packed := range [...]string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	return strings.HasSuffix(name, ".warc")
}

// describes says whether a file is the description of a WACZ.
func describes(entry *zip.File) error {
	text, err := entry.Open()
	if err != nil {
		return err
	}
	defer text.Close()
	var said struct {
		Resources []struct{} `json:"resources"`
	}
	if err := json.NewDecoder(io.LimitReader(text, mostDescription)).Decode(&said); err != nil {
		return err
	}
	if len(said.Resources) == 0 {
		return errors.New("it names no resources")
	}
	return nil
}
