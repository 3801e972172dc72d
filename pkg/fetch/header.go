package fetch

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// headerText is the text of one HTTP/1.1 header, from the first line to the
// empty one.
type headerText struct {
	text  []byte
	limit int
	// ended says that the empty line has passed and the rest is body.
	ended bool
	// over says that the limit was reached before the empty line.
	over bool
}

// add takes the next bytes of the connection, up to the end of the header.
// Interim responses before the final one are left out (RFC 9110, section 15.2).
func (h *headerText) add(p []byte) {
	for len(p) > 0 && !h.ended && !h.over {
		before := len(h.text)
		h.text = append(h.text, p[:min(len(p), h.limit-before)]...)
		end := endOfHeader(h.text, before)
		if end < 0 {
			h.over = len(h.text) >= h.limit
			return
		}
		p = p[end-before:]
		if h.text = h.text[:end]; interim(h.text) {
			h.text = h.text[:0]
		} else {
			h.ended = true
		}
	}
}

// endOfHeader is the index after the first empty line, of which no more than
// three bytes stand before from; -1 where there is none. A line may end without
// a carriage return (RFC 9112, section 2.2).
func endOfHeader(text []byte, from int) int {
	for i := max(0, from-3); i < len(text); i++ {
		if text[i] != '\n' {
			continue
		}
		switch rest := text[i+1:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return i + 2
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return i + 3
		}
	}
	return -1
}

// interim says whether a status line has a status of 1xx, other than 101.
func interim(text []byte) bool {
	_, status, found := bytes.Cut(text, []byte(" "))
	return found && bytes.HasPrefix(text, []byte("HTTP/")) &&
		bytes.HasPrefix(status, []byte("1")) && !bytes.HasPrefix(status, []byte("101"))
}

// fields are the header's lines after the first, in the order received. Every
// byte of a value becomes the character of that number, so that none is lost
// (the Fetch standard's isomorphic decoding). A folded line is one value, as
// it was unfolded by HTTP (RFC 9112, section 5.2).
func (h headerText) fields() []news.HeaderField {
	var fields []news.HeaderField
	_, rest, _ := bytes.Cut(h.text, []byte("\n"))
	for line := range bytes.SplitSeq(rest, []byte("\n")) {
		line = bytes.TrimSuffix(line, []byte("\r"))
		if folded := bytes.TrimLeft(line, " \t"); len(folded) < len(line) && len(fields) > 0 {
			last := &fields[len(fields)-1]
			last.Value = strings.Trim(last.Value+" "+isomorphic(folded), " \t")
			continue
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok {
			fields = append(fields, news.HeaderField{Name: isomorphic(name), Value: isomorphic(bytes.Trim(value, " \t"))})
		}
	}
	return fields
}

func isomorphic(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// rebuilt are the fields of a header whose order is not known, by name.
func rebuilt(header http.Header) []news.HeaderField {
	var fields []news.HeaderField
	for name, values := range header {
		for _, value := range values {
			fields = append(fields, news.HeaderField{Name: name, Value: isomorphic([]byte(value))})
		}
	}
	slices.SortStableFunc(fields, func(a, b news.HeaderField) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
