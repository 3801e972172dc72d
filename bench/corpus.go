package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha1"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

// page is a page in memory, without content coding.
type page struct {
	body        []byte
	contentType string
	url         *url.URL
}

// datasets are those parts of the corpus that hold whole pages of news.
var datasets = [...]string{"fundus", "zyte"}

// corpusOf loads the pages to measure and says where they are from.
func corpusOf(folder string) ([]page, string, error) {
	var pages []page
	for _, name := range datasets {
		more, err := datasetOf(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			pages, err = newsroomPages()
			return pages, fmt.Sprintf("No corpus at %s: measured on the invented pages of the newsroom, which are small.", folder), err
		}
		if err != nil {
			return nil, "", err
		}
		pages = append(pages, more...)
	}
	return pages, fmt.Sprintf("Measured on the open sites of %v in %s.", datasets, folder), nil
}

func datasetOf(folder string) ([]page, error) {
	gold, err := os.Open(filepath.Join(folder, "gold.jsonl"))
	if err != nil {
		return nil, err
	}
	defer gold.Close()
	var pages []page
	dec := json.NewDecoder(bufio.NewReader(gold))
	for {
		var line struct{ ID, Site, URL string }
		err := dec.Decode(&line)
		if errors.Is(err, io.EOF) {
			return pages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", gold.Name(), err)
		}
		if sealed(line.Site) {
			continue
		}
		body, err := unpack(filepath.Join(folder, "pages", line.ID+".html.gz"))
		if err != nil {
			return nil, err
		}
		pages = append(pages, page{body, "text/html", address(line.URL)})
	}
}

// sealed says whether a site is kept for the last test of quality: nobody looks
// at its pages before.
func sealed(site string) bool {
	sum := sha1.Sum([]byte(site))
	return sum[len(sum)-1]%4 == 0
}

func unpack(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return body, nil
}

func newsroomPages() ([]page, error) {
	all, err := newsroom.Expectations()
	if err != nil {
		return nil, err
	}
	pages := make([]page, len(all))
	for i, e := range all {
		pages[i] = page{e.HTML, e.ContentType, address(e.URL)}
	}
	return pages, nil
}

// address is a page's address; an empty one where it is none.
func address(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		return &url.URL{}
	}
	return u
}
