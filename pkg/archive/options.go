package archive

import (
	"fmt"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// Options is what an archive may be told. What is left zero is the default.
type Options struct {
	// Compression is that of each record: gzip (the default) or zstd.
	Compression warc.Compression
	// SegmentSize is how many bytes a segment has when the next one is begun: 1
	// GB.
	SegmentSize int64
	// SegmentAge is how old a segment is when the next one is begun: 24 hours.
	SegmentAge time.Duration
	// MinFree is how many bytes of the disk are left free: none.
	MinFree int64
	// Prefix begins the name of every segment: "copydesk". It has letters, digits,
	// "_" and "-" only.
	Prefix string
	// Software says in every segment what wrote it: "copydesk".
	Software string
	// Vault is where closed segments are brought: nowhere.
	Vault Vault
	// Rows know the captures of the open segment but for those that a crash kept
	// from them. Opening then reads only what is behind: without them, all of it.
	Rows Rows
	// Now is the clock.
	Now func() time.Time
}

const (
	defaultSize = 1 << 30
	defaultAge  = 24 * time.Hour
	defaultName = "copydesk"
)

// complete fills in the defaults.
func (o Options) complete() (Options, error) {
	if o.Compression == "" {
		o.Compression = warc.Gzip
	}
	if o.SegmentSize == 0 {
		o.SegmentSize = defaultSize
	}
	if o.SegmentAge == 0 {
		o.SegmentAge = defaultAge
	}
	if o.Prefix == "" {
		o.Prefix = defaultName
	}
	if o.Software == "" {
		o.Software = defaultName
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	switch {
	case o.Compression != warc.Gzip && o.Compression != warc.Zstd:
		return o, fmt.Errorf("compression %q: must be gzip or zstd", o.Compression)
	case o.SegmentSize < 0 || o.SegmentAge < 0 || o.MinFree < 0:
		return o, fmt.Errorf("segments of %d bytes and %v, %d bytes free: must not be negative", o.SegmentSize, o.SegmentAge, o.MinFree)
	case strings.IndexFunc(o.Prefix, notInName) >= 0:
		return o, fmt.Errorf("prefix %q: must have letters, digits, _ and - only", o.Prefix)
	}
	return o, nil
}

func notInName(c rune) bool {
	return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-'
}
