package archive

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// answerHead is the HTTP header of a page as its record has it.
func answerHead(p *news.Page) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s\r\n", spoken(p), p.Status, http.StatusText(p.Status))
	for _, f := range p.ResponseHeader {
		name := f.Name
		if isOutdated(p, f) {
			name = "X-Archive-Orig-" + name
		}
		writeField(&b, name, f.Value)
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}

// questionHead is the header of the request that a page answered.
func questionHead(p *news.Page) []byte {
	var b strings.Builder
	target := "/"
	if u, err := url.Parse(p.URL); err == nil {
		target = u.RequestURI()
	}
	fmt.Fprintf(&b, "GET %s %s\r\n", oneLine(target), spoken(p))
	for _, f := range p.RequestHeader {
		writeField(&b, f.Name, f.Value)
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}

// spoken is the version of HTTP that a record states. Readers of archives know
// the text form of messages only; WARC-Protocol says what was spoken in truth.
func spoken(p *news.Page) string {
	if p.Protocol == "HTTP/1.0" {
		return p.Protocol
	}
	return "HTTP/1.1"
}

// protocol is the name of a version of HTTP as WARC-Protocol has it: that of the
// version's ALPN identifier.
func protocol(p *news.Page) string {
	switch p.Protocol {
	case "HTTP/2", "HTTP/2.0":
		return "h2"
	case "HTTP/3", "HTTP/3.0":
		return "h3"
	}
	return strings.ToLower(p.Protocol)
}

// isOutdated says whether a field does not hold for the body as it was kept:
// without its transfer coding, perhaps cut, perhaps without its content coding.
// Readers would believe it.
func isOutdated(p *news.Page, f news.HeaderField) bool {
	switch http.CanonicalHeaderKey(f.Name) {
	case "Transfer-Encoding":
		return true
	case "Content-Length":
		n, err := strconv.Atoi(strings.TrimSpace(f.Value))
		return err != nil || n != p.Length
	case "Content-Encoding":
		return p.ContentEncoding == ""
	}
	return false
}

func writeField(b *strings.Builder, name, value string) {
	b.WriteString(oneLine(name))
	b.WriteString(": ")
	b.WriteString(oneLine(value))
	b.WriteString("\r\n")
}

// oneLine is a text that cannot end its line. The page's own fields are in the
// metadata as they came.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n\x00") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, s)
}
