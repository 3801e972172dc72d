package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ManifestSchema names the version of [Manifest] that this build writes.
const ManifestSchema = "export/1"

// ManifestName is the manifest's in a folder of Parquet files. Readers that take
// every file of a folder pass over those whose names begin so.
const ManifestName = "_manifest.json"

// manifestLimit is the longest manifest that is read, in bytes.
const manifestLimit = 64 << 20

// Format is what records are written as.
type Format string

// The formats.
const (
	JSONL Format = "jsonl"
	CSV   Format = "csv"
	// ParquetFiles are a folder; see [Parquet].
	ParquetFiles Format = "parquet"
	NinJS        Format = "ninjs"
)

// Manifest says what was exported into which files, and where to go on from.
type Manifest struct {
	// Schema is always "export/1".
	Schema string `json:"schema"`
	Choice
	// Began is the last row that there was when the first dump began: stories that
	// changed behind it may be in a dump as they were before. It is 0 where that is
	// not known.
	Began int64 `json:"began,omitempty"`
	// Dumps are what was exported, oldest first. Each goes on from the one before.
	Dumps []Dump `json:"dumps"`
	// Unfinished are files of a dump that is being put in its place, or that was killed
	// then. They do not count; see [Recover].
	Unfinished []File `json:"unfinished,omitempty"`
}

// Choice is what is exported, and as what. It is the same for all dumps of a
// manifest.
type Choice struct {
	Table  Table  `json:"table"`
	Format Format `json:"format"`
	Query  string `json:"query,omitempty"`
	Site   string `json:"site,omitempty"`
	// From and To bound the time of the fetch: From is in it, To is not.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// filters says that not all of the table is chosen.
func (c *Choice) filters() bool {
	return c.Query != "" || c.Site != "" || !c.From.IsZero() || !c.To.IsZero()
}

// Dump is one run of an export.
type Dump struct {
	// After is the row that it began behind, Row the last that it looked at.
	After   int64 `json:"after"`
	Row     int64 `json:"row"`
	Records int   `json:"records"`
	// WrittenAt is when it ended, Version that of the Copydesk that wrote it.
	WrittenAt time.Time `json:"writtenAt"`
	Version   string    `json:"version"`
	Files     []File    `json:"files"`
	// Removed is the file of what has to go from a copy of this dump and those before,
	// of one that goes on from others. It says all that there is to say: who has the
	// newest needs none of the others.
	Removed *File `json:"removed,omitempty"`
}

// files are all files of a dump.
func (d *Dump) files() []*File {
	var all []*File
	for i := range d.Files {
		all = append(all, &d.Files[i])
	}
	if d.Removed != nil {
		all = append(all, d.Removed)
	}
	return all
}

// Row is where the next dump begins.
func (m *Manifest) Row() int64 {
	if len(m.Dumps) == 0 {
		return 0
	}
	return m.Dumps[len(m.Dumps)-1].Row
}

// ReadManifest reads a manifest.
func ReadManifest(path string) (*Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, manifestLimit+1))
	if err != nil {
		return nil, err
	}
	m := new(Manifest)
	switch err := json.Unmarshal(text, m); {
	case len(text) > manifestLimit:
		return nil, fmt.Errorf("manifest %s: longer than %d bytes", path, manifestLimit)
	case err != nil:
		return nil, fmt.Errorf("manifest %s: %w", path, err)
	case m.Schema != ManifestSchema:
		return nil, fmt.Errorf("manifest %s: its schema is %q, this build reads %q", path, m.Schema, ManifestSchema)
	}
	return m, nil
}

// ErrChanged is returned for a manifest that has other dumps than those that were
// gone on from.
var ErrChanged = errors.New("another export wrote to it meanwhile")

// Add puts the files of one more dump in their places, and writes the manifest with
// it. The paths of the dump's files become those from the manifest's folder on.
//
// The manifest names them as unfinished first: who is killed between leaves them to
// [Recover].
func (m *Manifest) Add(path string, s *Stage, dump Dump) error {
	release := hold(filepath.Dir(path))
	defer release()
	if err := m.same(path); err != nil {
		return err
	}
	steps, err := m.adding(path, s, dump)
	if err != nil {
		return err
	}
	if err := all(steps); err != nil {
		return errors.Join(err, recoverFrom(path))
	}
	return nil
}

// adding are the steps of that. Whatever comes between two of them, the manifest
// tells which of the files count.
func (m *Manifest) adding(path string, s *Stage, dump Dump) ([]func() error, error) {
	if err := dump.relative(filepath.Dir(path)); err != nil {
		return nil, err
	}
	m.Schema = ManifestSchema
	steps := []func() error{func() error {
		for _, file := range dump.files() {
			m.Unfinished = append(m.Unfinished, *file)
		}
		return m.write(path)
	}}
	steps = append(steps, s.puts()...)
	return append(steps, func() error {
		m.Dumps, m.Unfinished = append(m.Dumps, dump), nil
		return m.write(path)
	}), nil
}

// same is an error where dumps that are gone on from are not those of the file. A
// folder has one manifest; another place is written anew by who begins with all.
func (m *Manifest) same(path string) error {
	if len(m.Dumps) == 0 && m.Format != ParquetFiles {
		return nil
	}
	now, err := ReadManifest(path)
	if len(m.Dumps) == 0 && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && (len(now.Dumps) != len(m.Dumps) || now.Row() != m.Row() || len(now.Unfinished) > 0) {
		err = fmt.Errorf("manifest %s: %w: go on from it again", path, ErrChanged)
	}
	return err
}

// relative has paths be those from a folder on.
func (d *Dump) relative(folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	for _, file := range d.files() {
		whole, err := filepath.Abs(file.Path)
		if err != nil {
			return err
		}
		from, err := filepath.Rel(folder, whole)
		if err != nil {
			return err
		}
		file.Path = filepath.ToSlash(from)
	}
	if d.Files == nil {
		d.Files = []File{} // which is no null in JSON
	}
	return nil
}

func (m *Manifest) write(path string) error {
	if m.Dumps == nil {
		m.Dumps = []Dump{}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if _, err := WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	}); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// Names says whether the manifest, which is the file at path, names a file.
func (m *Manifest) Names(path, file string) bool {
	for _, dump := range m.Dumps {
		for _, f := range dump.files() {
			if filepath.Join(filepath.Dir(path), filepath.FromSlash(f.Path)) == file {
				return true
			}
		}
	}
	return false
}

// ErrNotEmpty is returned for a folder that has something in it.
var ErrNotEmpty = errors.New("not empty")

// CheckEmpty is an error for a folder that has something in it, which a reader
// of all files in it would take for a part of the export. Stages are passed over.
func CheckEmpty(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), stagePrefix) {
			return fmt.Errorf("folder %s is %w", folder, ErrNotEmpty)
		}
	}
	return err
}
