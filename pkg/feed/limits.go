package feed

import "time"

// Limits bounds what is read of a document. A field that is 0 or less has its
// default.
type Limits struct {
	// Bytes is the most that is read, after gzip; default 50 MiB, the limit of
	// the sitemaps protocol.
	Bytes int
	// Items is the most entries that are looked at, whether items or sources,
	// taken or not; default 50,000, the limit of the sitemaps protocol.
	Items int
	// Text is the longest title, keyword or identifier in bytes; default 1,000.
	Text int
	// Depth is how deep elements may nest; default 256.
	Depth int
}

// MaxInterval is the longest time between two polls that is believed.
const MaxInterval = 30 * 24 * time.Hour

const (
	// maxKeywords is the most keywords of an item.
	maxKeywords = 50
	// maxGroups is how many outlines around an entry are named.
	maxGroups = 8
	// maxTag is the longest start tag in bytes. Anything longer is no markup.
	maxTag = 64 << 10
	// maxValue is the most that is read of one element, before markup and
	// entities are taken off.
	maxValue = 64 << 10
	// maxResumes is how many broken places are passed over in one document.
	maxResumes = 100
)

func (l Limits) orDefault() Limits {
	set := func(field *int, value int) {
		if *field <= 0 {
			*field = value
		}
	}
	set(&l.Bytes, 50<<20)
	set(&l.Items, 50_000)
	set(&l.Text, 1000)
	set(&l.Depth, 256)
	return l
}
