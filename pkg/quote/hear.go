package quote

import "github.com/copydesk/copydesk/pkg/news"

// source is one origin that the story names.
type source struct {
	name   string
	words  []string // of the name, in lower case
	kind   news.OriginKind
	role   string
	person int // index in people, -1 for none
	class  class
	// as is the word for a role by which somebody without a name was last named.
	as string
	// at is where it was last named, a token.
	at int
	// rule and cue are why it is one.
	rule Rule
	cue  where
}

// longestAnnounced is how many words stand at most between a verb and the comma
// before what was said.
const longestAnnounced = 6

// mostSources and mostPeople bound what is kept of a story.
const (
	mostSources = 300
	mostPeople  = 200
)

// hear goes through the story and finds who said what.
func (s *story) hear() {
	last := -1      // who spoke last
	lastBlock := -1 // and where
	var late []int  // quotations of subheads, which the text below explains
	for _, sent := range s.sentences {
		all := s.cues(sent)
		quotes := s.quotesOf(sent)
		heading := s.kinds[sent.block] == news.Subhead
		if len(all) == 0 && len(quotes) == 0 {
			continue
		}
		of := make([]int, len(all)) // the source of each cue
		for i := range all {
			of[i] = -1
			c := &all[i]
			if c.weak && !s.weakCounts(sent, c, quotes) {
				continue
			}
			if heading && len(quotes) == 0 {
				continue
			}
			if c.follow {
				switch {
				case i > 0 && of[i-1] >= 0:
					of[i] = of[i-1]
				default:
					of[i] = s.subjectOf(sent, c.at, last)
				}
				if of[i] < 0 && c.ok {
					of[i] = s.resolve(&c.ref, last)
				}
			} else if c.ref.pronoun&(he|she) != 0 && i > 0 && of[i-1] >= 0 && c.at > all[i-1].at && !s.behindQuotation(c.at) && s.isPerson(of[i-1], c.ref.pronoun) {
				of[i] = of[i-1] // Doe says that he hopes
			} else {
				of[i] = s.resolve(&c.ref, last)
			}
			s.because(of[i], ByCue, where{c.at, true})
			if of[i] >= 0 && s.tokens[c.at].is(verb|weakVerb|past) {
				s.hearers(sent, c)
				s.companions(sent, c)
			}
			if of[i] >= 0 && len(quotes) == 0 {
				last, lastBlock = of[i], sent.block
				s.sources[last].at = c.at
			}
		}
		for _, q := range quotes {
			span := s.tokens[q].span
			by := s.speakerOf(q, all, of)
			who := by.source
			switch {
			case who >= 0:
			case heading:
				if len(late) < mostLate {
					late = append(late, span)
				}
				continue
			case s.isNobody(q):
			default:
				who, by.rule = s.bySurroundings(sent, q, last, lastBlock)
				if who < 0 && s.speaksUnnamed(q) {
					if before := s.mentionsBetween(s.first[sent.block], q); len(before) > 0 {
						who, by.rule = s.sourceOfPerson(before[len(before)-1].person, q), ByContext
					}
				}
				by.source = who
			}
			s.speakers[span] = by
			s.because(who, by.rule, by.cue)
			if who >= 0 {
				last, lastBlock = who, sent.block
				s.sources[last].at = q
			}
		}
	}
	s.explain(late)
}

// bySurroundings is who speaks a quotation that no word of saying goes with:
// whom its sentence is about, or the one before, who was spoken of since
// somebody spoke, or who spoke last. It gives the rule that told.
func (s *story) bySurroundings(sent sentence, q, last, lastBlock int) (who int, rule Rule) {
	if who = s.subjectOf(sent, q, last); who >= 0 {
		return who, BySubject
	}
	if who = s.leadBefore(sent, last); who >= 0 {
		return who, ByContext
	}
	since := s.blockStart(sent.block - 1)
	if last >= 0 {
		since = max(s.sources[last].at, since)
	}
	sex := s.sexBehind(q)
	if other := s.subjectSince(since, q, sex); other >= 0 {
		return s.sourceOfPerson(other, q), ByContext
	}
	if sex != 0 && last >= 0 && s.sources[last].person >= 0 && !s.fits(s.people.all[s.sources[last].person].sex, sex) {
		return s.lastPerson(sex, q, last), ByContext
	}
	if last >= 0 && sent.block-lastBlock <= s.reach(sent, lastBlock) {
		return last, ByTurn
	}
	return -1, ByNobody
}

