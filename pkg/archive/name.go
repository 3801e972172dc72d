package archive

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// openEnding is what the name of a segment ends with until it is closed.
const openEnding = ".open"

// segmentName names a segment: who wrote it, since when, the how manieth it is.
func segmentName(prefix string, at time.Time, serial int, c warc.Compression) string {
	return fmt.Sprintf("%s-%s-%05d%s", prefix, at.UTC().Format(nameTime), serial, c.Ending())
}

const nameTime = "20060102150405"

// sinceOf is when a segment was begun, by its name: the zero time where that does
// not say.
func sinceOf(name string) time.Time {
	stem, _, _ := strings.Cut(name, ".")
	parts := strings.Split(stem, "-")
	since, _ := time.Parse(nameTime, parts[max(0, len(parts)-2)])
	return since
}

// isSegment says whether a file of that name is a closed segment.
func isSegment(name string) bool {
	return compressionOf(name) != warc.Plain && serialOf(name) > 0
}

// compressionOf tells from the name of a segment how its records are compressed.
func compressionOf(name string) warc.Compression {
	for _, c := range []warc.Compression{warc.Gzip, warc.Zstd} {
		if strings.HasSuffix(name, c.Ending()) {
			return c
		}
	}
	return warc.Plain
}

// serialOf is the number in the name of a segment, 0 where there is none.
func serialOf(name string) int {
	stem, _, _ := strings.Cut(name, ".")
	n, err := strconv.Atoi(stem[strings.LastIndexByte(stem, '-')+1:])
	if err != nil || n < 0 {
		return 0
	}
	return n
}
