package extract

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// leadIn is how many lines before the body may date it.
const leadIn = 4

// mostDates bounds how many printed dates are weighed.
const mostDates = 200

// printedDates finds the dates that the page shows its readers near the
// headline and the body: in time elements, in elements that are named after
// dates, in short lines of text; first those of publication, then those of
// changes.
func (s *story) printedDates() (published, changed []dated) {
	box := s.storyBox()
	put := func(el int32, text, before string, base float64) {
		d, ok := s.dated(text, news.FromSelector, "", base)
		if ok && d.relative {
			if stamp := s.stampOf(el); stamp != "" {
				d, ok = s.dated(stamp, news.FromSelector, "", base)
			}
		}
		if !ok || saysOther(before) || s.tellsToday(el) || s.isToday(d.Moment) && s.inMasthead(el, box) {
			return
		}
		isChange := s.els[el].own&hintChanged != 0 || s.els[el].around&hintChanged != 0 && s.parentOwn(el)&hintChanged != 0 || when.SaysChanged(before)
		if s.els[el].own&hintDate != 0 && strings.Contains(strings.ToLower(attr(s.els[el].node, "class")+attr(s.els[el].node, "itemprop")), "publish") || when.SaysPublished(before) {
			isChange = false
			d.confidence += 0.05
		}
		all := &published
		if isChange {
			all = &changed
		}
		if len(*all) >= mostDates {
			return
		}
		d.path = s.path(el)
		near := s.nearness(el)
		if near < 0 && s.inComments(el) {
			return
		}
		line := s.lineOf(el)
		bare := len(d.written)*2 >= len(line) || len(line) < 100 && strings.HasPrefix(line, d.written)
		if s.els[el].tag != atom.Time && s.linksAway(el, d.written) {
			near, bare = near-0.2, false
		}
		d.confidence = max(0.1, min(0.9, d.confidence+near))
		d.beside = near > 0
		d.apart = s.out[el] || s.els[el].around&(hintRelated|hintComments|hintTeaser) != 0
		d.shown = near > 0 && (bare || s.els[el].tag == atom.Time || s.els[el].own&(hintDate|hintChanged) != 0)
		*all = append(*all, d)
	}
	for _, at := range s.times {
		n := s.els[at].node
		before := s.textBefore(at)
		shown := inlineText(n)
		stamp, base := attr(n, "datetime"), 0.62
		if stamp == "" {
			stamp = attr(n, "content")
		}
		if contradicts(shown, stamp, s.order) {
			base = 0.5 // readers see another day
		}
		put(at, stamp, before, base)
		put(at, shown, before+" "+shown[:dateStart(shown, s.order)], 0.58)
	}
	for i := range s.els {
		e := &s.els[i]
		if e.own&(hintDate|hintChanged) == 0 || e.tag == atom.Time || e.text > 300 {
			continue
		}
		text := attr(e.node, "datetime")
		if text == "" {
			text = attr(e.node, "data-datetime")
		}
		if text == "" {
			if isBlock(e.node) && e.text == 0 {
				continue
			}
			text = s.textOf(int32(i))
		}
		s.eachDate(int32(i), text, 0.55, put)
	}
	// Lines near the headline, and just before the body where that begins farther down.
	line := func(i int32) {
		b := &s.blocks[i]
		if len(b.text) > 250 || s.els[b.el].own&(hintDate|hintChanged) != 0 || s.isSentence(b) {
			return
		}
		s.eachDate(b.el, b.text, 0.5, put)
	}
	lo, hi := s.topBlocks()
	for i := lo; i < hi; i++ {
		line(i)
	}
	if len(s.picked) > 0 {
		for i := max(hi, s.picked[0]-leadIn); i < s.picked[0]; i++ {
			line(i)
		}
	}
	bestFirst(published)
	bestFirst(changed)
	return published, changed
}

// bestFirst sorts dates by confidence; of equals the earlier on the page is first.
func bestFirst(all []dated) {
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(b.confidence, a.confidence) })
}

// linksAway says whether a date is a part of the words of a link.
func (s *story) linksAway(el int32, raw string) bool {
	if a := s.closest(el, atom.A); a >= 0 {
		return len(inlineText(s.els[a].node)) > len(raw)+4
	}
	i := s.els[el].first
	return int(i) < len(s.blocks) && int(s.blocks[i].linked) > len(raw)+4 && int(s.blocks[i].linked)*2 > len(s.blocks[i].text)
}

// isSentence says whether a line tells of a date instead of stating one.
func (s *story) isSentence(b *block) bool {
	return s.isProse(b) && len(b.text) > 80 && prose.EndsSentence(b.text) && dateStart(b.text, s.order) > 2
}

// dateStart is where the first date of a text begins, 0 if it has none.
func dateStart(text string, order when.Order) int {
	_, at, _ := when.Find(text, order)
	return at
}

// contradicts says whether a time element shows another day than it states, by
// more than a time zone.
func contradicts(shown, stamp string, order when.Order) bool {
	a, ok := when.Parse(shown, order)
	if !ok {
		return false
	}
	b, ok := when.Parse(stamp, order)
	return ok && !a.Near(b)
}

// lineOf is the block that an element stands in, or its first.
func (s *story) lineOf(el int32) string {
	if i := s.els[el].first; int(i) < len(s.blocks) {
		return s.blocks[i].text
	}
	return ""
}

