package intake

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// object is what a JSON object says under the names that mean something to us,
// each value as it stands there. Of several of one name the last one counts.
type object map[string]json.RawMessage

// meant are those names, outer and inner.
var meant = func() map[string]bool {
	names := map[string]bool{}
	for _, key := range slices.Concat(keysURL, keysFinalURL, keysHTML, keysFile, keysStatus, keysTitle, keysPublished, keysLanguage, keysFetched) {
		for name := range strings.SplitSeq(key, ".") {
			names[name] = true
		}
	}
	return names
}()

// readObject reads an object without a copy of it: lines are as long as pages,
// and may have a million names that mean nothing.
func readObject(text []byte) (object, error) {
	if !json.Valid(text) || text[blank(text, 0)] != '{' {
		return nil, json.Unmarshal(text, new(struct{})) // which says what is wrong
	}
	o := object{}
	for i := blank(text, 0) + 1; ; {
		if i = blank(text, i); text[i] == ',' {
			i = blank(text, i+1)
		}
		if text[i] == '}' {
			return o, nil
		}
		name := text[i:behind(text, i)]
		i = blank(text, blank(text, i+len(name))+1) // past the colon
		value := text[i:behind(text, i)]
		i += len(value)
		if known := unquote(name); meant[string(known)] {
			o[string(known)] = json.RawMessage(value)
		}
	}
}

// unquote is the text of a name.
func unquote(name []byte) []byte {
	if bytes.IndexByte(name, '\\') < 0 {
		return name[1 : len(name)-1]
	}
	var s string
	_ = json.Unmarshal(name, &s) // it is valid
	return []byte(s)
}

// blank is where the white space ends that begins at i.
func blank(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n') {
		i++
	}
	return i
}

// behind is where the value ends that begins at i, in valid JSON.
func behind(text []byte, i int) int {
	depth := 0
	for {
		switch text[i] {
		case '"':
			i = behindText(text, i)
		case '{', '[':
			depth, i = depth+1, i+1
		case '}', ']':
			depth, i = depth-1, i+1
		case ',', ':', ' ', '\t', '\r', '\n':
			i++
		default:
			for i < len(text) && strings.IndexByte(",:]} \t\r\n", text[i]) < 0 {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
}

// behindText is where the text ends whose opening quote is at i.
func behindText(text []byte, i int) int {
	for i++; text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i + 1
}
