package warc

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Field is one named field, of a record or of an HTTP message in it.
type Field struct{ Name, Value string }

// Header holds the fields of a record in their order. Names are told apart
// without regard to case.
type Header []Field

// The named fields of ISO 28500:2017, section 5.
const (
	Type          = "WARC-Type"
	RecordID      = "WARC-Record-ID"
	Date          = "WARC-Date"
	ContentLength = "Content-Length"
	ContentType   = "Content-Type"
	ConcurrentTo  = "WARC-Concurrent-To"
	BlockDigest   = "WARC-Block-Digest"
	PayloadDigest = "WARC-Payload-Digest"
	IPAddress     = "WARC-IP-Address"
	RefersTo      = "WARC-Refers-To"
	RefersToURI   = "WARC-Refers-To-Target-URI"
	RefersToDate  = "WARC-Refers-To-Date"
	TargetURI     = "WARC-Target-URI"
	Truncated     = "WARC-Truncated"
	WarcinfoID    = "WARC-Warcinfo-ID"
	Filename      = "WARC-Filename"
	Profile       = "WARC-Profile"
	Identified    = "WARC-Identified-Payload-Type"
	// Protocol is a proposal of the IIPC: "h2", "http/1.1".
	Protocol = "WARC-Protocol"
)

// The types of record of section 6.
const (
	Warcinfo   = "warcinfo"
	Response   = "response"
	Resource   = "resource"
	Request    = "request"
	Metadata   = "metadata"
	Revisit    = "revisit"
	Conversion = "conversion"
	// Continuation is a later part of a record that was cut up.
	Continuation = "continuation"
)

// Get is the value of the first field of that name, empty where there is none.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Target is the address that a record is about. Some programs put it in angle
// brackets, as WARC/1.0 asked.
func (h Header) Target() string {
	return strings.TrimSuffix(strings.TrimPrefix(h.Get(TargetURI), "<"), ">")
}

// dateForms are those of a date: WARC/1.1 lets it be as exact as is known
// (section 5.4). Fractions of a second are read too.
var dateForms = [...]string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "2006"}

// Time is when the record's content was captured; the begin of that day, month or
// year where the record says no more.
func (h Header) Time() (time.Time, error) {
	return timeOf(Date, h.Get(Date))
}

// Original is the address and the time of the capture that a revisit record
// refers to (section 5.11 and 5.12); the address is empty where it does not say.
func (h Header) Original() (url string, at time.Time, err error) {
	url, stamp := strings.Trim(h.Get(RefersToURI), "<>"), h.Get(RefersToDate)
	if url == "" || stamp == "" {
		return "", time.Time{}, nil
	}
	at, err = timeOf(RefersToDate, stamp)
	return url, at, err
}

func timeOf(field, text string) (time.Time, error) {
	for _, form := range dateForms {
		t, err := time.Parse(form, text)
		if t = t.UTC(); err == nil && !t.IsZero() && t.Year() >= 1 && t.Year() <= 9999 { // what can be written again
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s %.40q is no time", field, text)
}

// length is how long the record's block says that it is, in bytes.
func (h Header) length() (int64, error) {
	text := h.Get(ContentLength)
	if text == "" {
		return 0, errors.New("no " + ContentLength)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s %.40q is no length", ContentLength, text)
	}
	return n, nil
}

// fields reads named fields up to the empty line behind them. A line that begins
// with white space goes on with the value before it. A line that is no field is
// given to odd, and left out unless that returns an error. The error of a header
// without an end is [io.EOF], beside what there is of it.
func fields(lines *lineReader, odd func(line string) error) (all []Field, err error) {
	var more []string // lines of the last value
	for leftOut := false; ; {
		line, err := lines.next()
		if line != "" && (line[0] == ' ' || line[0] == '\t') && (leftOut || len(all) > 0) {
			if line = strings.TrimSpace(line); line != "" && !leftOut {
				more = append(more, line)
			}
			continue
		}
		if len(more) > 0 {
			last := &all[len(all)-1]
			last.Value = strings.TrimSpace(last.Value + " " + strings.Join(more, " "))
			more = nil
		}
		if err != nil || line == "" {
			return all, err
		}
		name, value, ok := strings.Cut(line, ":")
		if leftOut = !ok; leftOut {
			if err := odd(line); err != nil {
				return nil, err
			}
			continue
		}
		all = append(all, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
}

// noField refuses a line.
func noField(line string) error { return fmt.Errorf("%.40q is no named field", line) }

// midway is the error of a file that ends where it must not.
func midway(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
