package archive

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/warc"
)

// describe writes the record that every segment begins with (WARC/1.1, section
// 6.2).
func (a *Archive) describe(w *warc.Writer) error {
	r := warcinfo(a.segment.name, a.Software, date(a.segment.since))
	_, err := w.Write(r.header, r.block(), r.length())
	return err
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
