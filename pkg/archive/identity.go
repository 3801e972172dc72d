package archive

import (
	"crypto/sha256"
	"fmt"
	"time"
)

// recordID is the identity of a record of ours: the same whenever the capture is
// written (a UUID of version 8, RFC 9562, section 5.8).
func recordID(captureID, kind string) string {
	sum := sha256.Sum256([]byte("record\n" + captureID + "\n" + kind))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func bracketed(id string) string { return "<" + id + ">" }

// date writes a time as WARC-Date has it, to the microsecond, for finer ones are
// not read everywhere.
func date(t time.Time) string {
	return t.UTC().Truncate(time.Microsecond).Format("2006-01-02T15:04:05.999999Z")
}
