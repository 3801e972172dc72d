package export

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is there and is no file, such as /dev/null, is not replaced by one.
func TestWriteFileReplacesFilesOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "socket")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, err = WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "row\n")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "name a file") {
		t.Errorf("written: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().IsRegular() {
		t.Errorf("it is %v, %v now", info.Mode(), err)
	}
}
