package structured

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// State comes in several forms: as JSON, assigned to a name, as a string to be
// parsed, in pieces of a stream, with numbers or names in place of objects.

// leastNeedle is how many bytes of a headline tell a script that has it.
const leastNeedle = 8

// titleNeedles are pieces of a headline by which scripts that hold it are told:
// its longest run of letters and spaces, as such and as JSON escapes it.
func titleNeedles(title string) []string {
	best := ""
	for _, run := range strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) {
		if len(run) > len(best) {
			best = run
		}
	}
	best = strings.TrimSpace(best)
	if len(best) < leastNeedle {
		return nil
	}
	needles := []string{best}
	if i := strings.IndexFunc(best, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(best[i:])
		needles = append(needles, fmt.Sprintf(`\u%04x`, r))
	}
	return needles
}

// flightHead begins a script that adds a piece to the stream of Next.js.
const flightHead = "self.__next_f.push("

// parsedHead begins a string that a script parses as JSON.
const parsedHead = "JSON.parse("

// texts are the texts of state in which one of the needles stands.
func (s State) texts(needles []string) []string {
	var texts []string
	streamed := false
	for _, script := range s.Scripts {
		if !s.Page.CodeHas(script, needles) {
			continue
		}
		text := s.Page.CodeOf(script)
		switch {
		case strings.HasPrefix(strings.TrimLeft(text[:min(len(text), 200)], " \t\r\n("), flightHead):
			streamed = true
		case strings.Contains(text, parsedHead):
			texts = append(texts, parsedStrings(text)...)
			texts = append(texts, text)
		default:
			texts = append(texts, text)
		}
	}
	if streamed {
		var stream strings.Builder
		for _, text := range s.Texts() {
			if strings.Contains(text[:min(len(text), 200)], flightHead) {
				stream.WriteString(flightPiece(text))
			}
		}
		texts = append(texts, stream.String())
	}
	return texts
}

func containsAny(text string, pieces []string) bool {
	return slices.ContainsFunc(pieces, func(p string) bool { return strings.Contains(text, p) })
}

// flightPiece is the text in self.__next_f.push([1,"…"]).
func flightPiece(script string) string {
	open := strings.IndexByte(script, '[')
	end := strings.LastIndexByte(script, ']')
	if open < 0 || end < open {
		return ""
	}
	var piece []any
	if json.Unmarshal([]byte(script[open:end+1]), &piece) != nil || len(piece) < 2 {
		return ""
	}
	text, _ := piece[1].(string)
	return text
}

// parsedStrings are the texts that a script parses as JSON.
func parsedStrings(script string) []string {
	var texts []string
	for len(texts) < mostStateFinds {
		i := strings.Index(script, parsedHead)
		if i < 0 {
			break
		}
		script = script[i+len(parsedHead):]
		if !strings.HasPrefix(script, `"`) {
			continue
		}
		end := stringEnd(script, 0)
		if end < 0 {
			break
		}
		var text string
		if json.Unmarshal([]byte(script[:end+1]), &text) == nil {
			texts = append(texts, text)
		}
		script = script[end:]
	}
	return texts
}

// stateObject is an object of state with the others that it refers to.
type stateObject struct {
	fields map[string]any
	refer  func(id string) map[string]any
}

const (
	// mostReferred bounds how many references of a text are followed.
	mostReferred = 40
	// mostReferredObject bounds the object that one leads to, in bytes.
	mostReferredObject = 64 << 10
)

// stateObjects are the objects of a text that have the title.
func stateObjects(text string, isTitle func(string) bool) []stateObject {
	if strings.HasPrefix(strings.TrimLeft(text[:min(len(text), 40)], " \n"), "[[") || strings.HasPrefix(strings.TrimLeft(text[:min(len(text), 40)], " \n"), "[{") {
		if all := numberedObjects(text, isTitle); len(all) > 0 {
			return all
		}
	}
	left := mostReferred
	refer := func(id string) map[string]any {
		if left--; left < 0 {
			return nil
		}
		return namedObject(text, id)
	}
	var all []stateObject
	for _, raw := range objectsOf(text, isTitle) {
		var fields map[string]any
		if json.Unmarshal([]byte(raw), &fields) == nil {
			all = append(all, stateObject{fields, refer})
		}
	}
	return all
}

// namedObject is the object that a cache keeps under an identity.
func namedObject(text, id string) map[string]any {
	name, err := json.Marshal(id)
	if err != nil || len(id) > 300 {
		return nil
	}
	i := strings.Index(text, string(name)+":{")
	if i < 0 {
		return nil
	}
	var o map[string]any
	text = text[i+len(name)+1:]
	if json.NewDecoder(strings.NewReader(text[:min(len(text), mostReferredObject)])).Decode(&o) != nil {
		return nil
	}
	return o
}

// numberedObjects reads state whose values stand in one list and are referred to by
// their place in it, as Nuxt and SvelteKit write it.
func numberedObjects(text string, isTitle func(string) bool) []stateObject {
	var list []any
	if len(text) > mostState || json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	titles := map[int]bool{}
	for i, v := range list {
		if v, ok := v.(string); ok && isTitle(v) {
			titles[i] = true
		}
	}
	if len(titles) == 0 {
		return nil
	}
	var all []stateObject
	for _, v := range list {
		o, ok := v.(map[string]any)
		if !ok || len(all) == mostStateFinds {
			continue
		}
		for key := range titleKeys {
			if at, ok := o[key].(float64); ok && titles[int(at)] {
				n := numbered{list, mostNumbered}
				fields, _ := n.value(o, 0).(map[string]any)
				all = append(all, stateObject{fields: fields})
				break
			}
		}
	}
	return all
}

// mostNumbered bounds how many numbers are followed for one object.
const mostNumbered = 2000

// numbered is a list of values that refer to each other by place.
type numbered struct {
	list []any
	left int
}

// at is the value that a number stands for.
func (n *numbered) at(x any, depth int) any {
	place, ok := x.(float64)
	if i := int(place); ok && i >= 0 && i < len(n.list) && depth < 5 && n.left > 0 {
		n.left--
		return n.value(n.list[i], depth)
	}
	return nil
}

// value writes a value with those in place of the numbers in it.
func (n *numbered) value(v any, depth int) any {
	switch v := v.(type) {
	case map[string]any:
		o := make(map[string]any, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) { // the bound falls on the same ones each time
			o[key] = n.at(v[key], depth+1)
		}
		return o
	case []any:
		if name, ok := firstString(v); ok && len(v) > 1 { // ["Date", "…"], ["Reactive", 7]
			if name == "Date" {
				return v[1]
			}
			return n.at(v[1], depth+1)
		}
		all := make([]any, 0, min(len(v), mostListed))
		for _, x := range v[:min(len(v), mostListed)] {
			all = append(all, n.at(x, depth+1))
		}
		return all
	}
	return v
}

func firstString(list []any) (string, bool) {
	if len(list) == 0 {
		return "", false
	}
	s, ok := list[0].(string)
	return s, ok
}
