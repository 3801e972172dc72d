package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// statementSchema names the version of [statement] that this build writes.
const statementSchema = "capture/1"

// ErrNewer is returned for a segment that a later version of Copydesk wrote. It
// is whole, so that nothing of it may be repaired.
var ErrNewer = errors.New("written by a newer version of Copydesk")

// statement is the block of a unit's metadata record: all that is known of a
// capture but its body and its place.
type statement struct {
	// Schema is always "capture/1".
	Schema string     `json:"schema"`
	Page   *news.Page `json:"page"`
	// RefersTo is the capture that has the body.
	RefersTo string  `json:"refersTo,omitempty"`
	Source   *Source `json:"source,omitempty"`
}

// state is what a unit says of an entry.
func state(e Entry) statement {
	page := *e.Page
	page.Body, page.FetchedAt = nil, page.FetchedAt.UTC()
	for _, text := range []*string{&page.URL, &page.RequestedURL, &page.Site, &page.ContentType} {
		*text = asJSON(*text)
	}
	s := statement{Schema: statementSchema, Page: &page, Source: e.Source}
	if e.isRevisit() {
		page.Digest, page.Length = e.Same.Digest, e.Same.Length
		s.RefersTo = e.Same.CaptureID
	}
	return s
}

// asJSON is a text as JSON gives it back, so that a capture is the same before it
// is written and after: records of others have headers in other charsets.
func asJSON(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}

// readStatement reads the block of a unit's metadata record.
func readStatement(block []byte) (*statement, error) {
	var s statement
	if err := json.Unmarshal(block, &s); err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	if s.Schema != statementSchema {
		return nil, fmt.Errorf("%w: metadata of the schema %q, this version reads %q", ErrNewer, s.Schema, statementSchema)
	}
	if s.Page == nil || s.Page.CaptureID == "" || s.Page.Length < 0 {
		return nil, errors.New("metadata that names no capture")
	}
	return &s, nil
}

// capture is what a statement and the main record beside it say together.
func (s statement) capture(main warc.Header, at warc.Span, file string) news.Capture {
	c := news.Capture{
		CaptureID: s.Page.CaptureID, VisitID: s.Page.VisitID,
		URL: s.Page.URL, RequestedURL: s.Page.RequestedURL, Site: s.Page.Site,
		FetchedAt: s.Page.FetchedAt, Digest: s.Page.Digest, Length: s.Page.Length,
		Status: s.Page.Status, ContentType: s.Page.ContentType, Origin: s.Page.Origin,
		Kind: news.CaptureKind(main.Get(warc.Type)), RecordID: bareID(main.Get(warc.RecordID)),
		RefersTo: s.RefersTo,
		File:     file, Offset: at.Offset, Size: at.Length,
	}
	if s.Source != nil {
		c.Run = s.Source.Run
	}
	return c
}

// bareID is a record's identity without its angle brackets.
func bareID(id string) string { return strings.TrimSuffix(strings.TrimPrefix(id, "<"), ">") }