// isPerson says whether a source is somebody with a name whom a pronoun can mean.
func (s *story) isPerson(source int, pronoun class) bool {
	p := s.sources[source].person
	return p >= 0 && s.fits(s.people.all[p].sex, pronoun&(he|she))
}

// speaksUnnamed says whether a verb of saying stands behind a quotation in a
// language whose verbs need no subject: "…", dijo.
func (s *story) speaksUnnamed(q int) bool {
	k := q + 1
	if k < len(s.tokens) && s.tokens[k].kind == comma {
		k++
	}
	return s.lex.gendered && !s.lex.nouns && k < len(s.tokens) && s.tokens[k].block == s.tokens[q].block && s.tokens[k].kind == word && s.tokens[k].is(verb)
}

// reach is how many blocks back the last speaker may be: pictures and
// subheads between do not count.
func (s *story) reach(sent sentence, last int) int {
	n := 1
	if s.tokens[sent.from].kind == quoted && sent.to-sent.from < 3 {
		n = 3 // an answer, or speech that goes on
	}
	for k := last + 1; k < sent.block; k++ {
		if s.blocks[k] == "" || s.kinds[k] == news.Subhead {
			n++
		}
	}
	return n
}

func (s *story) quotesOf(sent sentence) []int {
	var all []int
	for i := sent.from; i < sent.to; i++ {
		if s.tokens[i].kind == quoted {
			all = append(all, i)
		}
	}
	return all
}

// weakCounts says whether a verb that does not always mean saying does so here:
// a quotation stands in the sentence, or a clause follows.
func (s *story) weakCounts(sent sentence, c *cue, quotes []int) bool {
	if len(quotes) > 0 {
		return true
	}
	if pair := s.lex.pairs[s.lower(c.at)]; pair != nil {
		for k := c.end; k < sent.to && k < c.end+longestClause && s.tokens[k].kind != quoted; k++ {
			for _, second := range pair {
				if s.lower(k) == second && (k+1 == sent.to || s.tokens[k+1].kind != word || s.tokens[k+1].is(conjunction)) {
					return true
				}
			}
		}
	}
	if c.ok && c.ref.class&(document|crowd) != 0 && s.tokens[c.at].is(finding) && c.end < sent.to && !s.tokens[c.end].is(preposition|conjunction) {
		return true
	}
	if s.has(c.at, pointing) {
		return s.inDative(sent, c.at)
	}
	return s.thatFollows(sent, c.end)
}

// thatFollows says whether the clause that tells what was said begins at the
// token, or behind a few words and a comma: "geht davon aus, dass".
func (s *story) thatFollows(sent sentence, k int) bool {
	announced := false
	start := k
	for k < sent.to && k-start < longestAnnounced && s.tokens[k].kind == word && !s.tokens[k].is(that) {
		announced = announced || s.has(k, about)
		k++
	}
	if !announced {
		k = start
	}
	if k < sent.to && s.tokens[k].kind == comma {
		k++
	}
	return k < sent.to && s.tokens[k].is(that)
}

// speakerOf is the source of the cue that a quotation belongs to.
func (s *story) speakerOf(q int, all []cue, of []int) said {
	best, distance := -1, 0
	for i := range all {
		if of[i] < 0 {
			continue
		}
		c := &all[i]
		d := 0
		switch {
		case c.at > q:
			from := c.at
			if c.before {
				from = min(from, c.ref.from)
			}
			d = from - q
			if d > 2 || s.tokens[c.at].is(sourceBefore) && s.tokens[q+1].kind != comma {
				d += 30 // not right behind it
			}
		default:
			d = 3 + (q-c.at)/4
		}
		if best < 0 || d < distance {
			best, distance = i, d
		}
	}
	if best < 0 {
		return said{source: -1}
	}
	by := said{source: of[best], rule: ByCue, cue: where{all[best].at, true}}
	if k := all[best].at; s.tokens[k].kind == word && !s.tokens[k].is(sourceBefore|sourceAfter|sourceOf|sourceFrom|quoteOnly) {
		by.verb = s.placeOf(by.cue).Text
	}
	return by
}
