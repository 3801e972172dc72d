package quote

import (
	"sort"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// naming is an organisation, or whatever else is no person, by the name that
// the story gives it.
type naming struct {
	from, to int // tokens of its longest form
	count    int
	placed   bool // things happen in it: a place
}

// namings are all of a story, and where each is mentioned.
type namings struct {
	read     bool
	all      []naming
	mentions []mention // of a naming, by its first token
}

// findNamings finds what the story names that is no person, by the first word
// of the name, in the order of first mention.
func (s *story) findNamings() {
	index := map[string]int{}
	for _, sent := range s.sentences {
		for i := sent.from; i < sent.to; {
			end := i
			if s.tokens[i].upper {
				end = s.run(i, sent.to)
			}
			if end == i {
				i++
				continue
			}
			from, to := i, s.nameEnd(end, sent.to)
			i = to
			if !s.isNaming(from, end) {
				continue
			}
			key := s.lower(from)
			at, ok := index[key]
			if !ok {
				if len(s.namings.all) == mostNamings {
					continue
				}
				at = len(s.namings.all)
				index[key] = at
				s.namings.all = append(s.namings.all, naming{from: from, to: to})
			}
			s.namings.mentions = append(s.namings.mentions, mention{from, at})
			n := &s.namings.all[at]
			n.count++
			n.placed = n.placed || from > sent.from && s.tokens[from-1].is(local) && !isGenitive(s.word(end-1))
			if to-from > n.to-n.from && to-from <= longestPhrase {
				n.from, n.to = from, to
			}
		}
	}
}

// mostWeight is how many mentions of a name count.
const mostWeight = 5

// mostNamings bounds what is kept of a story.
const mostNamings = 300

// nameEnd is where a name ends that a link carries on from the token: "Bureau
// of Harbours and Aquatic Resources".
func (s *story) nameEnd(end, to int) int {
	for end+1 < to && s.tokens[end].kind == word && s.tokens[end+1].upper {
		t := &s.tokens[end]
		if !t.is(link) && !(t.is(conjunction) && s.tokens[end-1].upper && end > 1 && s.tokens[end-2].is(link)) {
			break
		}
		next := s.run(end+1, to)
		if next == end+1 || s.tokens[end-1].is(role) {
			break
		}
		end = next
	}
	return end
}

// isNaming says whether a run of capitalised words may name something that is
// no person.
func (s *story) isNaming(from, to int) bool {
	if t := &s.tokens[from]; t.is(role|calendar|firstName|document|particle) || to-from == 1 && t.is(organization|common|crowd) {
		return false
	}
	if at, end := s.nameIn(from, to); at < end && s.known(at, end) >= 0 {
		return false
	}
	w := s.lower(from)
	if s.lex.nouns && to-from == 1 {
		return s.people.bare[w] > s.people.common[w] && s.people.inner[w] > 0
	}
	return !s.beginsSentence(from) || to-from > 1 || s.people.inner[w] > 0
}

// isBare says whether a phrase is a word for organisations, perhaps with an
// adjective, and no name: "the company", "der niederländische Konzern".
func (s *story) isBare(r *ref) bool {
	if r.person >= 0 || r.class&organization == 0 || !r.definite || r.to-r.from > 3 || s.lex.words[s.lower(r.to-1)]&organization == 0 {
		return false
	}
	for k := r.from; k < r.to; k++ {
		if t := &s.tokens[k]; t.is(link|preposition) && !t.is(article) || t.upper && k < r.to-1 && !t.is(article) || t.upper && !s.lex.nouns && !s.beginsSentence(k) {
			return false
		}
	}
	return true
}

// asNamed turns a bare word for an organisation into its name, if the story has
// told it.
func (s *story) asNamed(r *ref) bool {
	if !s.isBare(r) {
		return false
	}
	if !s.namings.read {
		s.namings.read = true
		s.findNamings()
	}
	n := s.sameWord(r)
	if n == nil && s.has(r.to-1, generic) {
		n = s.spokenOf(r)
	}
	if n == nil {
		return false
	}
	r.name = s.phraseText(n.from, n.to)
	r.kind, r.definite = news.OriginOrganization, true
	return true
}

// sameWord is the name before a bare word that has the word: "Bureau of
// Harbours" before "the bureau".
func (s *story) sameWord(r *ref) *naming {
	head := s.lower(r.to - 1)
	var found *naming
	for i := range s.namings.all {
		n := &s.namings.all[i]
		if n.from >= r.from {
			break
		}
		for k := n.from; k < n.to; k++ {
			w := s.lower(k)
			if s.lex.nouns {
				// Nouns side by side are not one name.
				if w == head && k+1 < n.to && s.tokens[k+1].is(link) || len(head) > 4 && n.to-n.from == 1 && w != head && strings.HasSuffix(w, head) {
					found = n
				}
			} else if w == head {
				found = n
			}
		}
	}
	return found
}

// spokenOf is what a word for any organisation means: what is spoken of most of
// what was named shortly before it, or else in the story. To open a sentence
// weighs as much as two mentions more, and so does a word for organisations in
// the name.
func (s *story) spokenOf(r *ref) *naming {
	m := s.namings.mentions
	end := sort.Search(len(m), func(i int) bool { return m[i].at >= r.from })
	var best *naming
	most := 3 // at least
	for i := end - 1; i >= max(0, end-farMentions); i-- {
		n := &s.namings.all[m[i].person]
		if n.placed || s.isOutlet(n.from, n.to) || len(s.word(n.from)) > 5 && isCapitals(s.word(n.from)) {
			continue
		}
		weight := min(n.count, mostWeight)
		if s.tokens[r.from].block-s.tokens[m[i].at].block <= 1 {
			weight++
			if s.opensSentence(m[i].at) {
				weight += 2
			}
			if s.isOrganization(n) {
				weight += 2
			}
		}
		if weight > most {
			best, most = n, weight
		}
	}
	return best
}

// opensSentence says whether nothing but an article stands before a name in its
// sentence.
func (s *story) opensSentence(k int) bool {
	return s.beginsSentence(k) || s.tokens[k-1].is(article) && s.beginsSentence(k-1)
}

// isOrganization says whether a name of several words has one for an
// organisation.
func (s *story) isOrganization(n *naming) bool {
	for k := n.from; k < n.to && n.to-n.from > 1; k++ {
		if t := &s.tokens[k]; t.is(organization) && !s.has(k, site) {
			return true
		}
	}
	return false
}
