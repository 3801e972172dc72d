package pins

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/copydesk/copydesk/pkg/news"
)

// Pin is a page and what was accepted of it.
type Pin struct {
	Page *news.Page
	// Record is the accepted article; nil where it is accepted that there is none,
	// for the Reason beside it.
	Record *news.Article
	Reason news.Reason
}

// Name is the name of the pin's folder: the site and the beginning of the
// capture's identity.
func (p Pin) Name() string {
	return p.Page.Site + "-" + p.Page.CaptureID[:min(12, len(p.Page.CaptureID))]
}

// The files of a pin.
const (
	pageName   = "page.json"
	bodyName   = "body"
	recordName = "record.json"
)

// Limits of a pin's files, in bytes.
const (
	mostBody   = 64 << 20
	mostRecord = 64 << 20
)

// header is page.json.
type header struct {
	Page   *news.Page  `json:"page"`
	Reason news.Reason `json:"reason,omitempty"`
}

// Write writes a pin into a folder of pins, over the one of that page if there is
// one, and returns where.
func Write(folder string, p Pin) (string, error) {
	dir := filepath.Join(folder, filepath.Base(p.Name()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if err := writeJSON(filepath.Join(dir, pageName), header{p.Page, p.Reason}); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, bodyName), p.Page.Body, 0o644); err != nil {
		return "", err
	}
	record := filepath.Join(dir, recordName)
	if p.Record != nil {
		return dir, writeJSON(record, p.Record)
	}
	if err := os.Remove(record); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return dir, nil
}

func writeJSON(path string, v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}

// List gives the folders of all pins in a folder, in order.
func List(folder string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(folder, "*", pageName))
	if err != nil {
		return nil, fmt.Errorf("pins in %s: %w", folder, err)
	}
	for i, path := range found {
		found[i] = filepath.Dir(path)
	}
	return found, nil
}

// Read reads one pin. A body that is not the one that was pinned is an error.
func Read(dir string) (Pin, error) {
	p, err := read(dir)
	if err != nil {
		return Pin{}, fmt.Errorf("pin %s: %w", dir, err)
	}
	return p, nil
}

func read(dir string) (p Pin, err error) {
	var h header
	if err := readJSON(filepath.Join(dir, pageName), &h); err != nil {
		return p, err
	}
	if h.Page == nil {
		return p, fmt.Errorf("%s has no page: pin it again", pageName)
	}
	p = Pin{Page: h.Page, Reason: h.Reason}
	if p.Page.Body, err = readLimited(filepath.Join(dir, bodyName), mostBody); err != nil {
		return p, err
	}
	if digest := news.Digest(p.Page.Body); digest != p.Page.Digest {
		return p, fmt.Errorf("%s has the digest %s, pinned was %s: was it changed on its way, such as its line ends? Pin it again", bodyName, digest, p.Page.Digest)
	}
	record := new(news.Article)
	err = readJSON(filepath.Join(dir, recordName), record)
	switch {
	case errors.Is(err, fs.ErrNotExist) && p.Reason != "":
		return p, nil
	case err != nil:
		return p, err
	}
	p.Record = record
	return p, nil
}

func readJSON(path string, v any) error {
	text, err := readLimited(path, mostRecord)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return nil
}

func readLimited(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("%s: more than %d MB", filepath.Base(path), most>>20)
	}
	return text, err
}
