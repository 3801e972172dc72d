package export

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// groupSize is how much goes into one row group, in bytes of lines: it is held
// until it is written.
const groupSize = 16 << 20

// Parquet writes a table into a folder, by the day of the fetch:
//
//	FOLDER/day=2026-03-14/articles-1-20000.parquet
//
// where the numbers are those of the first and last row of the dump. Columns are
// typed, and nested as the records are.
type Parquet struct {
	stage       *Stage
	table       Table
	days        *days
	row         reflect.Type
	schema      *parquet.Schema
	out         *parquet.GenericWriter[any] // of one day after another
	first, last int64
}

// NewParquet begins to write into a stage, beside which the days are to be. It
// keeps files there too.
func NewParquet(stage *Stage, table Table) (*Parquet, error) {
	days, err := newDays(stage.hidden)
	if err != nil {
		return nil, err
	}
	row := mirror(table.row())
	schema := schemaOf(table, row)
	out := parquet.NewGenericWriter[any](io.Discard, schema, parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}))
	return &Parquet{stage: stage, table: table, days: days, row: row, schema: schema, out: out}, nil
}

func schemaOf(table Table, row reflect.Type) *parquet.Schema {
	return parquet.NewSchema(string(table), parquet.SchemaOf(reflect.New(row).Interface()))
}

// Write notes a line under its day.
func (p *Parquet) Write(line []byte) error {
	var of struct {
		Row       int64     `json:"row"`
		FetchedAt time.Time `json:"fetchedAt"` // of a capture
		Raw       struct {
			FetchedAt time.Time `json:"fetchedAt"`
		} `json:"raw"`
	}
	if err := json.Unmarshal(line, &of); err != nil {
		return fmt.Errorf("read the record: %w", err)
	}
	at := of.Raw.FetchedAt
	if p.table == Captures {
		at = of.FetchedAt
	}
	if p.first == 0 {
		p.first = of.Row
	}
	p.last = of.Row
	return p.days.add(at.UTC().Format(time.DateOnly), line)
}

// Finish writes the files, one a day. They appear when the stage is put.
func (p *Parquet) Finish() ([]File, error) {
	if err := p.days.flush(); err != nil {
		return nil, err
	}
	name := fmt.Sprintf("%s-%d-%d.parquet", p.table, p.first, p.last)
	var files []File
	for _, day := range p.days.all() {
		path := filepath.Join(p.stage.folder, "day="+day, name)
		file, err := p.stage.Write(path, func(w io.Writer) error { return p.writeDay(w, day) })
		if err != nil {
			return nil, fmt.Errorf("write %s of %s: %w", name, day, err)
		}
		file.Day, file.Records = day, p.days.known[day]
		files = append(files, file)
	}
	return files, nil
}

// writeDay writes the file of one day, row group after row group.
func (p *Parquet) writeDay(w io.Writer, day string) error {
	p.out.Reset(w)
	held := 0
	for line, err := range p.days.lines(day) {
		if err != nil {
			return err
		}
		record := reflect.New(p.row)
		if err := json.Unmarshal(line, record.Interface()); err != nil {
			return fmt.Errorf("read the record: %w", err)
		}
		if _, err := p.out.WriteRows([]parquet.Row{p.schema.Deconstruct(nil, record.Interface())}); err != nil {
			return err
		}
		if held += len(line); held >= groupSize {
			if err := p.out.Flush(); err != nil {
				return err
			}
			held = 0
		}
	}
	return p.out.Close()
}
