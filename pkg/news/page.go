package news

import (
	"strings"
	"time"
)

// PageSchema names the version of [Page] that this build writes.
const PageSchema = "page/1"

// Page is one capture of a web page: what was asked, what was answered. As a
// message its JSON travels in a header and Body is the payload.
type Page struct {
	// Schema is always "page/1".
	Schema    string `json:"schema" jsonschema:"const=page/1"`
	VisitID   string `json:"visitId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	CaptureID string `json:"captureId"`

	// RequestedURL is the address that was asked for, before redirects.
	RequestedURL string `json:"requestedUrl,omitempty"`
	// URL is the address that answered. A saved file has a file: URL.
	URL string `json:"url,omitempty"`
	// Site is the registrable domain of URL, "_" where there is none.
	Site   string     `json:"site"`
	Origin PageOrigin `json:"origin"`
	// Redirects holds the hops before URL, in order.
	Redirects []Redirect `json:"redirects,omitempty"`

	// Protocol is the version spoken, such as "HTTP/1.1".
	Protocol string `json:"protocol,omitempty"`
	// RemoteIP is the address that was connected to.
	RemoteIP       string        `json:"remoteIp,omitempty"`
	RequestHeader  []HeaderField `json:"requestHeader,omitempty"`
	Status         int           `json:"status,omitempty"`
	ResponseHeader []HeaderField `json:"responseHeader,omitempty"`
	// HeadersRebuilt says that the header fields were not recorded as they
	// passed (HTTP/2) but rebuilt: order and case of names are not original.
	HeadersRebuilt bool `json:"headersRebuilt,omitempty"`
	// HeadersCut says that the longest values of header fields and addresses of
	// redirects were cut, or all of them left out, for the page to travel.
	HeadersCut bool `json:"headersCut,omitempty"`

	ContentType string `json:"contentType,omitempty"`
	// ContentEncoding is the coding that Body still has: "", gzip, br, zstd or
	// deflate (RFC 9110, section 8.4).
	ContentEncoding string `json:"contentEncoding,omitempty"`
	// Digest is "sha256:" and 64 hex digits of Body.
	Digest string `json:"digest" jsonschema:"pattern=^sha256:[0-9a-f]{64}$"`
	// Length is that of Body, in bytes.
	Length int `json:"length"`
	// Truncated says that Body was cut at the size limit.
	Truncated bool      `json:"truncated,omitempty"`
	FetchedAt time.Time `json:"fetchedAt"`
	Hints     Hints     `json:"hints,omitzero"`

	// Body is the response body as received, its Content-Encoding kept.
	Body []byte `json:"-"`
}

// Header is the value of the first field of that name in the answer, empty
// where there is none.
func (p *Page) Header(name string) string {
	for _, field := range p.ResponseHeader {
		if strings.EqualFold(field.Name, name) {
			return field.Value
		}
	}
	return ""
}

// PageOrigin says how a page came to us.
type PageOrigin string

// The origins of a page.
const (
	OriginFetch  PageOrigin = "fetch"
	OriginFolder PageOrigin = "folder"
	// OriginArchive is a page out of somebody's web archive.
	OriginArchive PageOrigin = "archive"
)

// HeaderField is one line of an HTTP header.
type HeaderField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Redirect is one hop on the way to a page.
type Redirect struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

// Hints is what a feed, sitemap or manifest said of a page.
type Hints struct {
	Title         string `json:"title,omitempty"`
	DatePublished string `json:"datePublished,omitempty"`
	Language      string `json:"language,omitempty"`
	// Source is the feed or list that said so.
	Source string `json:"source,omitempty"`
}
