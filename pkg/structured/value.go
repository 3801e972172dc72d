package structured

import (
	"strings"

	"golang.org/x/net/html"
)

// Unescape resolves the character references that some pages leave in values
// that are plain text already.
func Unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// unfilledMarks stand around the names of values that a template did not fill in.
var unfilledMarks = [...]string{"{{", "}}", "${", "<%", "%%", "##", "[["}

// IsUnfilled says whether a value is the name of one, left by a system that had
// none: "{{title}}", "null", "undefined".
func IsUnfilled(v string) bool {
	switch v {
	case "null", "undefined", "None", "NULL", "n/a", "N/A", "[object Object]", "(none)":
		return true
	}
	if len(v) > 200 {
		return false
	}
	if len(v) > 2 && v[0] == '%' && v[len(v)-1] == '%' && !strings.Contains(v, " ") {
		return true
	}
	for _, mark := range unfilledMarks {
		if strings.Contains(v, mark) {
			return true
		}
	}
	return false
}

// attr is the value of an attribute, without white space around it.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return strings.TrimSpace(n.Attr[i].Val)
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}