// eachDate hands on the dates of a line with the words before each.
func (s *story) eachDate(el int32, text string, base float64, put func(el int32, text, before string, base float64)) {
	before := s.textBefore(el)
	for at, n := 0, 0; at < len(text) && n < 3; n++ {
		m, start, ok := when.Find(text[at:], s.order)
		if !ok {
			if n == 0 && s.els[el].own&(hintDate|hintChanged) != 0 {
				parts := partsOf(s.els[el].node)
				if _, _, ok := when.Find(parts, s.order); ok {
					text = parts
				} else if stamp := s.stampOf(el); stamp != "" {
					text = stamp
				}
				put(el, text, before, base)
			}
			return
		}
		end := at + start + len(m.Raw)
		put(el, text[at:min(len(text), end+1)], before+" "+text[:at+start], base)
		before, at = "", end
	}
}

func (s *story) parentOwn(at int32) hint {
	if p := s.els[at].parent; p >= 0 {
		return s.els[p].own
	}
	return 0
}

// longestDated is the longest text, in bytes, in which the words before a date are
// looked for.
const longestDated = 4000

// textBefore is what stands just before an element in its block, or the whole
// of a short block before it.
func (s *story) textBefore(at int32) string {
	e := &s.els[at]
	if e.first > 0 && int(e.first) <= len(s.blocks) {
		var b string
		if int(e.first) < len(s.blocks) && !isBlock(e.node) {
			// Inline: the block that is being written holds it.
			text := s.blocks[e.first].text
			if len(text) > longestDated {
				return ""
			}
			if own := inlineText(e.node); own != "" {
				if i := strings.Index(text, own); i > 0 {
					return text[:i]
				}
			}
		}
		b = s.blocks[e.first-1].text
		if len(b) < 30 && !strings.ContainsAny(b, "0123456789") {
			return b
		}
	}
	return ""
}

// inComments says whether an element stands among what readers write about a story,
// and not a story that is itself named so.
func (s *story) inComments(at int32) bool {
	e := &s.els[at]
	return s.head >= 0 && (e.own|e.around)&^s.els[s.head].around&hintComments != 0
}

// nearness raises what stands by the headline and in the story, and lowers
// what stands with other stories.
func (s *story) nearness(at int32) float64 {
	n := 0.0
	e := &s.els[at]
	if s.out[at] || e.around&(hintRelated|hintComments) != 0 {
		n -= 0.25
	}
	if e.around&hintTeaser != 0 {
		n -= 0.15
	}
	lo, hi := s.topBlocks()
	if e.first >= lo && e.first <= hi {
		n += 0.15
		if s.head >= 0 {
			away := e.first - s.els[s.head].first
			if away < 0 {
				away = -away
			}
			n += 0.1 / float64(1+away)
		}
	} else if s.root >= 0 && s.within(at, s.root) {
		n -= 0.05
	} else {
		n -= 0.15
	}
	return n
}

// farLines holds the lines that may date a page that says its date nowhere
// else: the head of the first paragraph, then the lines behind the body.
func (s *story) farLines() []string {
	var lines []string
	if len(s.picked) == 0 {
		return nil
	}
	if s.rec.Headline != "" {
		for i := range s.blocks {
			if b := &s.blocks[i]; len(b.text) < 600 && strings.Contains(b.text, s.rec.Headline) && saysFiled(b.text) {
				lines = append(lines, b.text)
			}
		}
	}
	take := func(text string) {
		if m, at, ok := when.Find(text, s.order); ok && !when.SaysChanged(text[:at]) && !saysOther(text[:at]) && (m.Precision != news.ToDay || at < 40) && at < 160 {
			lines = append(lines, text[at:])
		}
	}
	for _, i := range s.picked[:min(len(s.picked), 6)] {
		if text := s.blocks[i].text; len(text) > 12 {
			head := text[:min(len(text), 60)]
			if _, at, ok := when.Find(head, s.order); ok && at < 4 {
				lines = append(lines, head)
			}
		}
	}
	last := s.picked[len(s.picked)-1]
	for i := last; i < min(last+8, int32(len(s.blocks))); i++ {
		if b := &s.blocks[i]; len(b.text) < 500 && s.els[b.el].around&hintComments == 0 {
			take(b.text)
		}
	}
	return lines
}

// filedWords are those by which weblogs tell when a story was filed, in a sentence
// that names it. Folded.
var filedWords = prose.FoldAll("posted on", "published on", "filed under", "gepostet", "veröffentlicht", "publié le", "publicado", "pubblicato", "geplaatst", "опубликовано")

func saysFiled(text string) bool {
	f := prose.Fold(text)
	return slices.ContainsFunc(filedWords, func(w string) bool { return strings.Contains(f, w) })
}

// topBlocks bounds the blocks around the headline: from a little above it to
// the first paragraphs of the body.
func (s *story) topBlocks() (lo, hi int32) {
	total := int32(len(s.blocks))
	at := int32(0)
	switch {
	case s.head >= 0:
		at = s.els[s.head].first
	case len(s.picked) > 0:
		at = s.picked[0]
	}
	lo, hi = max(0, at-6), min(total, at+12)
	if len(s.picked) > 0 && s.picked[0] >= at {
		hi = min(total, max(hi, min(s.picked[0]+2, at+40)))
	}
	return lo, hi
}
