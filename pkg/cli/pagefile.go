package cli

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pageLimit is the longest page read from a file, decompressed: the same as
// the extractor service takes by default.
const pageLimit = 32 << 20

// pageFile is a saved page.
type pageFile struct {
	path        string
	body        []byte // not compressed
	contentType string
	// fetchedAt is when the file was written, the best that is known of when
	// its page was fetched.
	fetchedAt time.Time
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// pageTypes are the endings of saved pages, before an optional ".gz".
var pageTypes = map[string]string{
	".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": "text/plain",
}

// typeOfFile is the content type that a file name tells, empty for one that
// is no page.
func typeOfFile(path string) string {
	return pageTypes[strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".gz")))]
}

// readPageFile reads a saved page, "-" being standard input.
func readPageFile(path string) (*pageFile, error) {
	if path == "-" {
		body, err := readLimited(os.Stdin, path)
		return &pageFile{path: path, body: body, fetchedAt: time.Now().UTC()}, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	var from io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	}
	body, err := readLimited(from, path)
	return &pageFile{
		path: path, body: body, contentType: typeOfFile(path),
		fetchedAt: info.ModTime().UTC().Truncate(time.Second),
	}, err
}

func readLimited(from io.Reader, name string) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(from, pageLimit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(body) > pageLimit {
		return nil, fmt.Errorf("read %s: more than %d MB", name, pageLimit>>20)
	}
	if len(body) == 0 {
		return nil, fmt.Errorf("read %s: %w", name, errEmptyFile)
	}
	return body, nil
}

var errEmptyFile = errors.New("the file is empty")

// fileURL is the address of a saved file: the name of its journey.
func fileURL(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String(), nil
}

// readLines reads standard input without blank lines and comments.
func readLines() ([]string, error) {
	text, err := readLimited(os.Stdin, "standard input")
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
