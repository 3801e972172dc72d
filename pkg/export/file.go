package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is one file of a dump.
type File struct {
	// Path is that of the file, with slashes; in a [Manifest] from the manifest's
	// folder on.
	Path string `json:"path"`
	// Day is that of the fetch of all its records, in UTC, where files are by day.
	Day     string `json:"day,omitempty"`
	Records int    `json:"records"`
	Bytes   int64  `json:"bytes"`
	// Digest is "sha256:" and 64 hex digits of the file.
	Digest string `json:"digest"`
}

// WriteFile has a file written that is there when all of it is, and keeps the
// one before until then. Records of what it gives is left to the caller.
func WriteFile(path string, write func(io.Writer) error) (File, error) {
	if err := checkPlace(path); err != nil {
		return File{}, err
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = fmt.Errorf("write %s: %w", path, at.Err) // and not the part's name
	}
	if err != nil {
		return File{}, err
	}
	sum := sha256.New()
	size := counter(0)
	err = write(io.MultiWriter(part, sum, &size))
	if err == nil {
		err = errors.Join(part.Chmod(0o644), part.Sync())
	}
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return File{}, errors.Join(err, os.Remove(part.Name()))
	}
	return File{Path: path, Bytes: int64(size), Digest: "sha256:" + hex.EncodeToString(sum.Sum(nil))}, nil
}

// checkPlace is an error for a place where something is that is no file.
func checkPlace(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("write %s: it is a %s: name a file, or a new one", path, kindOf(info))
	}
	return nil
}

// kindOf says what is there that is no file.
func kindOf(info os.FileInfo) string {
	if info.IsDir() {
		return "folder"
	}
	return "device or pipe" // which a file would take the place of
}

// counter counts the bytes that are written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
