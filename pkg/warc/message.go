package warc

import (
	"bufio"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"
)

// Message is an HTTP message as a request, response or revisit record holds it.
type Message struct {
	// Start is the first line: "HTTP/1.1 200 OK", "GET / HTTP/1.1".
	Start string
	// Header holds the fields in the order in which they came.
	Header []Field
	// Body is what follows, without a chunked transfer coding; its content
	// coding is kept.
	Body io.Reader
}

// ReadMessage reads the head of a message from a record's block.
func ReadMessage(block io.Reader) (*Message, error) {
	from := bufio.NewReader(block)
	lines := linesOf(from)
	start, err := lines.next()
	if err != nil {
		return nil, fmt.Errorf("HTTP message: %w", midway(err))
	}
	m := &Message{Start: start, Body: from}
	if m.Header, err = fields(lines); err != nil {
		return nil, fmt.Errorf("HTTP message: %w", err)
	}
	if strings.EqualFold(Header(m.Header).Get("Transfer-Encoding"), "chunked") && beginsChunk(from) {
		m.Body = httputil.NewChunkedReader(from)
	}
	return m, nil
}

// Protocol is the version that a response was given in: "HTTP/1.1".
func (m *Message) Protocol() string {
	protocol, _, _ := strings.Cut(m.Start, " ")
	return protocol
}

// Status is the status code of a response, 0 where it has none.
func (m *Message) Status() int {
	_, rest, _ := strings.Cut(m.Start, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	status, err := strconv.Atoi(code)
	if err != nil || status < 100 || status > 999 {
		return 0
	}
	return status
}

// longestSize is the longest line that states the size of a chunk and is
// believed, in bytes.
const longestSize = 64

// beginsChunk says whether a body that is said to be chunked is. Many archives
// keep the field and took the coding off.
func beginsChunk(from *bufio.Reader) bool {
	head, _ := from.Peek(longestSize) // what there is
	size, _, ok := strings.Cut(string(head), "\n")
	size, _, _ = strings.Cut(strings.TrimRight(size, "\r"), ";")
	_, err := strconv.ParseUint(strings.TrimSpace(size), 16, 32)
	return ok && err == nil
}
