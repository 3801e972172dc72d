package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Vault is where closed segments lie that are not in the archive's folder.
type Vault interface {
	// String is where that is, for people.
	fmt.Stringer
	// Put brings the file at path under a name, in place of what had that name,
	// whole or not at all, and proves that it did.
	Put(ctx context.Context, name, path string) error
	// Open reads length bytes of a file from offset on, fewer where it ends
	// before. The error of a file that is not there is [fs.ErrNotExist].
	Open(ctx context.Context, name string, offset, length int64) (io.ReadCloser, error)
	// List calls do with each file and its size in bytes, in the order of their
	// names, until do returns an error.
	List(ctx context.Context, do func(name string, size int64) error) error
	// Delete takes a file away; one that is not there is no error.
	Delete(ctx context.Context, name string) error
}

// Dir is a vault in a folder, perhaps of another disk.
type Dir string

var _ Vault = Dir("")

// Put copies the file, and reads the copy.
func (d Dir) Put(ctx context.Context, name, path string) error {
	to, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(string(d), 0o700); err != nil {
		return err
	}
	sent, err := copyFile(to+newEnding, path)
	if err == nil {
		var came [sha256.Size]byte
		if came, err = digestOf(to + ".new"); err == nil && came != sent {
			err = errors.New("what was read back is not what was written")
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("bring %s to %s: %w", name, d, errors.Join(err, remove(to+newEnding)))
	}
	return errors.Join(os.Rename(to+newEnding, to), syncFolder(string(d)))
}

// Open reads a part of a file.
func (d Dir) Open(_ context.Context, name string, offset, length int64) (io.ReadCloser, error) {
	path, err := d.path(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return part{io.NewSectionReader(f, offset, length), f}, nil
}

// List reads the folder.
func (d Dir) List(_ context.Context, do func(name string, size int64) error) error {
	entries, err := os.ReadDir(string(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			continue
		}
		if err != nil {
			return err
		}
		if err := do(e.Name(), info.Size()); err != nil {
			return err
		}
	}
	return nil
}

// Delete removes a file.
func (d Dir) Delete(_ context.Context, name string) error {
	path, err := d.path(name)
	if err != nil {
		return err
	}
	return errors.Join(remove(path), syncFolder(string(d)))
}

func (d Dir) path(name string) (string, error) {
	if name != filepath.Base(name) || name == "." || name == ".." {
		return "", fmt.Errorf("%q is no name of a file", name)
	}
	return filepath.Join(string(d), name), nil
}

// String is where the files are, for people.
func (d Dir) String() string { return string(d) }

// part is a part of a file.
type part struct {
	io.Reader
	io.Closer
}

// remove removes a file; one that is not there is no error.
func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// copyFile copies a file to the disk, and says the digest of what was copied.
func copyFile(to, from string) (digest [sha256.Size]byte, err error) {
	source, err := os.Open(from)
	if err != nil {
		return digest, err
	}
	defer source.Close()
	return spool(to, source)
}

// spool writes what is read to a file of the disk.
func spool(to string, source io.Reader) (digest [sha256.Size]byte, err error) {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return digest, err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), source)
	if err == nil {
		err = f.Sync()
	}
	return [sha256.Size]byte(sum.Sum(nil)), errors.Join(err, f.Close())
}

func digestOf(path string) (digest [sha256.Size]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return digest, err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return [sha256.Size]byte(sum.Sum(nil)), err
}
