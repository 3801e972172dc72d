package news

import (
	"strings"
	"time"
)

// Provenance says where the value of a field came from.
type Provenance struct {
	Method Method `json:"method"`
	// Path is the place inside the page: a JSON path, a meta name, a selector.
	Path string `json:"path,omitempty"`
	// Confidence is from 0 to 1.
	Confidence float64 `json:"confidence" jsonschema:"minimum=0,maximum=1"`
	// Alternatives holds the candidates that were not chosen, best first.
	Alternatives []Alternative `json:"alternatives,omitempty"`
}

// Alternative is a value that was considered and not chosen.
type Alternative struct {
	Value  string `json:"value"`
	Method Method `json:"method"`
	Path   string `json:"path,omitempty"`
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
	Extractor string `json:"extractor"`
	Version   string `json:"version"`
	// Rules names the set of site rules that was loaded by its digest, "sha256:"
	// and 12 hex digits, and behind a space the rule of it that held, site@since.
	// Empty for none.
	Rules    string   `json:"rules,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// RuleSet is the digest of the set of site rules, whichever of them held.
func (x Extraction) RuleSet() string {
	set, _, _ := strings.Cut(x.Rules, " ")
	return set
}

// Raw says which bytes a record was made from.
type Raw struct {
	CaptureID string `json:"captureId"`
	// Digest is "sha256:" and 64 hex digits of the body as received.
	Digest string `json:"digest" jsonschema:"pattern=^sha256:[0-9a-f]{64}$"`
	// Status is the HTTP status, 0 for a page that was not fetched over HTTP.
	Status      int       `json:"status,omitempty"`
	ContentType string    `json:"contentType,omitempty"`
	Charset     string    `json:"charset,omitempty"`
	FetchedAt   time.Time `json:"fetchedAt"`
	// Truncated says that the body was cut at the size limit.
	Truncated bool `json:"truncated,omitempty"`
}
