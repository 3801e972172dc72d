package extract

import "golang.org/x/net/html/atom"

const (
	// leastRepeat is the length, in bytes, from which on a paragraph does not stand
	// in a story twice: refrains are shorter.
	leastRepeat = 120
	// leastRepeating is the length, in bytes, of a text that is long enough to repeat
	// itself by mistake.
	leastRepeating = 1500
	// mostRepeated is how much of the text may be such, at most. Where it is more
	// the text is made of repeats.
	mostRepeated = 1.0 / 3
)

// dropRepeats drops paragraphs that the story has had already: pages print a part
// of it again for small screens, and set the same note between its chapters. Lists
// sum up what paragraphs say.
func (s *story) dropRepeats(picked []int32) []int32 {
	had := make(map[string]bool, len(picked))
	kept := make([]int32, 0, len(picked))
	total, dropped := 0, 0
	for _, i := range picked {
		b := &s.blocks[i]
		total += len(b.text)
		if len(b.text) >= leastRepeat && s.els[b.el].tag != atom.Pre && s.upTo(b.el, atom.Table) < 0 && s.upTo(b.el, atom.Li) < 0 {
			if had[b.text] {
				dropped += len(b.text)
				continue
			}
			had[b.text] = true
		}
		kept = append(kept, i)
	}
	if total < leastRepeating || float64(dropped) > mostRepeated*float64(total) {
		return picked
	}
	return kept
}
