package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// ErrNoPage is returned for a record that holds no page: of another type than
// response, resource and conversion, or of no web address.
var ErrNoPage = errors.New("the record holds no page")

// PageOf reads the page that a record captured: the response of a web server, a
// file (resource), or its text (conversion). A body of more than limit bytes is
// cut there, and marked so.
func PageOf(rec *warc.Record, limit int) (*news.Page, error) {
	target := rec.Header.Target()
	if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") {
		return nil, fmt.Errorf("%s %q: %w", rec.Header.Get(warc.Type), target, ErrNoPage)
	}
	fetched, err := rec.Header.Time()
	if err != nil {
		return nil, err
	}
	page := &news.Page{
		Schema: news.PageSchema, Origin: news.OriginArchive,
		RequestedURL: target, URL: target, Site: weburl.Site(target),
		VisitID: news.VisitID(target, fetched), FetchedAt: fetched,
		RemoteIP:  rec.Header.Get(warc.IPAddress),
		Truncated: rec.Header.Get(warc.Truncated) != "",
	}
	body := rec.Block
	switch kind := rec.Header.Get(warc.Type); kind {
	case warc.Response:
		answer, err := warc.ReadMessage(rec.Block)
		if err != nil {
			return nil, err
		}
		body = answer.Body
		takeHead(page, answer)
		takeProtocol(page, rec.Header)
	case warc.Resource, warc.Conversion:
		page.Status, page.ContentType = 200, rec.Header.Get(warc.ContentType)
	default:
		return nil, fmt.Errorf("%s: %w", kind, ErrNoPage)
	}
	page.Body, err = warc.ReadBlock(body, rec.Header, limit)
	if err != nil && !(errors.Is(err, io.ErrUnexpectedEOF) && page.Truncated) {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	if len(page.Body) > limit {
		page.Body, page.Truncated = page.Body[:limit], true
	}
	page.ContentEncoding = stillCoded(page.ContentEncoding, page.Body)
	page.Length, page.Digest = len(page.Body), news.Digest(page.Body)
	page.CaptureID = news.CaptureID(page.VisitID, page.Digest)
	return page, nil
}

func takeHead(page *news.Page, answer *warc.Message) {
	page.Protocol, page.Status = answer.Protocol(), answer.Status()
	for _, f := range answer.Header {
		page.ResponseHeader = append(page.ResponseHeader, news.HeaderField(f))
	}
	page.ContentType, page.ContentEncoding = page.Header("Content-Type"), page.Header("Content-Encoding")
}

// takeProtocol sees through HTTP/2 and 3, which have no text form: records have
// that of HTTP/1.1, and what was spoken stands beside it, or one of their own.
func takeProtocol(page *news.Page, h warc.Header) {
	spoken := []string{page.Protocol}
	for _, f := range h {
		if strings.EqualFold(f.Name, warc.Protocol) {
			spoken = append(spoken, f.Value)
		}
	}
	for _, version := range spoken {
		switch strings.ToLower(version) {
		case "h2", "h2c", "http/2", "http/2.0":
			page.Protocol, page.HeadersRebuilt = "HTTP/2.0", true
		case "h3", "http/3", "http/3.0":
			page.Protocol, page.HeadersRebuilt = "HTTP/3.0", true
		}
	}
}

// stillCoded is the content coding that a body has. Many archives keep the field
// and took the coding off.
func stillCoded(stated string, body []byte) string {
	magic := ""
	switch strings.ToLower(strings.TrimSpace(stated)) {
	case "gzip", "x-gzip":
		magic = "\x1f\x8b"
	case "zstd":
		magic = "\x28\xb5\x2f\xfd"
	}
	if !bytes.HasPrefix(body, []byte(magic)) || isMarkup(body) {
		return ""
	}
	return stated
}

// isMarkup says whether a body begins as a page does: with ASCII, the first of
// it a tag. What br or deflate coded, of which nothing else is sure, does not.
func isMarkup(body []byte) bool {
	const enough = 15
	head := bytes.TrimLeft(body, " \t\r\n")
	if len(head) < enough || head[0] != '<' {
		return false
	}
	return bytes.IndexFunc(head[:enough], func(c rune) bool { return c > unicode.MaxASCII || c < ' ' && !unicode.IsSpace(c) }) < 0
}
