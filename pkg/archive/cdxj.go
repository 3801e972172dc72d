package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// The index of each closed segment, for other tools: one line a capture, sorted
// by address and time, in the form that pywb and its kin read.
const (
	indexFolder = "cdxj"
	indexEnding = ".cdxj"
)

// index is the lines of one segment.
type index struct {
	segment string
	lines   []string
}

// add leaves out what the server said is unchanged: replay would show the 304, an
// empty page, and not the one that it stands for.
func (x *index) add(captures []news.Capture) {
	for _, c := range captures {
		if c.Status != http.StatusNotModified {
			x.lines = append(x.lines, indexLine(c))
		}
	}
}

// indexed is what a line says of a capture, as text.
type indexed struct {
	URL      string `json:"url"`
	Mime     string `json:"mime"`
	Status   string `json:"status,omitempty"`
	Digest   string `json:"digest"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

func indexLine(c news.Capture) string {
	said := indexed{
		URL: c.URL, Mime: mimeType(c), Digest: c.Digest,
		Length: strconv.FormatInt(c.Size, 10), Offset: strconv.FormatInt(c.Offset, 10), Filename: c.File,
	}
	if c.Kind == news.CaptureResponse {
		said.Status = strconv.Itoa(c.Status)
	}
	var line bytes.Buffer
	line.WriteString(weburl.SURT(c.URL) + " " + c.FetchedAt.UTC().Format("20060102150405") + " ")
	text := json.NewEncoder(&line)
	text.SetEscapeHTML(false)
	if err := text.Encode(said); err != nil {
		panic(err) // a struct of texts
	}
	return line.String()
}

func mimeType(c news.Capture) string {
	if c.Kind == news.CaptureRevisit {
		return "warc/revisit"
	}
	if mime := strings.FieldsFunc(c.ContentType, func(r rune) bool { return r == ';' || r == ' ' }); len(mime) > 0 {
		return mime[0]
	}
	return "unk"
}

// write puts the file of the index into its folder, whole or not at all.
func (x *index) write(dir string) error {
	path := indexPath(dir, x.segment)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if _, err := spool(path+newEnding, strings.NewReader(x.text())); err != nil {
		return errors.Join(err, remove(path+newEnding))
	}
	return errors.Join(os.Rename(path+newEnding, path), syncFolder(filepath.Dir(path)))
}

func indexPath(dir, segment string) string {
	return filepath.Join(dir, indexFolder, segment+indexEnding)
}

// writeIndexes writes what is to be written. What cannot be stays, for the next
// time.
func (a *Archive) writeIndexes() error {
	for len(a.unwritten) > 0 {
		if err := a.unwritten[0].write(a.dir); err != nil {
			return err
		}
		a.unwritten = a.unwritten[1:]
	}
	return nil
}

// writeOwedIndexes sees to it that every closed segment has its index.
func (a *Archive) writeOwedIndexes() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	return a.writeIndexes()
}

// missing is the closed segments among those that have no index: a crash came
// between.
func (a *Archive) missing(segments []string) (without []string) {
	for _, name := range segments {
		_, err := os.Stat(indexPath(a.dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			without = append(without, name)
		}
	}
	return without
}
