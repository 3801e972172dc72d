package export

import (
	"bufio"
	"io"
)

// Writer takes the lines of one table, one by one, and writes them out. It does
// not keep a line. After an error it is of no more use.
type Writer interface {
	// Write takes one line, without its end.
	Write(line []byte) error
	// Flush writes what is still held; lines may follow.
	Flush() error
}

// lines writes lines as they are.
type lines struct{ out *bufio.Writer }

// NewJSONL writes lines as they come: one record a line, in JSON.
func NewJSONL(w io.Writer) Writer { return lines{bufio.NewWriter(w)} }

func (l lines) Write(line []byte) error {
	// An error of the writer stays until it is flushed.
	_, _ = l.out.Write(line)
	return l.out.WriteByte('\n')
}

func (l lines) Flush() error { return l.out.Flush() }
