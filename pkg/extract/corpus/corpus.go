// Package corpus reads the evaluation corpus: a folder for each set of pages,
// with their gold a line each in gold.jsonl and the pages in pages/ID.html.gz.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// EachLine hands on the lines of a file of JSON.
func EachLine[T any](file string, do func(*T)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewReaderSize(f, 1<<20)
	for d := json.NewDecoder(lines); d.More(); {
		v := new(T)
		if err := d.Decode(v); err != nil {
			return fmt.Errorf("read %q: %w", file, err)
		}
		do(v)
	}
	return nil
}

// Page reads the bytes of a page of the set in a folder.
func Page(folder, id string) ([]byte, error) {
	f, err := os.Open(filepath.Join(folder, "pages", id+".html.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", f.Name(), err)
	}
	page, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", f.Name(), err)
	}
	return page, nil
}
