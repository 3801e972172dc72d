// Package version says which Copydesk this is.
package version

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"sync"
)

// Version follows semantic versioning. It says nothing of records: these carry
// the extractor's own version.
const Version = "0.1.0"

// Build names this very program: the digest of its file, "sha256:" and 12 hex
// digits. It tells builds of one version apart, and is empty where the file cannot
// be read any more.
var Build = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	digest, err := BuildOf(path)
	if err != nil {
		return ""
	}
	return digest
})

// BuildOf is what [Build] says in the program of that file.
func BuildOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))[:12], nil
}
