package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/when"
)

// states are the scripts that may hold state, in order. They are long: only what
// is not found elsewhere is looked for in them.
func (o *outline) states() []string {
	states := make([]string, len(o.codes))
	for i, script := range o.codes {
		states[i] = o.page.CodeOf(script)
	}
	return states
}

// stateDate finds the date in the page's application state (__NEXT_DATA__ and its
// like). The state speaks of other stories too, so a key is believed only where
// all its values are of one day, in scripts that name no story but this one.
func (s *story) stateDate() (value, key string) {
	needles := titleNeedles(s.rec.Headline)
	states := slices.DeleteFunc(append(s.states(), s.graph.broken...), func(text string) bool {
		return strings.Contains(text, `"headline":"`) && !containsAny(text, needles)
	})
	for _, key := range stateDateKeys {
		if value := s.oneDay(states, `"`+key+`":`); value != "" {
			return value, key
		}
	}
	return "", ""
}

// oneDay is the first value of a key in the scripts, if all are of its day.
func (s *story) oneDay(scripts []string, key string) string {
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
			m, ok := when.Parse(v, s.order)
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
