package feed

import "fmt"

// Looks is what a document looks like that is no list of pages.
type Looks string

// The things that are served instead of a feed.
const (
	Empty Looks = "empty"
	// HTML is a page: a feed that moved, a consent wall, an error served as 200.
	HTML Looks = "html"
	// XML has a root element of no known kind.
	XML Looks = "xml"
	// JSON has no version that names JSON Feed (JSON Feed 1.1, "version").
	JSON Looks = "json"
	// BrokenJSON breaks off before it says that it is a JSON Feed.
	BrokenJSON Looks = "brokenjson"
	Text       Looks = "text"
	Binary     Looks = "binary"
	// BrokenGzip begins as gzip does and yields nothing.
	BrokenGzip Looks = "brokengzip"
)

// NotFeedError says that a document is no list of pages.
type NotFeedError struct {
	// Looks is what it is instead.
	Looks Looks
	// Detail is the title of a page, the root of an XML document, or what was
	// wrong.
	Detail string
}

// Error says what the document looks like.
func (e *NotFeedError) Error() string {
	what := map[Looks]string{
		Empty: "the document is empty", HTML: "looks like an HTML page", XML: "looks like XML of another kind, with root",
		JSON: "looks like JSON without a version of JSON Feed", BrokenJSON: "looks like broken JSON", Text: "looks like text, beginning",
		Binary: "looks like a binary file", BrokenGzip: "looks like gzip that cannot be read",
	}[e.Looks]
	if e.Detail == "" {
		return "no feed: " + what
	}
	return fmt.Sprintf("no feed: %s %q", what, e.Detail)
}
