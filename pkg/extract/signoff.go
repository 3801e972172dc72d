package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// deskSource is a source line with a desk line behind it: "Quelle: outlet, ab/dpa".
var deskSource = regexp.MustCompile(`^(?:Quelle|Source|Fonte|Fuente)\s*:\s*[^,]{2,40},\s*(\p{Ll}{2,4}(?:/\p{L}{2,8}){0,3})$`)

// cutSignoff takes the desk line off the end of the story.
func (s *story) cutSignoff() {
	// The line may stand behind a few blocks that are no paragraphs, and there
	// may be two: the agency's, then the desk's.
	for back := 1; back <= 3 && back <= len(s.picked); {
		k := len(s.picked) - back
		i := s.picked[k]
		text := strings.ReplaceAll(s.blocks[i].text, "\n", " ")
		d, ok := readDeskLine(text)
		if m := deskSource.FindStringSubmatch(text); m != nil {
			d, ok = sourcedDesk(m[1]), true
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

// sourcedDesk is the desk line in a source line.
func sourcedDesk(line string) deskLine {
	d, _ := readDeskLine(line)
	return deskLine{line, d.agencies, sureAgency}
}

// isDeskLine says whether what may be a desk line is one. What is so by its
// place or its author only must be the last of the story.
func (s *story) isDeskLine(d deskLine, i int32, last bool) bool {
	switch {
	case len(d.agencies) > 0 || d.sure == sureBars:
		return true
	case !last || s.rec.Signoff != nil:
		return false
	}
	return d.sure >= sureEnough || s.isMarkedDesk(i) && len(d.initials) > 1 || s.areAuthors(d.initials) || isUnspoken(d.initials)
}

// isMarkedDesk says whether the names of a block's element say that it holds a
// desk line.
func (s *story) isMarkedDesk(i int32) bool {
	return s.els[s.blocks[i].el].own&(hintSignoff|hintByline) != 0
}

// areAuthors says whether initials are those of an author of the story: "hw",
// "hwi" or "hewi" of Hedda Wiik, or the head of either name.
func (s *story) areAuthors(initials string) bool {
	initials = prose.Fold(prose.PlainLetters(initials))
	if len(initials) < 2 {
		return false
	}
	for _, p := range s.rec.Author {
		names := strings.Fields(prose.PlainLetters(p.Name))
		if len(names) < 2 {
			continue
		}
		first, last := prose.Fold(names[0]), prose.Fold(names[len(names)-1])
		for n := range len(initials) {
			if strings.HasPrefix(first, initials[:n]) && strings.HasPrefix(last, initials[n:]) && (n > 0 || len(initials) > 2) {
				return true
			}
		}
		if len(initials) > 2 && strings.HasPrefix(first, initials) {
			return true
		}
	}
	return false
}

// abbreviated are short texts without a vowel that are no initials.
var abbreviated = prose.SetOf("km mm cm kg ml kr zł tv pdf rss sms www http html css px kcs ft lbs mph kmh pts hrs gmbh")

// isUnspoken says whether a short text in small letters can be no word: it has
// no vowel.
func isUnspoken(s string) bool {
	return small.MatchString(s) && len(s) > 1 && !abbreviated[s] && !strings.ContainsAny(s, "aeiouyäöüåøæéèêàáâãíîïóôõúûùıąęěůаеёиоуыэюяіїє")
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
		if m := deskSource.FindStringSubmatch(b.text); m != nil {
			s.setSignoff(b.text, sourcedDesk(m[1]), s.path(b.el))
			return
		}
		d, ok := readDeskLine(b.text)
		if !ok || d.initials == "" {
			continue
		}
		inside := s.within(b.el, s.root)
		if len(d.agencies) > 0 || s.isMarkedDesk(i) || inside && (d.sure == sureBracket || d.sure == sureBars) || inside && i == last+1 && s.isDeskLine(d, i, true) {
			s.setSignoff(b.text, d, s.path(s.blocks[i].el))
			return
		}
	}
}

// cutLastWords takes a desk line off the end of the last paragraph, or one that
// names agencies off the end of the last but one or two.
func (s *story) cutLastWords(i int32, last bool) bool {
	b := &s.blocks[i]
	rest, line, d, ok := s.lastWords(b.text)
	if !last && len(d.agencies) == 0 {
		return false
	}
	if b.text = rest; ok {
		s.setSignoff(line, d, s.path(b.el))
	}
	return ok
}

// setSignoff notes a desk line: who it names for the story, and as the sign-off
// if it has initials.
func (s *story) setSignoff(line string, d deskLine, path string) {
	s.addAgencies(d.agencies, news.ScopeStory, supply{InSignoff, news.FromText, path})
	if d.initials == "" {
		if s.closing == "" {
			s.closing = line
		}
		return
	}
	if s.rec.Signoff != nil {
		return
	}
	s.rec.Signoff, s.closing = &news.Signoff{Raw: d.initials, Initials: d.people()}, line
	s.credit("signoff", candidate{d.initials, news.FromText, path, max(d.sure, sureEnough)})
}
