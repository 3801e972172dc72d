package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// contents are what a file was made to hold.
type contents struct {
	// Pages is how many captures it has, HTML those of them that are web pages.
	Pages, HTML int
	// Bytes is its size unpacked, Packed as it lies there.
	Bytes, Packed int64
}

// Of so many pages one is a picture, and one comes again, unchanged.
const (
	pictureEvery = 50
	revisitEvery = 100
)

// writeFile writes a web archive of about size bytes.
func writeFile(path string, size int64, seed uint64) (contents, error) {
	return writeWhile(path, seed, func(held contents) bool { return held.Packed < size })
}

// writePages writes a web archive of so many captures.
func writePages(path string, captures int, seed uint64) (contents, error) {
	return writeWhile(path, seed, func(held contents) bool { return held.Pages < captures })
}

// writeWhile writes a web archive while more are wanted, packed as most are: one
// gzip member a record.
func writeWhile(path string, seed uint64, more func(contents) bool) (contents, error) {
	file, err := os.Create(path)
	if err != nil {
		return contents{}, err
	}
	buffer := bufio.NewWriterSize(file, 1<<20)
	w, err := warc.NewWriter(buffer, 0, warc.Gzip)
	if err != nil {
		return contents{}, errors.Join(err, file.Close())
	}
	b := binder{press: newPress(seed), to: w}
	err = b.write(more)
	return b.held, errors.Join(err, buffer.Flush(), file.Sync(), file.Close())
}

// binder writes pages as records.
type binder struct {
	*press
	to   *warc.Writer
	held contents
	n    int
}

const answer = "HTTP/1.1 200 OK\r\nServer: invented\r\nContent-Type: %s\r\nCache-Control: max-age=60\r\n\r\n"

func (b *binder) write(more func(contents) bool) error {
	if err := b.record(warc.Warcinfo, "", "", "software: invented/1\r\n"); err != nil {
		return err
	}
	for n := 0; more(b.held); n++ {
		url, html := b.page(n)
		kind := "text/html; charset=utf-8"
		if n%pictureEvery == pictureEvery-1 {
			kind, html = "image/jpeg", html[:smallestPage]
		} else {
			b.held.HTML++
		}
		date := time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC)
		at := date.Format(time.RFC3339)
		err := b.record(warc.Request, url, at, "GET / HTTP/1.1\r\nHost: invented.example\r\nUser-Agent: invented/1\r\n\r\n")
		if err == nil {
			err = b.record(warc.Response, url, at, fmt.Sprintf(answer, kind)+html)
		}
		b.held.Pages++
		if err == nil && n%revisitEvery == 0 && more(b.held) {
			b.held.Pages++
			b.held.HTML++
			err = b.record(warc.Revisit, url, date.AddDate(0, 1, 0).Format(time.RFC3339), fmt.Sprintf(answer, kind),
				warc.Field{Name: warc.RefersToURI, Value: url}, warc.Field{Name: warc.RefersToDate, Value: at})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *binder) record(kind, url, at, block string, more ...warc.Field) error {
	b.n++
	if at == "" {
		at = "2026-01-01T00:00:00Z"
	}
	header := warc.Header{
		{Name: warc.Type, Value: kind},
		{Name: warc.RecordID, Value: fmt.Sprintf("<urn:uuid:0196f5d1-0000-4000-8000-%012d>", b.n)},
		{Name: warc.Date, Value: at},
	}
	if url != "" {
		header = append(header, warc.Field{Name: warc.TargetURI, Value: url})
	}
	span, err := b.to.Write(append(header, more...), strings.NewReader(block), int64(len(block)))
	b.held.Packed = span.Offset + span.Length
	b.held.Bytes += int64(len(block))
	return err
}
