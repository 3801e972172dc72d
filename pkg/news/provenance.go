package news

import "time"

// Provenance says where the value of a field came from.
type Provenance struct {
	// Method is the way in which the value was found.
	Method Method `json:"method"`
	// Path is the place inside the page, for people: a JSON path, a meta name, a
	// selector, a line.
	Path string `json:"path,omitempty"`
	// Confidence is from 0 to 1.
	Confidence float64 `json:"confidence" jsonschema:"minimum=0,maximum=1"`
	// Alternatives holds the candidates that were not chosen, best first.
	Alternatives []Alternative `json:"alternatives,omitempty"`
}

// Alternative is a value that was considered and not chosen.
type Alternative struct {
	// Value is the candidate, as text.
	Value string `json:"value"`
	// Method is the way in which it was found.
	Method Method `json:"method"`
	// Path is the place inside the page, as that of [Provenance].
	Path string `json:"path,omitempty"`
}

// Method is a way of finding a value.
type Method string

// The methods.
const (
	FromJSONLD    Method = "jsonld"
	FromMicrodata Method = "microdata"
	FromMeta      Method = "meta"
	FromSelector  Method = "selector"
	FromHeuristic Method = "heuristic"
	FromText      Method = "text"
	FromFeed      Method = "feed"
	FromState     Method = "state" // embedded application state
	FromURL       Method = "url"
)

// Extraction says what made a record.
type Extraction struct {
	// Extractor is the name of the program, "copydesk".
	Extractor string `json:"extractor"`
	// Version is the extractor's own. The same bytes, extractor, version and rules
	// make the same record.
	Version string `json:"version"`
	// Rules is the digest of the file of site rules that was loaded, "sha256:" and
	// 12 hex digits; absent for none.
	Rules string `json:"rules,omitempty"`
	// Rule is the rule of that file that held for the page, site@since; absent
	// where none did.
	Rule string `json:"rule,omitempty"`
	// Warnings are sentences for people: their words may change at any time.
	Warnings []string `json:"warnings,omitempty"`
}

// Raw says which bytes a record was made from.
type Raw struct {
	// CaptureID names the capture of the page in the archive.
	CaptureID string `json:"captureId"`
	// Digest is "sha256:" and 64 hex digits of the body as received.
	Digest string `json:"digest" jsonschema:"pattern=^sha256:[0-9a-f]{64}$"`
	// Status is the HTTP status, 0 for a page that was not fetched over HTTP.
	Status int `json:"status,omitempty"`
	// ContentType is the answer's header field of that name, as it was sent.
	ContentType string `json:"contentType,omitempty"`
	// Charset is the encoding of characters that the page was read in.
	Charset string `json:"charset,omitempty"`
	// FetchedAt is when the page was fetched: the order of a story's revisions.
	FetchedAt time.Time `json:"fetchedAt"`
	// Truncated says that the body was cut at the size limit.
	Truncated bool `json:"truncated,omitempty"`
}
