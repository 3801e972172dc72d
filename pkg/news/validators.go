package news

import (
	"strings"
	"time"
)

// Validators tell one state of a resource from another (RFC 9110, section 8.8),
// so that who has one need not be sent it again.
type Validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"lastModified,omitempty"`
	// Digest is that of the body, for servers that state neither.
	Digest string `json:"digest,omitempty"`
}

// maxValidator is the longest field that is sent back to a server, in bytes.
const maxValidator = 512

// Validators are those of the page. A body that was cut has no digest: what
// changed may be behind the cut.
func (p *Page) Validators() Validators {
	v := Validators{ETag: returnable(p.Header("ETag")), LastModified: returnable(p.lastModified())}
	if !p.Truncated {
		v.Digest = p.Digest
	}
	return v
}

// lastModified is the field of that name, where it can tell the page from later
// ones. It is as exact as a second, so that of a page sent in the second in which
// it was changed it cannot (RFC 9110, section 8.8.2.2).
func (p *Page) lastModified() string {
	const layout = "Mon, 02 Jan 2006 15:04:05 GMT"
	changed, err := time.Parse(layout, p.Header("Last-Modified"))
	sent, errSent := time.Parse(layout, p.Header("Date"))
	if err == nil && errSent == nil && changed.Equal(sent) {
		return ""
	}
	return p.Header("Last-Modified")
}

// returnable is a value that a server gets back byte by byte, else empty.
func returnable(value string) string {
	odd := func(r rune) bool { return r < ' ' || r > '~' }
	if len(value) > maxValidator || strings.ContainsFunc(value, odd) {
		return ""
	}
	return value
}
