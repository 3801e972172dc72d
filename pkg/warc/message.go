package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"regexp"
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

// ReadMessage reads the head of a message from a record's block. Of one that
// begins as HTTP does it takes what browsers take: lines that are no fields are
// left out, and the head may end with the block.
func ReadMessage(block io.Reader) (*Message, error) {
	from := bufio.NewReader(block)
	m := &Message{Body: from}
	lines := linesOf(from)
	lines.open = true
	var err error
	for m.Start == "" && err == nil {
		m.Start, err = lines.next()
	}
	if err != nil {
		return nil, fmt.Errorf("HTTP message: %w", midway(err))
	}
	if startLine.MatchString(m.Start) {
		m.Header, err = fields(lines, func(string) error { return nil })
		if errors.Is(err, io.EOF) {
			err = nil
		}
	} else {
		m.Header, err = fields(lines, noField)
	}
	if err != nil {
		return nil, fmt.Errorf("HTTP message: %w", midway(err))
	}
	if strings.EqualFold(Header(m.Header).Get("Transfer-Encoding"), "chunked") && beginsChunk(from) {
		m.Body = httputil.NewChunkedReader(from)
	}
	return m, nil
}

// startLine is the first line of a response, with the version or without, or of a
// request.
var startLine = regexp.MustCompile(`^(?i:HTTP)(?:/| +[0-9]{3}\b)| HTTP/[0-9]`)

// Protocol is the version that a response was given in: "HTTP/1.1".
func (m *Message) Protocol() string {
	protocol, _, _ := strings.Cut(m.Start, " ")
	return protocol
}

// Status is the status code of a response, 0 where it has none.
func (m *Message) Status() int {
	words := strings.Fields(m.Start)
	if len(words) < 2 {
		return 0
	}
	status, err := strconv.Atoi(words[1])
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
