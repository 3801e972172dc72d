package intake

import "strconv"

// Place is where a record stands in its source. The zero Place is the begin.
type Place struct {
	// Archive is the web archive of a WACZ file that it stands in, else empty.
	Archive string `json:"archive,omitempty"`
	// Offset is where it begins in the file, in bytes: its gzip member or zstd
	// frame where it has one, else itself; for a line, in the unpacked text.
	Offset int64 `json:"offset"`
	// Nth counts the records before it that begin at the same offset: those of
	// one gzip member, and the damage of a record behind the record.
	Nth int `json:"nth,omitempty"`
}

// After is the place from which reading goes on behind the record of this one.
func (p Place) After() Place {
	p.Nth++
	return p
}

// String names the place within its source: "1042", "1042.1" for the second
// record of a member, "archive/data.warc.gz#1042".
func (p Place) String() string {
	s := strconv.FormatInt(p.Offset, 10)
	if p.Nth > 0 {
		s += "." + strconv.Itoa(p.Nth)
	}
	if p.Archive != "" {
		s = p.Archive + "#" + s
	}
	return s
}
