package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Recover takes away what a dump put beside the others and was not finished with,
// of which the manifest at path tells. What the manifest names as a dump's stays,
// and so does what others wrote into a place meanwhile. A manifest that names no
// dump then goes too, as none was ever there.
func Recover(path string) error {
	release := hold(filepath.Dir(path))
	defer release()
	return recoverFrom(path)
}

func recoverFrom(path string) error {
	parts, err := filepath.Glob(filepath.Join(globbed(filepath.Dir(path)), "."+globbed(filepath.Base(path))+".[0-9]*"))
	if err != nil {
		return err
	}
	for _, part := range parts { // of a manifest, which nobody writes now
		if err := os.Remove(part); err != nil {
			return err
		}
	}
	m, err := ReadManifest(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil || len(m.Unfinished) == 0:
		return err
	}
	for _, file := range m.Unfinished {
		at := filepath.Join(filepath.Dir(path), filepath.FromSlash(file.Path))
		if m.Names(path, at) {
			continue
		}
		if err := removeSame(at, file); err != nil {
			return err
		}
		if file.Day != "" {
			_ = os.Remove(filepath.Dir(at)) // the day's folder, where nothing else is in it
		}
	}
	if m.Unfinished = nil; len(m.Dumps) > 0 {
		return m.write(path)
	}
	return os.Remove(path)
}

// removeSame removes a file, unless it is another than it was.
func removeSame(path string, was File) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular() || info.Size() != was.Bytes:
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if "sha256:"+hex.EncodeToString(sum.Sum(nil)) != was.Digest {
		return nil
	}
	return os.Remove(path)
}

// hold has a folder's manifests for this process alone until they are released. A
// file system that cannot lock folders has only the look at the manifest that is
// gone on from.
func hold(folder string) (release func()) {
	lock := lockOf(folder)
	_ = lock.Lock()
	return func() { _ = lock.Close() }
}

// globbed is a path as a pattern that only it matches.
func globbed(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
