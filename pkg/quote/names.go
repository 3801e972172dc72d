package quote

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// run is the end of a run of capitalised words that begins at token i, with
// the particles inside it; i if there is none.
func (s *story) run(i, to int) int {
	end := i
	for k := i; k < to && k < i+longestClause; k++ {
		t := &s.tokens[k]
		if t.kind != word {
			break
		}
		if t.upper && !t.is(calendar) && t.more == 0 {
			if k > i && t.glued && !s.isInitials(k-1) && !s.isNickname(k) {
				break
			}
			if t.is(preposition|conjunction|auxiliary|verb|weakVerb|participle|adverb|article|pronoun|passive|who|negation) && !t.is(firstName|role) && (k == i || !t.is(article|preposition)) && !s.isInitials(k) {
				break
			}
			end = k + 1
			if t.end > t.start && strings.HasSuffix(withoutDot(s.word(k)), "s") && isGenitive(s.word(k)) || s.isInflected(k) {
				break
			}
			continue
		}
		if k > i && t.is(article) && s.tokens[k-1].upper && (k > i+1 || s.lex.nouns) && !(t.is(particle) && !s.lex.nouns && s.tokens[k-1].is(firstName)) {
			break // sagte Doe der Zeitung: no part of the name
		}
		if k > i && t.is(particle) && !t.upper && s.particleJoins(k, to) && (!t.is(preposition|link) || k == i+1 || s.tokens[k-1].is(firstName) || s.tokens[k-2].is(role) || (s.tokens[i].is(firstName) || s.tokens[i+1].is(firstName)) && (!s.lex.second && k == i+2 || s.hasParticle(i, k))) {
			continue
		}
		break
	}
	return end
}

// isNickname says whether the word at the token stands in quotation marks behind
// a space: João "Faneca" Marujo.
func (s *story) isNickname(k int) bool {
	text := s.blocks[s.tokens[k].block]
	between, after := text[s.tokens[k-1].end:s.tokens[k].start], text[s.tokens[k].end:]
	return len(between) > 1 && between[0] == ' ' && strings.ContainsAny(between[1:], `"“«”'‘`) && strings.ContainsRune(`"”»’'“`, prose.FirstRune(after))
}

// hasParticle says whether a run of words has a particle of names in it.
func (s *story) hasParticle(from, to int) bool {
	for k := from; k < to; k++ {
		if !s.tokens[k].upper {
			return true
		}
	}
	return false
}

// particleJoins says whether the particle at the token is followed by more of
// the name.
func (s *story) particleJoins(k, to int) bool {
	named := k > 0 && s.tokens[k-1].is(firstName) // Jan de Boer, who is no farmer
	for k < to && s.tokens[k].kind == word && s.tokens[k].is(particle) && !s.tokens[k].upper {
		k++
	}
	return k < to && s.tokens[k].kind == word && s.tokens[k].upper && (named && s.tokens[k].is(role) || !s.tokens[k].is(organization|document|role|crowd|calendar))
}

func withoutDot(w string) string { return strings.TrimSuffix(w, ".") }

func isGenitive(w string) bool { return strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "'s") }

// isInitials says whether a word is "P." or "P.J.".
func (s *story) isInitials(i int) bool {
	w := s.word(i)
	return s.tokens[i].upper && len(w) > 1 && (w[1] == '.' || strings.HasSuffix(w, ".") && len(w) < 4)
}

func (s *story) beginsSentence(k int) bool {
	if k == 0 || s.tokens[k-1].block != s.tokens[k].block {
		return true
	}
	switch s.tokens[k-1].kind {
	case stop, colon, quoted:
		return true
	}
	return false
}

func (s *story) hasArticle(i int) bool {
	if i == 0 {
		return false
	}
	t := &s.tokens[i-1]
	return t.kind == word && t.block == s.tokens[i].block && (t.is(article) || s.lex.nouns && !t.upper && !t.is(preposition|verb|weakVerb|conjunction|auxiliary|adverb|link|pronoun|role|sourceBefore|quoteOnly|passive))
}

// lower is a token in lower case, without a genitive's ending.
func (s *story) lower(i int) string {
	return s.stem(strings.ToLower(s.word(i)))
}

func isAcronym(w string) bool {
	return len(w) > 1 && w == strings.ToUpper(w) && strings.IndexByte(w, '.') < 0 && len(w) < 5
}

func isCapitals(s string) bool { return s == strings.ToUpper(s) && s != strings.ToLower(s) }

// isNumber says whether a word is one in digits.
func (s *story) isNumber(i int) bool {
	w := s.word(i)
	return '0' <= w[0] && w[0] <= '9' && '0' <= w[len(w)-1] && w[len(w)-1] <= '9'
}

func isAge(w string) bool {
	return len(w) == 2 && '1' <= w[0] && w[0] <= '9' && '0' <= w[1] && w[1] <= '9'
}

// sameStem says whether two words differ in their endings only.
func sameStem(a, b string) bool {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 4 && n >= len(x)-3 && n >= len(y)-3
}

// phraseText is the text of tokens as printed, without a genitive's ending.
func (s *story) phraseText(from, to int) string {
	text := s.stem(s.blocks[s.tokens[from].block][s.tokens[from].start:s.tokens[to-1].end])
	if i := strings.LastIndexAny(text, openMarks); i >= 0 && !s.lex.caseless && !strings.ContainsAny(text[i+1:], closeMarks) {
		// What is named in quotation marks goes on behind the phrase.
		_, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsAny(text[:i], openMarks) {
			text = text[:i] + text[i+size:]
		}
	}
	return text
}

// openMarks may open a name in quotation marks, closeMarks close it.
const (
	openMarks  = "\"„“»«‹›"
	closeMarks = "\"“”«»‹›"
)

// withoutArticle takes the article off the end of a Nordic noun.
func (s *story) withoutArticle(w string) string {
	if s.lex.enclitic {
		for _, end := range [...]string{"en", "et"} {
			if base, ok := strings.CutSuffix(w, end); ok {
				return base
			}
		}
	}
	return w
}

// isHalf says whether a hyphen hangs on a word, so that the next completes it:
// Bau- und Verkehrsamt.
func (s *story) isHalf(i int) bool {
	return strings.HasPrefix(s.blocks[s.tokens[i].block][s.tokens[i].end:], "- ")
}

// stem takes off what hangs on a word with an apostrophe.
func (s *story) stem(w string) string {
	if s.lex.suffixed {
		if i := strings.LastIndexAny(w, "'’"); i > 0 && len(w)-i < 12 && strings.IndexByte(w[i:], ' ') < 0 {
			return w[:i]
		}
		return w
	}
	return withoutGenitive(w)
}

// kindOf tells whether words are a person's, an organisation's or a document's
// name.
func kindOf(c class) news.OriginKind {
	switch {
	case c&(role|crowd) != 0:
		return news.OriginPerson
	case c&document != 0:
		return news.OriginDocument
	}
	return news.OriginOrganization
}
