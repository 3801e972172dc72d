package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// unit is the records of one capture, in the order in which they are written.
type unit struct {
	before []record // the request, where there is one
	main   record
	member []byte // the main record as it is to be copied, if it is
	after  record // the metadata record: the unit is whole with it
	said   statement
}

// record is one record to write. Its block is in two parts, so that bodies need
// not be copied.
type record struct {
	header     warc.Header
	head, body []byte
}

func (r record) length() int64 { return int64(len(r.head) + len(r.body)) }

func (r record) block() io.Reader {
	return io.MultiReader(bytes.NewReader(r.head), bytes.NewReader(r.body))
}

// digest is that of the block, in hexadecimal digits: of the forms in use the one
// that needs no padding.
func (r record) digest() string {
	sum := sha256.New()
	sum.Write(r.head)
	sum.Write(r.body)
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}

// The profiles of revisit records (WARC/1.1, section 6.7.2 and 6.7.3).
const (
	sameBody    = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	notModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

const (
	typeResponse  = "application/http;msgtype=response"
	typeRequest   = "application/http;msgtype=request"
	typeStatement = "application/json"
	typeUnknown   = "application/octet-stream"
)

// compose makes the records of an entry, for a file of that compression.
func compose(e Entry, c warc.Compression) (unit, error) {
	if err := e.check(); err != nil {
		return unit{}, err
	}
	u := unit{said: state(e)}
	switch {
	case e.Original != nil:
		u.main = record{header: e.Original.Header, body: e.Original.Block}
	case e.isRevisit():
		u.main = revisit(u.said.Page, *e.Same)
	case isAnswer(e.Page):
		u.main = response(e.Page)
	default:
		u.main = resource(e.Page)
	}
	if e.Original != nil && e.Original.as == c {
		u.member = e.Original.member
	}
	if e.Original == nil && len(e.Page.RequestHeader) > 0 {
		u.before = []record{request(e.Page, u.main.header.Get(warc.RecordID))}
	}
	var err error
	if u.after, err = metadata(u.said, u.main.header.Get(warc.RecordID)); err != nil {
		return unit{}, err
	}
	return u, u.check()
}

// check says whether a unit can be written and read again.
func (u unit) check() error {
	for _, r := range u.records() {
		err := r.header.Writable(r.length())
		if copied := u.member != nil && r.header.Get(warc.Type) != warc.Metadata; err != nil && !copied {
			return err
		}
		if len(r.head) > mostHead {
			return fmt.Errorf("an HTTP header of %d bytes, at most %d are archived", len(r.head), mostHead)
		}
	}
	if kind := u.main.header.Get(warc.Type); !holdsCapture(kind) {
		return fmt.Errorf("a record of the type %q holds no capture", kind)
	}
	return nil
}

func (u unit) records() []record {
	all := append([]record(nil), u.before...)
	return append(all, u.main, u.after)
}

// isAnswer says whether a page has the answer of a web server with it. Where it
// was not recorded none is made up.
func isAnswer(p *news.Page) bool {
	return p.Status != 0 && p.Protocol != "" && isWeb(p.URL)
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://")
}

// begin is the header of a record of ours about a page.
func begin(kind string, p *news.Page, contentType string) warc.Header {
	return warc.Header{
		{Name: warc.Type, Value: kind},
		{Name: warc.RecordID, Value: bracketed(recordID(p.CaptureID, kind))},
		{Name: warc.Date, Value: date(p.FetchedAt)},
		{Name: warc.TargetURI, Value: p.URL},
		{Name: warc.ContentType, Value: contentType},
	}
}

func add(h *warc.Header, name, value string) {
	if value != "" {
		*h = append(*h, warc.Field{Name: name, Value: value})
	}
}

// answered adds what is known of the connection that an answer came by.
func answered(h *warc.Header, p *news.Page) {
	add(h, warc.IPAddress, p.RemoteIP)
	add(h, warc.Protocol, protocol(p))
}

func response(p *news.Page) record {
	r := record{header: begin(warc.Response, p, typeResponse), head: answerHead(p), body: p.Body}
	answered(&r.header, p)
	finish(&r, p)
	return r
}

func resource(p *news.Page) record {
	contentType := strings.TrimSpace(oneLine(p.ContentType))
	if contentType == "" {
		contentType = typeUnknown
	}
	r := record{header: begin(warc.Resource, p, contentType), body: p.Body}
	finish(&r, p)
	return r
}

// finish adds what is said of the block.
func finish(r *record, p *news.Page) {
	add(&r.header, warc.PayloadDigest, p.Digest)
	add(&r.header, warc.BlockDigest, r.digest())
	if p.Truncated {
		add(&r.header, warc.Truncated, "length")
	}
}

// revisit is the record of a page of which an earlier capture has the body.
func revisit(p *news.Page, same news.Capture) record {
	r := record{header: begin(warc.Revisit, p, typeResponse)}
	if p.Status != 0 {
		r.head = answerHead(p)
	}
	profile := sameBody
	if p.Status == 304 {
		profile = notModified
	}
	add(&r.header, warc.Profile, profile)
	add(&r.header, warc.RefersTo, bracketed(same.RecordID))
	add(&r.header, warc.RefersToURI, same.URL)
	add(&r.header, warc.RefersToDate, date(same.FetchedAt))
	answered(&r.header, p)
	finish(&r, p)
	return r
}

func request(p *news.Page, main string) record {
	r := record{header: begin(warc.Request, p, typeRequest), head: questionHead(p)}
	add(&r.header, warc.ConcurrentTo, main)
	answered(&r.header, p)
	add(&r.header, warc.BlockDigest, r.digest())
	return r
}

// metadata is the record that says what the others cannot, and that a unit ends
// with. Its address is not the page's, for readers of archives would take it for
// a capture of that.
func metadata(s statement, main string) (record, error) {
	block, err := json.Marshal(s)
	if err != nil {
		return record{}, err
	}
	if len(block) > mostStatement {
		return record{}, fmt.Errorf("a description of %d bytes, at most %d are archived", len(block), mostStatement)
	}
	r := record{header: begin(warc.Metadata, s.Page, typeStatement), body: block}
	for i, f := range r.header {
		if f.Name == warc.TargetURI {
			r.header[i].Value = "urn:copydesk:capture:" + s.Page.CaptureID
		}
	}
	add(&r.header, warc.ConcurrentTo, main)
	add(&r.header, warc.BlockDigest, r.digest())
	return r, nil
}

// write appends the records, and says where the main one is.
func (u unit) write(w *warc.Writer) (main warc.Span, err error) {
	for _, r := range u.before {
		if _, err := w.Write(r.header, r.block(), r.length()); err != nil {
			return main, err
		}
	}
	if u.member != nil {
		main, err = w.Copy(u.member)
	} else {
		main, err = w.Write(u.main.header, u.main.block(), u.main.length())
	}
	if err != nil {
		return main, err
	}
	_, err = w.Write(u.after.header, u.after.block(), u.after.length())
	return main, err
}
