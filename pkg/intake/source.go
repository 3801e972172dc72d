package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Record is one thing that a source holds. Exactly one of WARC, Page and Err is
// set.
type Record struct {
	Place Place
	// Done is how many of the bytes of [Source.Size] lie before it, about.
	Done int64
	// WARC is a record of a web archive, of any type. Its block can be read until
	// the next one is asked for. Where the block ends early, or the checksum behind
	// it is wrong, the next one says so: an Err at the same offset.
	WARC *warc.Record
	// Page is made of what the source says of a page.
	Page *news.Page
	// Err is why there is no record here that can be read.
	Err error

	in *reading // of WARC
}

// Source is a file, or a folder, of other people's pages.
type Source struct {
	// Path is where it lies.
	Path string
	// Size is how much there is to read, in bytes.
	Size int64

	contents
}

// contents are what a kind of source holds.
type contents interface {
	// records gives the records from a place on until yield is false. The error
	// ends them: that of the disk or the context.
	records(ctx context.Context, from Place, yield func(Record) bool) error
	Close() error
}

// manifest is the file of a folder that names its pages.
const manifest = "manifest.jsonl"

// Reads says whether a path is that of a source, by its name.
func Reads(path string) bool { return opener(path) != nil }

// Endings are those of the names of the files that are read, for help texts.
const Endings = ".warc, .wet, .jsonl or .ndjson, each also with .gz or .zst behind it, or .wacz"

// written is what crawlers, and our archive, let the name of a file end with that
// they write on. Its last record may be cut short.
const written = ".open"

// opener is what opens a file of that name, nil for one that is no source.
func opener(path string) func(*os.File, int64) (contents, int64, error) {
	name := strings.TrimSuffix(strings.ToLower(path), written)
	for _, packed := range [...]string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	switch filepath.Ext(name) {
	case ".warc", ".wet":
		return openArchive
	case ".wacz":
		return openWACZ
	case ".jsonl", ".ndjson":
		return openLines
	}
	return nil
}

// Open opens a source: a file, or a folder whose manifest.jsonl names its pages.
func Open(path string) (*Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		path = filepath.Join(path, manifest)
	}
	open := opener(path)
	if open == nil {
		return nil, fmt.Errorf("open %s: no file of pages that can be read: must be a folder with a %s, or end with %s", path, manifest, Endings)
	}
	file, err := os.Open(path)
	if info.IsDir() && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("folder %s has no %s: write one, a line of JSON with url and file for each page, or name the files in it", filepath.Dir(path), manifest)
	}
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	contents, size, err := open(file, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), file.Close())
	}
	return &Source{Path: path, Size: size, contents: contents}, nil
}

// Records are the records from a place on: that of a record, or what is after
// one. An error is the last thing given, and is that of the disk or the context;
// what is wrong with a record is told in it, and reading goes on.
func (s *Source) Records(ctx context.Context, from Place) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		more := true
		err := s.records(ctx, from, func(r Record) bool {
			if ctx.Err() == nil {
				more = yield(r, nil)
			}
			return more && ctx.Err() == nil
		})
		switch {
		case !more:
		case ctx.Err() != nil:
			yield(Record{}, ctx.Err())
		case err != nil:
			yield(Record{}, fmt.Errorf("read %s: %w", s.Path, err))
		}
	}
}
