package archive

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/warc"
)

// describe is the record that every segment begins with (WARC/1.1, section 6.2),
// as it stands there.
func (a *Archive) describe(s *segment) ([]byte, error) {
	p := <-a.packers
	defer func() { a.packers <- p }()
	return p.packRecord(warcinfo(s.name, a.Software, date(s.since)))
}

func warcinfo(name, software, date string) record {
	var b strings.Builder
	for _, f := range [...]warc.Field{
		{Name: "software", Value: software},
		{Name: "format", Value: "WARC File Format 1.1"},
		{Name: "conformsTo", Value: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{Name: "robots", Value: "obey"},
	} {
		writeField(&b, f.Name, f.Value)
	}
	r := record{body: []byte(b.String()), header: warc.Header{
		{Name: warc.Type, Value: warc.Warcinfo},
		{Name: warc.RecordID, Value: bracketed(recordID(name, warc.Warcinfo))},
		{Name: warc.Date, Value: date},
		{Name: warc.Filename, Value: name},
		{Name: warc.ContentType, Value: "application/warc-fields"},
	}}
	add(&r.header, warc.BlockDigest, r.digest())
	return r
}
