package structured

import (
	"encoding/json"
	"strings"
)

// State is read without a parser's tree of all of it: it is long, and one object
// of it is wanted, that of the story. The scan goes once over the text, keeps the
// open objects on a stack, and gives those in which the headline stands as a
// title.

const (
	// mostState bounds how many bytes of state a page has scanned.
	mostState = 4 << 20
	// mostStateObject bounds the object of a story, in bytes.
	mostStateObject = 1 << 20
	// mostStateDepth bounds how deep state is followed.
	mostStateDepth = 200
	// mostStateSteps bounds how often each byte is scanned where code looks like
	// values that do not end.
	mostStateSteps = 4
	// mostStateFinds bounds how many objects with the headline are weighed.
	mostStateFinds = 8
)

// titleKeys are the names under which state keeps a headline.
var titleKeys = map[string]bool{"headline": true, "title": true, "headlines": true, "heading": true, "name": true, "basic": true, "articleTitle": true, "pageTitle": true, "seoTitle": true, "rendered": true, "text": true, "displayTitle": true}

// openObject is an object or array that the scan is in.
type openObject struct {
	start int
	key   string // the one that it is the value of
	array bool
	found bool
}

// objectsOf gives the JSON objects in a text that have the title under one of the
// keys, or whose own object under such a key has it ("headlines": {"basic": …}).
func objectsOf(text string, isTitle func(string) bool) []string {
	var found []string
	left := mostStateSteps * len(text)
	for i := 0; i < len(text) && len(found) < mostStateFinds && left > 0; {
		if c := text[i]; (c == '{' || c == '[') && opensValue(text, i) {
			end, ok := scanValue(text, i, isTitle, &found)
			left -= end - i
			if ok {
				i = end
				continue
			}
		}
		i++
	}
	return found
}

// opensValue says whether a bracket in code begins JSON: behind a sign that a
// value follows, and before a string or another bracket.
func opensValue(text string, i int) bool {
	after := strings.TrimLeft(text[i+1:min(len(text), i+40)], " \t\r\n")
	if after == "" || strings.IndexByte(`"{[`, after[0]) < 0 {
		return false
	}
	before := strings.TrimRight(text[max(0, i-40):i], " \t\r\n")
	return before == "" || strings.IndexByte("=(:,>;", before[len(before)-1]) >= 0
}

// scanValue goes over the JSON value at i, adds the objects that have the title,
// and gives its end; ok says that it ended.
func scanValue(text string, i int, isTitle func(string) bool, found *[]string) (end int, ok bool) {
	var stack []openObject
	key := ""
	for i < len(text) {
		switch c := text[i]; c {
		case '{', '[':
			if len(stack) == mostStateDepth {
				return i, false
			}
			stack = append(stack, openObject{start: i, key: key, array: c == '['})
			key = ""
		case '}', ']':
			top := stack[len(stack)-1]
			if top.array != (c == ']') {
				return i, false
			}
			stack = stack[:len(stack)-1]
			if top.found && i+1-top.start <= mostStateObject && len(*found) < mostStateFinds {
				*found = append(*found, text[top.start:i+1])
			}
			if len(stack) == 0 {
				return i + 1, true
			}
		case '"':
			close := stringEnd(text, i)
			if close < 0 {
				return i, false
			}
			raw := text[i : close+1]
			i = close
			if top := &stack[len(stack)-1]; !top.array && key == "" {
				if key = raw[1 : len(raw)-1]; key == "" {
					key = " "
				}
				break
			}
			if titleKeys[key] && len(raw) < 1000 {
				var value string
				if json.Unmarshal([]byte(raw), &value) == nil && isTitle(value) {
					top := len(stack) - 1
					stack[top].found = true
					if top > 0 && titleKeys[stack[top].key] {
						stack[top].found = false
						stack[top-1].found = true
					}
				}
			}
		case ',':
			key = ""
		case '<':
			if strings.HasPrefix(text[i:], "</script") {
				return i, false
			}
		}
		i++
	}
	return i, false
}

// stringEnd is where the string that begins at i is closed, -1 if nowhere.
func stringEnd(text string, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		case '\n':
			return -1
		}
	}
	return -1
}
