package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

type csvWriter struct {
	out     *csv.Writer
	columns []string
	cells   []string
	// guard has cells begin so that no spreadsheet takes them for formulas.
	guard bool
}

// NewCSV writes a table as RFC 4180 has it, in UTF-8 with a line of names first,
// and lines that end in LF. A field that a record does not have is an empty
// cell, a list or an object is its JSON.
//
// Values are exact unless guard is set: then a text that a spreadsheet would run
// as a formula has an apostrophe before it.
func NewCSV(w io.Writer, table Table, guard bool) (Writer, error) {
	c := &csvWriter{out: csv.NewWriter(w), columns: table.Columns(), guard: guard}
	c.cells = make([]string, len(c.columns))
	return c, c.out.Write(c.columns)
}

func (c *csvWriter) Write(line []byte) error {
	var record map[string]json.RawMessage
	if err := json.Unmarshal(line, &record); err != nil {
		return fmt.Errorf("read the record: %w", err)
	}
	for i, name := range c.columns {
		cell, err := c.cell(record[name])
		if err != nil {
			return fmt.Errorf("read %s of the record: %w", name, err)
		}
		c.cells[i] = cell
	}
	return c.out.Write(c.cells)
}

func (c *csvWriter) cell(value json.RawMessage) (string, error) {
	if len(value) == 0 || value[0] != '"' {
		return string(value), nil
	}
	var text string
	err := json.Unmarshal(value, &text)
	if c.guard && text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		text = "'" + text
	}
	return text, err
}

func (c *csvWriter) Flush() error {
	c.out.Flush()
	return c.out.Error()
}
