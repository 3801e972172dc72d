package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// mostHeader is how long the lines of one header may be together, in bytes. Web
// servers refuse far shorter ones.
const mostHeader = 1 << 20

// lineReader reads the lines of one header.
type lineReader struct {
	from *bufio.Reader
	left int // bytes until the header is too long
	// open says that the end of the file ends a line too.
	open bool
}

func linesOf(from *bufio.Reader) *lineReader { return &lineReader{from: from, left: mostHeader} }

// next is a line without its end, CRLF or LF. Where the file ends before any of
// it, the error is [io.EOF].
func (l *lineReader) next() (string, error) {
	var long []byte
	for {
		part, err := l.from.ReadSlice('\n')
		if l.left -= len(part); l.left < 0 {
			return "", fmt.Errorf("a header of more than %d bytes", mostHeader)
		}
		switch {
		case err == nil && long == nil:
			return string(trimEnd(part)), nil
		case err == nil:
			return string(trimEnd(append(long, part...))), nil
		case errors.Is(err, bufio.ErrBufferFull):
			long = append(long, part...)
		case errors.Is(err, io.EOF) && len(long)+len(part) > 0 && l.open:
			return string(append(long, part...)), nil
		case errors.Is(err, io.EOF) && len(long)+len(part) > 0:
			return "", io.ErrUnexpectedEOF
		default:
			return "", err
		}
	}
}

func trimEnd(line []byte) []byte {
	line = line[:len(line)-1]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
