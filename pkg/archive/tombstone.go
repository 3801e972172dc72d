package archive

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// Tombstone says of captures that they were taken out of a segment, and nothing
// of what they held.
type Tombstone struct {
	// Schema is always "tombstone/1".
	Schema string `json:"schema"`
	// Segment is the one that they were in.
	Segment    string    `json:"segment"`
	CaptureIDs []string  `json:"captureIds"`
	Reason     string    `json:"reason"`
	At         time.Time `json:"at"`
}

const tombstoneSchema = "tombstone/1"

// onTombstone is how many captures one tombstone names.
const onTombstone = 10_000

// tombstones are the records that say what was left out.
func tombstones(p *planned, reason string, at time.Time) (all []record) {
	for begin := 0; begin < len(p.Dropped); begin += onTombstone {
		t := Tombstone{Schema: tombstoneSchema, Segment: p.Old, Reason: reason, At: at.UTC()}
		for _, c := range p.Dropped[begin:min(begin+onTombstone, len(p.Dropped))] {
			t.CaptureIDs = append(t.CaptureIDs, c.CaptureID)
		}
		block, err := json.Marshal(t)
		if err != nil {
			panic(err) // a struct of texts and a time of this age
		}
		r := record{body: block, header: warc.Header{
			{Name: warc.Type, Value: warc.Metadata},
			{Name: warc.RecordID, Value: bracketed(recordID(fmt.Sprintf("%s %d", p.New, begin), warc.Metadata))},
			{Name: warc.Date, Value: date(at)},
			{Name: warc.TargetURI, Value: "urn:copydesk:tombstone:" + p.New},
			{Name: warc.ContentType, Value: typeStatement},
		}}
		add(&r.header, warc.BlockDigest, r.digest())
		all = append(all, r)
	}
	return all
}
