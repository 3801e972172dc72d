package extract

import (
	"bytes"
	"strings"
)

// readable says whether a media type may hold an article.
func readable(media string) bool {
	switch media {
	case "", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "application/octet-stream":
		return true
	}
	return false
}

// binaryPrefix is how much of a body shows whether it is binary.
const binaryPrefix = 64 << 10

// isBinary says whether a body holds more control characters than any text.
func isBinary(body []byte) bool {
	head := body[:min(len(body), binaryPrefix)]
	controls := 0
	for _, c := range head {
		controls += int(control[c])
	}
	return controls > len(head)/20
}

// control is 1 for the control characters that no text has. NUL is none here: in
// UTF-16 without a mark every second byte is one.
var control = func() (table [256]uint8) {
	for c := range byte(' ') {
		if !strings.ContainsRune("\x00\t\n\f\r\x1b", rune(c)) {
			table[c] = 1
		}
	}
	return table
}()

// isText says whether a body is to be read as bare text.
func isText(media string, body []byte) bool {
	if media == "text/plain" {
		return true
	}
	if media == "text/html" || media == "application/xhtml+xml" {
		return false
	}
	head := bytes.ToLower(body[:min(len(body), 4096)])
	for _, tag := range [...]string{"<html", "<!doctype", "<head", "<body", "<div", "<p", "<meta", "<article", "<title", "<h1", "<span", "<table", "<br"} {
		if bytes.Contains(head, []byte(tag)) {
			return false
		}
	}
	return true
}
