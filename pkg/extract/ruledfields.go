package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/siterules"
)

// bodyByRule picks the story's blocks inside the elements that the rule names;
// it says whether there were any.
func (s *story) bodyByRule() bool {
	found := s.byRule(siterules.Body)
	if len(found) == 0 {
		return false
	}
	inside := make([]bool, len(s.blocks))
	var blocks []int32
	for _, f := range found {
		for i := s.els[f.el].first; i < s.els[f.el].last; i++ {
			inside[i] = true
		}
	}
	for i := range inside {
		if inside[i] {
			blocks = append(blocks, int32(i))
		}
	}
	if len(blocks) == 0 {
		s.warn(fmt.Sprintf("site rule %s: %s: no text inside", s.rule.Name(), siterules.Body))
		return false
	}
	s.root, s.sure = found[0].el, ruled
	if len(found) > 1 {
		s.root = s.around(blocks)
	}
	s.picked = slices.DeleteFunc(s.pick(s.root, ""), func(i int32) bool { return !inside[i] })
	s.left(Outside)
	s.bodyCredit(news.FromSelector, found[0].selector)
	return true
}

// headlineByRule takes the headline that the rule names in place of the one that
// was found.
func (s *story) headlineByRule() {
	for _, f := range s.byRule(siterules.Headline) {
		text := s.textOf(f.el)
		if text == "" {
			continue
		}
		s.head, s.headLabels = f.el, nil
		others := append([]string{s.rec.Headline}, s.rec.AlternativeHeadlines...)
		s.rec.Headline = text
		s.rec.AlternativeHeadline, s.rec.AlternativeHeadlines = "", nil
		for _, o := range others {
			if prose.Fold(o) != "" && !prose.Same(o, text) {
				s.rec.AlternativeHeadlines = append(s.rec.AlternativeHeadlines, o)
			}
		}
		if len(s.rec.AlternativeHeadlines) > 0 {
			s.rec.AlternativeHeadline = s.rec.AlternativeHeadlines[0]
		}
		s.creditRule("headline", text, f.selector, others[0])
		return
	}
}

// kickerByRule, deckByRule, authorByRule and datesByRule do the same for theirs,
// and take what they found out of the body.
func (s *story) kickerByRule() {
	old := strings.Join(s.rec.Kicker, " | ")
	labels, selector := s.takeRuled(siterules.Kicker)
	if len(labels) > 0 {
		s.rec.Kicker = labels
		s.creditRule("kicker", strings.Join(labels, " | "), selector, old)
	}
}

func (s *story) deckByRule() {
	old := s.rec.Deck
	lines, selector := s.takeRuled(siterules.Deck)
	if len(lines) > 0 {
		s.rec.Deck, s.leadsOn = strings.Join(lines, "\n"), false
		s.creditRule("deck", s.rec.Deck, selector, old)
	}
}

func (s *story) authorByRule() {
	old := namesOf(s.rec.Author)
	lines, selector := s.takeRuled(siterules.Author)
	var people []news.Person
	for _, line := range lines {
		for _, p := range s.bylines().Printed(line) {
			people = byline.AddPerson(people, p)
		}
	}
	if len(people) == 0 {
		if len(lines) > 0 {
			s.warn(fmt.Sprintf("site rule %s: %s: no name in %q", s.rule.Name(), siterules.Author, lines[0]))
		}
		return
	}
	s.rec.Author = people
	s.creditRule("author", namesOf(people), selector, old)
}

func (s *story) datesByRule() {
	s.dateByRule(siterules.DatePublished, &s.rec.DatePublished)
	s.dateByRule(siterules.DateModified, &s.rec.DateModified)
}

func (s *story) dateByRule(field siterules.Field, date **news.Date) {
	for _, f := range s.byRule(field) {
		d, ok := s.dated(s.statedBy(f.el), news.FromSelector, f.selector, ruled)
		if !ok {
			continue
		}
		old := ""
		if *date != nil {
			old = (*date).Value
		}
		*date = d.date()
		s.creditRule(string(field), (*date).Value, f.selector, old)
		return
	}
}

// statedBy is what an element says for machines, else its text.
func (s *story) statedBy(at int32) string {
	for _, key := range [...]string{"datetime", "content"} {
		if v := strings.TrimSpace(attr(s.els[at].node, key)); v != "" {
			return v
		}
	}
	return s.textOf(at)
}

// takeRuled is the text of the elements that the rule names, each once, and the
// selector that found them. They are no part of the body any more.
func (s *story) takeRuled(field siterules.Field) (texts []string, selector string) {
	for _, f := range s.byRule(field) {
		if text := s.statedText(f.el); text != "" && !slices.Contains(texts, text) {
			texts, selector = append(texts, text), f.selector
		}
		s.leaveOut(f.el)
	}
	return texts, selector
}

// statedText is the text of an element, or the content of a meta element.
func (s *story) statedText(at int32) string {
	if text := s.textOf(at); text != "" {
		return text
	}
	return prose.Squash(attr(s.els[at].node, "content"))
}

// creditRule notes that a rule's selector chose a value; what was found without
// it is an alternative.
func (s *story) creditRule(field, value, selector, old string) {
	before := s.rec.Provenance[field]
	s.credit(field, candidate{value, news.FromSelector, selector, ruled}, candidate{value: old, method: before.Method, path: before.Path})
}
