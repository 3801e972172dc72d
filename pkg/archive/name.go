package archive

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// openEnding is what the name of a segment ends with until it is closed.
const openEnding = ".open"

// newEnding is what the names of files end with that are not whole yet, and of
// which nobody knows.
const newEnding = ".new"

const nameTime = "20060102150405"

// segmentName names a segment: who wrote it, since when, the how manieth it is.
func segmentName(prefix string, at time.Time, serial int, c warc.Compression) string {
	return fmt.Sprintf("%s-%s-%05d%s", prefix, at.UTC().Format(nameTime), serial, c.Ending())
}

// named are the names of segments: prefix, time, serial number, and how often it
// was written anew, if it was.
var named = regexp.MustCompile(`^[A-Za-z0-9_-]+-(\d{14})-(\d{5,9})(?:-v(\d{1,9}))?\.warc\.(?:gz|zst)$`)

// isSegment says whether a file of that name is a closed segment.
func isSegment(name string) bool { return named.MatchString(name) }

// compressionOf tells from the name of a segment how its records are compressed.
func compressionOf(name string) warc.Compression {
	if strings.HasSuffix(name, warc.Zstd.Ending()) {
		return warc.Zstd
	}
	return warc.Gzip
}

// serialOf is the number in the name of a segment.
func serialOf(name string) int {
	n, _ := strconv.Atoi(partOf(name, 2)) // digits
	return n
}

// sinceOf is when a segment was begun.
func sinceOf(name string) time.Time {
	since, _ := time.Parse(nameTime, partOf(name, 1)) // a damaged name is old
	return since
}

// Replaced is the segment that one was written anew from, empty where it was not:
// "desk-20260503120000-00001-v2.warc.gz" is "desk-20260503120000-00001.warc.gz"
// without some of its captures.
func Replaced(name string) string {
	version := versionOf(name)
	switch {
	case version < 2:
		return ""
	case version == 2:
		return withVersion(name, "")
	}
	return withVersion(name, fmt.Sprintf("-v%d", version-1))
}

// versionOf counts how often a segment was written, from 1.
func versionOf(name string) int {
	version, err := strconv.Atoi(partOf(name, 3))
	if err != nil {
		return 1
	}
	return version
}

// nextVersion is the name of a segment when it is written anew.
func nextVersion(name string) string {
	return withVersion(name, fmt.Sprintf("-v%d", versionOf(name)+1))
}

func withVersion(name, version string) string {
	stem, ending, _ := strings.Cut(name, ".")
	return strings.TrimSuffix(stem, "-v"+partOf(name, 3)) + version + "." + ending
}

// partOf is a part of the name of a segment, empty where it has none.
func partOf(name string, n int) string {
	parts := named.FindStringSubmatch(name)
	if parts == nil {
		return ""
	}
	return parts[n]
}
