package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// kind tells tokens apart.
type kind uint8

const (
	word kind = iota
	quoted
	comma
	colon
	stop // ends a sentence
	dash
	open
	closed
	semicolon
)

// token is a word, a sign, or a whole quotation.
type token struct {
	kind  kind
	upper bool // begins with a capital
	glued bool // no space stands before it
	class class
	// start and end are bytes of the text of the block.
	block, start, end int
	// span is the index of a quotation.
	span int
	// more is how many tokens behind this one belong to the same expression;
	// those have inside.
	more int
}

const inside = -1

func (t *token) is(c class) bool { return t.class&c != 0 }

// tokenize cuts a block into tokens; the spans are its quotations, in order,
// the first with the index base.
func (l *lexicon) tokenize(block int, text string, spans []span, base int, into []token) []token {
	first := len(into)
	for i := 0; i < len(text); {
		if len(spans) > 0 && i == spans[0].open {
			into = append(into, token{kind: quoted, block: block, start: i, end: spans[0].close, span: base})
			if q := &spans[0]; l.dash && q.open < q.from {
				if end, next := l.speechEnd(text[:q.to], q.from); end < q.to {
					stop := l.resumes(text[:q.to], next)
					if stop < 0 {
						stop = q.to
					}
					into = l.tokenizeRange(block, text, next, stop, into)
				}
			}
			i = spans[0].close
			spans, base = spans[1:], base+1
			continue
		}
		limit := len(text)
		if len(spans) > 0 {
			limit = spans[0].open
		}
		into = l.tokenizeRange(block, text, i, limit, into)
		i = limit
	}
	l.join(text, into[first:])
	return into
}

// tokenizeRange cuts text[i:limit] into tokens.
func (l *lexicon) tokenizeRange(block int, text string, i, limit int, into []token) []token {
	for i < limit {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			end := l.wordEnd(text, i, limit)
			t := token{block: block, start: i, end: end, upper: isUpper(text[i:end]), glued: i > 0 && text[i-1] != ' '}
			t.class = l.classOf(text[i:end], t.upper)
			if k := strings.IndexByte(text[i:end], '-'); k > 0 && !t.upper && isUpper(text[i+k+1:end]) && l.class(text[i:i+k])&particle != 0 {
				t.upper = true // al-Sayed
			}
			if t.upper && end < limit && text[end] == '.' && (l.isAbbreviated(text[i:end], t.class)) {
				t.end++
				end++
			}
			into = append(into, t)
			i = end
			continue
		}
		if r == '-' && i > 0 && (text[i-1] == ' ' || text[i-1] == '-') {
			if n := len(into); n == 0 || into[n-1].kind != dash || into[n-1].block != block {
				into = append(into, token{kind: dash, block: block, start: i, end: i + 1})
			}
			i++
			continue
		}
		if k, ok := sign(r); ok && !(k == stop && r == '.' && i+1 < len(text) && isWordByte(text[i+1])) {
			into = append(into, token{kind: k, block: block, start: i, end: i + size})
		}
		i += size
	}
	return into
}

// isUpper says whether a word begins with a capital, or its second part does
// behind a number: "51-Jährige".
func isUpper(w string) bool {
	r := prose.FirstRune(w)
	if unicode.IsDigit(r) {
		_, w, _ = strings.Cut(w, "-")
		r = prose.FirstRune(w)
	}
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func sign(r rune) (kind, bool) {
	switch r {
	case ',', '，', '、', '،':
		return comma, true
	case ':', '：':
		return colon, true
	case '.', '!', '?', '。', '！', '？', '؟', '…', '\n':
		return stop, true
	case '–', '—', '―', '|':
		return dash, true
	case '(', '[', '（':
		return open, true
	case ')', ']', '）':
		return closed, true
	case ';', '；', '؛':
		return semicolon, true
	}
	return 0, false
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf
}

// wordEnd is the end of the word that begins at i. Hyphens and apostrophes
// inside it belong to it, and so do the full stops of initials.
func (l *lexicon) wordEnd(text string, i, limit int) int {
	start := i
	for i < limit {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[min(i+size, limit):limit])
		inside := unicode.IsLetter(next) || unicode.IsDigit(next)
		switch {
		case r == '-' && inside && text[start:i] != "t" && l.isClitic(text[i:limit]):
			return i
		case (r == '\'' || r == '’') && inside:
			if l.elisions[strings.ToLower(text[start:i])] {
				return i + size
			}
		case r == '-' && inside, r == '\u2011' && inside, r == '&' && inside, r == '_', r == '@' && inside, r == '/' && inside && i > start:
		case r == '.' && inside, r == ',' && unicode.IsDigit(next) && unicode.IsDigit(prose.LastRune(text[:i])):
			// 1.5, P.J.
		default:
			return i
		}
		i += size
	}
	return i
}

