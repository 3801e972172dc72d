package quote

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// hearDense is hear for languages without spaces and capitals.
func (s *story) hearDense() {
	s.findDensePeople()
	var all []passage
	next := 0
	for i, text := range s.blocks {
		to := next
		for to < len(s.spans) && s.spans[to].block == i {
			to++
		}
		all = append(all, s.passages(i, text, next, to)...)
		next = to
	}
	var early, late []int // quotations before anybody spoke, and those of subheads
	spoken := memory{last: -1, lastBlock: -1, topic: -1, topicBlock: -1}
	for i := range all {
		p := &all[i]
		if s.kinds[p.block] == news.Subhead && len(p.quotes) == 0 {
			continue
		}
		if spoken.topicBlock >= 0 && p.block-spoken.topicBlock > 1 {
			spoken.topic = -1
		}
		cried := s.isCry(p)
		who, rule := -1, ByCue
		if !cried {
			who = s.densely(p, spoken.topic)
		} else if phrase := s.documentIn(p.text); phrase != "" {
			who = s.denseSource(phrase, -1)
		}
		if len(p.quotes) > 0 && who < 0 && s.kinds[p.block] == news.Subhead {
			for _, q := range p.quotes {
				if len(late) < mostLate {
					late = append(late, q)
				}
			}
			continue
		}
		if len(p.quotes) > 0 && who < 0 && !cried {
			who, rule = s.denseContext(all, i, spoken)
		}
		s.because(who, rule, where{})
		for n, q := range p.quotes {
			if n > 0 && !cried {
				if other := s.between(p, n, spoken.topic); other >= 0 {
					who, rule = other, ByCue
					s.because(who, rule, where{})
				}
			}
			s.speakers[q].source, s.speakers[q].rule = who, rule
			if who < 0 && spoken.last < 0 && !cried && p.bare() {
				early = append(early, q)
			}
		}
		if who >= 0 {
			for _, q := range early {
				if p.block-s.spans[q].block <= 2 {
					s.speakers[q].source, s.speakers[q].rule = who, ByContext
				}
			}
			early = nil
			spoken.last, spoken.lastBlock = who, p.block
			if s.sources[who].person >= 0 {
				spoken.topic, spoken.topicBlock = s.sources[who].person, p.block
			}
		}
		if person, _ := s.densePerson(p.text); person >= 0 {
			spoken.topic, spoken.topicBlock = person, p.block
		}
	}
	s.explain(late)
}

// memory is what a reader keeps in mind: the source that spoke last, the person
// who was named last, and in which blocks; -1 for none.
type memory struct{ last, lastBlock, topic, topicBlock int }

// denseContext finds who speaks a quotation whose passage does not tell.
func (s *story) denseContext(all []passage, i int, spoken memory) (who int, rule Rule) {
	p := &all[i]
	if strings.IndexAny(p.text, listSigns) == 0 {
		return -1, ByContext
	}
	first := i == 0 || all[i-1].block != p.block
	if next := i + 1; p.bare() && first && next < len(all) && all[next].block == p.block && len(all[next].quotes) == 0 {
		if who := s.densely(&all[next], spoken.topic); who >= 0 {
			return who, ByCue
		}
		if person, _ := s.densePerson(all[next].text); person >= 0 {
			return s.sourceOfPerson(person, 0), ByContext
		}
	}
	if next := i + 1; p.bare() && first && next < len(all) && all[next].block != p.block && len(all[next].quotes) == 0 {
		// A paragraph that only quotes, and the next begins with who speaks.
		t := head(all[next].text, longestPassage)
		headed := i > 0 && s.kinds[all[i-1].block] == news.Subhead
		if phrase, ok := s.denseSubject(&passage{block: all[next].block, text: t + mark, quotes: p.quotes}); ok && (headed || s.saysAtEnd(t)) {
			if who := s.denseSource(phrase, spoken.topic); who >= 0 {
				return who, ByContext
			}
		}
	}
	if !first && len(all[i-1].quotes) == 0 && len(s.lex.lists[topic]) > 0 {
		// 担当者は困惑を隠さない。「…」: the subject of the sentence before.
		before := &passage{block: p.block, text: head(all[i-1].text, longestPassage) + mark, quotes: p.quotes}
		if phrase, ok := s.denseSubject(before); ok {
			if who := s.denseSource(phrase, spoken.topic); who >= 0 {
				return who, ByContext
			}
		}
	}
	switch {
	case spoken.topic >= 0 && spoken.topicBlock == p.block:
		return s.sourceOfPerson(spoken.topic, 0), ByContext
	case spoken.last >= 0 && p.block-spoken.lastBlock <= 2:
		return spoken.last, ByTurn
	case spoken.topic >= 0:
		return s.sourceOfPerson(spoken.topic, 0), ByContext
	}
	return -1, ByContext
}

