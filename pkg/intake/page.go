package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// mostPage is the longest page that is read, in bytes: what the extractor takes.
const mostPage = 32 << 20

// maker makes pages of what a line says.
type maker struct {
	folder *os.Root // of the files that lines name
	source string   // the name of the file of lines
	// written is when that file was: the best that is known of when a page was
	// fetched of which nothing says so.
	written time.Time
}

func (m maker) page(line []byte) (*news.Page, error) {
	said, err := readObject(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")))
	if err != nil {
		return nil, fmt.Errorf("no line of JSON: %w", err)
	}
	url := strings.TrimSpace(said.text(keysURL))
	if url == "" {
		return nil, fmt.Errorf("a page without an address: none of %s", strings.Join(keysURL, ", "))
	}
	if _, err := weburl.Normalize(url); err != nil {
		return nil, err
	}
	final := strings.TrimSpace(said.text(keysFinalURL))
	if _, err := weburl.Normalize(final); err != nil {
		final = url
	}
	p := &news.Page{
		Schema: news.PageSchema, Origin: news.OriginArchive, RequestedURL: url, URL: final, Site: weburl.Site(final),
		Status: said.status(keysStatus), FetchedAt: said.time(keysFetched),
		Hints: news.Hints{Title: said.text(keysTitle), DatePublished: said.text(keysPublished), Language: said.text(keysLanguage), Source: m.source},
	}
	if p.Status == 0 {
		p.Status = 200 // what is kept was answered
	}
	if err := m.fill(p, said); err != nil {
		return nil, err
	}
	if p.FetchedAt.IsZero() {
		p.FetchedAt = m.written
	}
	p.Length, p.Digest, p.VisitID = len(p.Body), news.Digest(p.Body), news.VisitID(url, p.FetchedAt)
	p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
	return p, nil
}

// fill gives a page its body: the HTML of the line, or the file that it names.
func (m maker) fill(p *news.Page, said object) error {
	if html := said.text(keysHTML); html != "" {
		if len(html) > mostPage {
			return errLong
		}
		p.Body, p.ContentType = []byte(html), "text/html; charset=utf-8" // JSON is
		return nil
	}
	name := said.text(keysFile)
	if name == "" {
		return fmt.Errorf("a page without HTML: none of %s, nor a file: none of %s", strings.Join(keysHTML, ", "), strings.Join(keysFile, ", "))
	}
	info, err := m.folder.Stat(name)
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", name, path.Err)
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: no file", name)
	}
	file, err := m.folder.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	from := io.Reader(file)
	if strings.HasSuffix(name, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("%s: %w", name, midway(err))
		}
	}
	if p.Body, err = io.ReadAll(io.LimitReader(from, mostPage+1)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(p.Body) > mostPage {
		return fmt.Errorf("%s: %w", name, errLong)
	}
	p.ContentType = typeOf(name)
	if p.FetchedAt.IsZero() {
		p.FetchedAt = info.ModTime().UTC().Truncate(time.Second)
	}
	return nil
}

var errLong = fmt.Errorf("a page of more than %d MB", mostPage>>20)

// typeOf is the content type that a file's name tells.
func typeOf(name string) string {
	switch path.Ext(strings.ToLower(strings.TrimSuffix(name, ".gz"))) {
	case ".txt":
		return "text/plain"
	case ".xhtml":
		return "application/xhtml+xml"
	}
	return "text/html"
}
