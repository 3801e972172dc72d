package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/storycredit"
)

// cutSignoff takes the desk line off the end of the story.
func (s *story) cutSignoff() {
	// The line may stand behind a few blocks that are no paragraphs, and there
	// may be two: the agency's, then the desk's.
	for back := 1; back <= 3 && back <= len(s.picked); {
		k := len(s.picked) - back
		i := s.picked[k]
		text := strings.ReplaceAll(s.blocks[i].text, "\n", " ")
		d, ok := s.storyLines().ReadDeskLine(text)
		if sourced, is := s.storyLines().ReadSourcedDeskLine(text); is {
			d, ok = sourced, true
		}
		switch {
		case ok && s.isDeskLine(d, i, back == 1):
			s.setSignoff(text, d, s.path(s.blocks[i].el))
			s.picked = append(s.picked[:k:k], s.picked[k+1:]...)
			back = 1
		case s.cutLastWords(i, back == 1):
			back = 4 // nothing closes a story above its last sentence
		default:
			back++
		}
	}
	s.signoffBehind()
}

// isDeskLine says whether what may be a desk line is one. What is so by its
// place or its author only must be the last of the story.
func (s *story) isDeskLine(d storycredit.DeskLine, i int32, last bool) bool {
	switch {
	case len(d.Agencies) > 0 || d.Form == storycredit.InBars:
		return true
	case !last || s.rec.Signoff != nil:
		return false
	}
	return d.Form.Sure() >= storycredit.SureEnough || s.isMarkedDesk(i) && len(d.Initials) > 1 || s.areAuthors(d.Initials) || storycredit.IsUnspoken(d.Initials)
}

// isMarkedDesk says whether the names of a block's element say that it holds a
// desk line.
func (s *story) isMarkedDesk(i int32) bool {
	return s.els[s.blocks[i].el].own&(hintSignoff|hintByline) != 0
}

// areAuthors says whether initials are those of an author of the story.
func (s *story) areAuthors(initials string) bool {
	return slices.ContainsFunc(s.rec.Author, func(p news.Person) bool { return storycredit.AreInitialsOf(initials, p.Name) })
}

// signoffBehind looks for the desk line just behind the body, outside what was
// picked.
func (s *story) signoffBehind() {
	n := len(s.picked)
	if s.root < 0 || n == 0 || s.rec.Signoff != nil {
		return
	}
	last := s.picked[n-1]
	for i := last + 1; i < min(last+6, int32(len(s.blocks))); i++ {
		b := &s.blocks[i]
		if d, ok := s.storyLines().ReadSourcedDeskLine(b.text); ok {
			s.setSignoff(b.text, d, s.path(b.el))
			return
		}
		d, ok := s.storyLines().ReadDeskLine(b.text)
		if !ok || d.Initials == "" {
			continue
		}
		inside := s.within(b.el, s.root)
		if len(d.Agencies) > 0 || s.isMarkedDesk(i) || inside && (d.Form == storycredit.InBracket || d.Form == storycredit.InBars) || inside && i == last+1 && s.isDeskLine(d, i, true) {
			s.setSignoff(b.text, d, s.path(s.blocks[i].el))
			return
		}
	}
}

// cutLastWords takes a desk line off the end of the last paragraph, or one that
// names agencies off the end of the last but one or two.
func (s *story) cutLastWords(i int32, last bool) bool {
	b := &s.blocks[i]
	rest, line, d, ok := s.storyLines().CutDeskLine(b.text, s.areAuthors)
	if !last && len(d.Agencies) == 0 {
		return false
	}
	if b.text = rest; ok {
		s.setSignoff(line, d, s.path(b.el))
	}
	return ok
}

// setSignoff notes a desk line: who it names for the story, and as the sign-off
// if it has initials.
func (s *story) setSignoff(line string, d storycredit.DeskLine, path string) {
	s.addAgencies(d.Agencies, news.ScopeStory, supply{InSignoff, news.FromText, path})
	if d.Initials == "" {
		if s.closing == "" {
			s.closing = line
		}
		return
	}
	if s.rec.Signoff != nil {
		return
	}
	s.rec.Signoff, s.closing = &news.Signoff{Raw: d.Initials, Initials: s.storyLines().People(d)}, line
	s.credit("signoff", candidate{d.Initials, news.FromText, path, max(d.Form.Sure(), storycredit.SureEnough)})
}