// between is the source that the words before the nth quotation of a passage
// name, in a language that marks subjects; -1 for none.
func (s *story) between(p *passage, n, topicOf int) int {
	if len(s.lex.lists[topic]) == 0 {
		return -1
	}
	parts := strings.SplitN(p.text, mark, n+2)
	phrase, ok := s.denseSubject(&passage{block: p.block, text: head(parts[n], longestPassage) + mark, quotes: p.quotes[n : n+1]})
	if !ok {
		return -1
	}
	return s.denseSource(phrase, topicOf)
}

// isCry says whether a passage tells of a quotation that nobody says who is
// known: a call, a slogan, what is written on a sign.
func (s *story) isCry(p *passage) bool {
	i := strings.LastIndex(p.text, mark)
	if i < 0 {
		return false
	}
	for _, w := range s.lex.lists[cry] {
		if strings.HasPrefix(p.text[i+len(mark):], w) || strings.HasSuffix(p.text[:i], w) {
			return true
		}
	}
	return false
}

// densely finds the source of a passage, -1 for none.
func (s *story) densely(whole *passage, topicOf int) int {
	found := -1
	p := &passage{block: whole.block, text: head(whole.text, longestPassage), quotes: whole.quotes}
	for _, phrase := range s.denseMarkers(p.text) {
		if at := s.denseSource(phrase, topicOf); at >= 0 {
			found = at
		}
	}
	if first, _, ok := strings.Cut(p.text, mark); ok && len(p.quotes) > 1 && len(s.lex.lists[topic]) > 0 {
		p = &passage{block: p.block, text: first + mark, quotes: p.quotes[:1]}
		if phrase, ok := s.denseSubject(p); ok {
			if at := s.denseSource(phrase, topicOf); at >= 0 {
				return at
			}
		}
		p = &passage{block: whole.block, text: head(whole.text, longestPassage), quotes: whole.quotes}
	}
	cited := s.citedSource(p.text)
	if phrase, ok := s.denseSubject(p); ok {
		if s.lex.words[phrase]&(he|they) != 0 {
			// 柯某心有余悸，她说: the pronoun means who opens the sentence.
			if person, at := s.densePerson(p.text); person >= 0 && at < strings.Index(p.text, phrase) && strings.IndexByte(p.text[:at], mark[0]) < 0 {
				topicOf = person
			}
		}
		if at := s.denseSource(phrase, topicOf); at >= 0 {
			found = at
		}
	}
	if cited != "" {
		if at := s.denseSource(cited, topicOf); at >= 0 {
			return at
		}
	}
	if found < 0 && len(p.quotes) > 0 {
		if person, at := s.densePerson(p.text); person >= 0 && at < strings.Index(p.text, mark)+nearName {
			return s.sourceOfPerson(person, 0)
		}
	}
	return found
}

// nearName is how far behind a quotation who speaks it is named, in bytes.
const nearName = 30

// denseMarkers are the phrases before or behind the words for "according to".
func (s *story) denseMarkers(text string) []string {
	if leads := s.lex.lists[sourceBefore]; len(leads) > 0 {
		for _, w := range leads {
			rest, ok := strings.CutPrefix(text, w)
			if !ok {
				continue
			}
			end := strings.IndexAny(rest, "，,、：:"+mark)
			if end < 0 {
				return nil
			}
			phrase := rest[:end]
			for _, a := range s.lex.lists[sourceAfter] {
				if i := strings.Index(phrase, a); i > 0 {
					phrase = phrase[:i]
				}
			}
			return []string{phrase}
		}
		return nil
	}
	for _, w := range s.lex.lists[sourceAfter] {
		i := strings.Index(text, w)
		if i <= 0 {
			continue
		}
		phrase := strings.TrimSpace(text[:i])
		phrase = strings.TrimSuffix(phrase, "에")
		if k := strings.LastIndexAny(phrase, "、，,"+mark); k >= 0 {
			_, size := utf8.DecodeRuneInString(phrase[k:])
			phrase = phrase[k+size:]
		}
		return []string{phrase}
	}
	return nil
}

// denseSubject is the phrase that names who speaks in a passage.
func (s *story) denseSubject(p *passage) (string, bool) {
	switch {
	case len(s.lex.lists[topic]) == 0:
		return s.verbSubject(p)
	case s.lex.hangul:
		return s.koreanSubject(p)
	}
	return s.japaneseSubject(p)
}