// isClitic says whether a text begins with a pronoun that hangs on a verb.
func (l *lexicon) isClitic(text string) bool {
	for _, c := range l.clitics {
		if rest, ok := strings.CutPrefix(text, c); ok && (rest == "" || !isWordByte(rest[0]) && rest[0] != '-') {
			return true
		}
	}
	return false
}

// isAbbreviated says whether the full stop behind a word is part of it.
func (l *lexicon) isAbbreviated(w string, c class) bool {
	return c&abbreviation != 0 || utf8.RuneCountInString(w) == 1 || strings.IndexByte(w, '.') > 0 && len(w) <= 6
}

// classOf looks a printed word up.
func (l *lexicon) classOf(w string, upper bool) class {
	low := w
	if upper {
		low = strings.ToLower(w)
	}
	c := l.class(low)
	if c == 0 && strings.IndexByte(low, '-') > 0 {
		c = l.class(low[strings.LastIndexByte(low, '-')+1:]) &^ (firstName | male | female | particle | preposition | link)
		if c == 0 && upper {
			c = l.class(low[:strings.IndexByte(low, '-')]) & (firstName | male | female)
		}
	}
	if c == 0 {
		if base := withoutGenitive(low); base != low {
			c = l.class(base) & (role | crowd | organization | document | firstName | calendar)
		}
	}
	if c == 0 && len(l.cases) > 0 {
		c = l.classOfCase(low, upper)
	}
	if c == 0 && l.enclitic {
		c = l.classOfDefinite(low)
	}
	if l.caseless && c == 0 {
		low = withoutVowels(low)
		c = l.class(low)
	}
	for _, p := range l.prefixes {
		if c != 0 {
			break
		}
		if rest, ok := strings.CutPrefix(low, p); ok && len(rest) > 4 {
			c = l.class(rest)
			if len(p) > 2 {
				c &^= firstName | male | female
			}
		}
	}
	if !upper && !l.caseless {
		c &^= firstName
	}
	return c
}

// articleEnds are the articles at the ends of Nordic nouns, one and many.
var articleEnds = [...]string{"en", "et", "n", "a", "ene", "ne"}

// classOfDefinite looks a noun up that ends with its article: treneren.
func (l *lexicon) classOfDefinite(w string) class {
	for _, end := range articleEnds {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) > 2 {
			if c := l.class(base) & (role | crowd | organization | outlet | document | work | male | female); c&^(male|female) != 0 {
				return c
			}
		}
	}
	return 0
}

// withoutGenitive takes the 's off a word.
func withoutGenitive(w string) string {
	for _, end := range [...]string{"’s", "'s", "’", "'"} {
		if s, ok := strings.CutSuffix(w, end); ok {
			return s
		}
	}
	return w
}

// join finds the expressions of several words.
func (l *lexicon) join(text string, tokens []token) {
	for i := range tokens {
		if tokens[i].kind != word {
			continue
		}
		low := text[tokens[i].start:tokens[i].end]
		if tokens[i].upper {
			low = strings.ToLower(low)
		}
	next:
		for _, p := range l.phrases[low] {
			if i+len(p.words) > len(tokens) || len(p.words)-1 <= tokens[i].more {
				continue
			}
			for k, w := range p.words {
				t := &tokens[i+k]
				if t.kind != word || !strings.EqualFold(text[t.start:t.end], w) {
					continue next
				}
			}
			tokens[i].class, tokens[i].more = p.class, len(p.words)-1
			for k := 1; k < len(p.words); k++ {
				tokens[i+k].class, tokens[i+k].more = adverb, inside
			}
			if next := i + len(p.words); p.class == indefinite && l.inflected && next < len(tokens) && tokens[next].class == 0 && !tokens[next].upper && tokens[next].kind == word {
				tokens[next].class = crowd // один из островитян
			}
		}
	}
}
