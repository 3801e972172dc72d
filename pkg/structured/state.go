package structured

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/markup"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// State is the scripts of a page that may hold its application state
// (__NEXT_DATA__ and its like), in order. They are long: only what is not found
// elsewhere is looked for in them.
type State struct {
	Page    *markup.Page
	Scripts []*html.Node
}

// Texts are the scripts as they stand.
func (s State) Texts() []string {
	texts := make([]string, len(s.Scripts))
	for i, script := range s.Scripts {
		texts[i] = s.Page.CodeOf(script)
	}
	return texts
}

// Story is what the state says of the story with that headline; nothing if no
// object of it has the headline.
func (s State) Story(headline string, order when.Order) Story {
	var best Story
	needles := titleNeedles(headline)
	if len(needles) == 0 {
		return best
	}
	isTitle := func(v string) bool { return prose.Same(Unescape(v), headline) }
	left := mostState
	for _, text := range s.texts(needles) {
		if left -= len(text); left < 0 {
			break
		}
		for _, o := range stateObjects(text, isTitle) {
			r := stateReader{order: order, refer: o.refer}
			if a := r.story(o.fields); a.facts() > best.facts() {
				best = a
			}
		}
	}
	return best
}

// Date finds the date of a story in the state, or in other scripts. They speak of
// other stories too, so a key is believed only where all its values are of one
// day, in scripts that name no story but this one.
func (s State) Date(headline string, others []string, order when.Order) (value, key string) {
	needles := titleNeedles(headline)
	scripts := slices.DeleteFunc(append(s.Texts(), others...), func(text string) bool {
		return strings.Contains(text, `"headline":"`) && !containsAny(text, needles)
	})
	for _, key := range stateDateKeys {
		if value := oneDay(scripts, `"`+key+`":`, order); value != "" {
			return value, key
		}
	}
	return "", ""
}

// oneDay is the first value of a key in the scripts, if all are of its day.
func oneDay(scripts []string, key string, order when.Order) string {
	value := ""
	var day when.Moment
	for _, text := range scripts {
		for {
			i := strings.Index(text, key)
			if i < 0 {
				break
			}
			text = text[i+len(key):]
			v := strings.TrimLeft(text[:min(len(text), 60)], ` "\`)
			if end := strings.IndexAny(v, `"\,}`); end >= 0 {
				v = v[:end]
			}
			m, ok := when.Parse(v, order)
			if !ok {
				continue
			}
			if value != "" && !m.SameDay(day) {
				return ""
			}
			if value == "" {
				value, day = v, m
			}
		}
	}
	return value
}
