package news

import "time"

// RecordSchema names the version of [Record] that this build writes.
const RecordSchema = "record/1"

// Record is a record of somebody else's archive on its way into ours. As a
// message its JSON travels in a header and Body is the payload.
type Record struct {
	// Schema is always "record/1".
	Schema string `json:"schema" jsonschema:"const=record/1"`
	// Run names the import; see [Run].
	Run string `json:"run"`
	// File is the name of the file that it stands in, Place where in it, for
	// people and for who looks it up.
	File  string `json:"file"`
	Place string `json:"place,omitempty"`
	// Offset is where it begins in the file, in bytes.
	Offset int64 `json:"offset,omitempty"`
	// URL is what the record says that it is about.
	URL string `json:"url"`
	// Page is set where there is no record, but what a source says of a page, such
	// as a line of JSON: Body is then its body.
	Page *Page `json:"page,omitempty"`
	// Packed says that Body is compressed as it stands in the file: one gzip member
	// or zstd frame.
	Packed bool `json:"packed,omitempty"`
	// Length is that of Body, in bytes.
	Length int `json:"length"`

	// Body is the record, packed or plain.
	Body []byte `json:"-"`
}

// Trace names what is known of the page before the record is read. The visit is
// then that of its place: one that cannot be read has an end too.
func (r *Record) Trace() Trace {
	if r.Page != nil {
		return r.Page.Trace()
	}
	return Trace{VisitID: VisitID(r.Run+"\n"+r.File+"\n"+r.Place, time.Unix(0, 0)), URL: r.URL, Site: NoSite}
}
