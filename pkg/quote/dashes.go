package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// longestAside is how many words behind a dash or a comma may stand before the
// verb that tells who speaks.
const longestAside = 3

// mostDashes is how many dashes inside a block are tried.
const mostDashes = 20

// farthestDash is how far behind the writer's words, in bytes, the dash may be
// with which speech goes on; without one it goes on behind his sentence.
const farthestDash = 300

// dashSpans gives the speech of a block that a dash opens; it ends where the
// writer speaks: "– Nei, sier hun. – Aldri.", "—No —dijo—. Nunca."; told says
// that the writer does so.
func (l *lexicon) dashSpans(text string, block int) (spans []span, told bool) {
	i, start := dashAt(text, 0), 0
	if i == 0 {
		if start, i = l.dashInside(text); i == 0 {
			return nil, false
		}
	}
	for {
		from := i + len(text[i:]) - len(strings.TrimLeft(text[i:], " \u00a0"))
		end, next := l.speechEnd(text, from)
		if to := from + len(strings.TrimRight(text[from:end], " \u00a0,")); to > from {
			spans = append(spans, span{block: block, open: start, close: to, from: from, to: to})
		}
		if end == len(text) {
			return spans, told
		}
		told = true
		if i = l.resumes(text, next); i < 0 {
			return spans, told
		}
		start = i
	}
}

// dashInside finds speech behind the writer's words: "Doe smiler. – Ja, sier
// hun."; it gives where the dash begins and ends. Nordic writers leave out who
// speaks where the words before have told it.
func (l *lexicon) dashInside(text string) (start, end int) {
	for k, tries := 1, 0; k < len(text) && tries < mostDashes; k, tries = k+1, tries+1 {
		n := strings.IndexAny(text[k:], "–—-")
		if n < 0 {
			return 0, 0
		}
		k += n
		after := dashAt(text, k)
		if after == k {
			continue
		}
		if before := strings.TrimRight(text[:k], " \u00a0"); len(before) < k && strings.ContainsRune(".!?:", prose.LastRune(before)) {
			rest := strings.TrimLeft(text[after:], " \u00a0")
			if stop, _ := l.speechEnd(text, after); unicode.IsUpper(prose.FirstRune(rest)) && (stop < len(text) || l.enclitic) {
				return k, after
			}
		}
		k = after - 1
	}
	return 0, 0
}

// dashAt is the end of a dash at i, i if there is none.
func dashAt(text string, i int) int {
	switch r, size := utf8.DecodeRuneInString(text[i:]); r {
	case '–', '—', '―':
		return i + size
	case '-':
		if strings.HasPrefix(text[i+1:], " ") {
			return i + 1
		}
	}
	return i
}

// speechEnd finds where the writer speaks: the end of the speech before, and
// where his words begin.
func (l *lexicon) speechEnd(text string, i int) (end, next int) {
	for ; i < len(text); i++ {
		n := strings.IndexAny(text[i:], ",?!–—―-")
		if n < 0 {
			break
		}
		i += n
		switch text[i] {
		case ',':
			if l.toldBehind(text[i+1:], true) {
				return i, i + 1
			}
			continue
		case '?', '!':
			if l.second && l.toldBehind(text[i+1:], true) {
				return i + 1, i + 1 // Hvorfor? spør hun.
			}
			continue
		}
		if after := dashAt(text, i); after > i && i > 0 && (text[i-1] == ' ' || strings.HasSuffix(text[:i], "\u00a0")) {
			before := prose.LastRune(strings.TrimRight(text[:i], " \u00a0"))
			rest := prose.FirstRune(strings.TrimLeft(text[after:], " \u00a0"))
			if l.toldBehind(text[after:], false) || (before == '!' || before == '?') && unicode.IsLower(rest) {
				return i, after
			}
			i = after - 1
		}
	}
	return len(text), len(text)
}

// toldBehind says whether words begin with a verb of saying; behind a comma it
// must be the first, behind a dash others may stand before it.
func (l *lexicon) toldBehind(text string, first bool) bool {
	text = strings.TrimLeft(text, " \u00a0")
	if !unicode.IsLower(prose.FirstRune(text)) {
		return false
	}
	for n := 0; n < longestAside; n++ {
		word := firstWord(text)
		c := l.class(word)
		rest := strings.TrimLeft(text[len(word):], " ")
		if c&verb != 0 || c&(weakVerb|past) != 0 && n == 0 && l.class(firstWord(rest))&me == 0 {
			return true
		}
		if c&(conjunction|who) != 0 {
			return false // he goes on: "Break it — and they complain"
		}
		if first && c == 0 && l.class(firstWord(rest))&it != 0 {
			return true // hördes det från flera håll
		}
		if first || word == "" || len(word) == len(text) || text[len(word)] != ' ' {
			// An unknown verb with a name behind it.
			return false
		}
		text = text[len(word)+1:]
		if n == 0 && c == 0 && (unicode.IsUpper(prose.FirstRune(text)) || l.class(firstWord(text))&(he|she|me) != 0) {
			return true
		}
	}
	return false
}

// firstWord is the letters with which a text begins.
func firstWord(text string) string {
	if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return text[:i]
	}
	return text
}

// resumes finds where speech goes on behind the writer's words, -1 if it does
// not: behind a dash after the end of a sentence, or one that is glued to them;
// in languages that do without, behind the end of his sentence.
func (l *lexicon) resumes(text string, i int) int {
	for k := i; k < len(text); k++ {
		n := strings.IndexAny(text[k:], "–—―-.!?")
		if n < 0 {
			return -1
		}
		k += n
		if c := text[k]; c == '.' || c == '!' || c == '?' {
			rest := strings.TrimLeft(text[k+1:], " \u00a0")
			if l.resume && unicode.IsUpper(prose.FirstRune(rest)) && k > 2 && text[k-2] != ' ' && text[k-2] != '.' {
				next := len(text) - len(rest)
				if _, after := l.dashInside(rest[:min(len(rest), farthestDash)]); after > 0 {
					return next + after // Hun smiler. – Nei.
				}
				return next
			}
			continue
		}
		after := dashAt(text, k)
		if after == k {
			continue
		}
		before := strings.TrimRight(text[:k], " \u00a0")
		if text[k] == '-' && len(before) == k {
			continue // familie- og
		}
		if len(before) == k && k > 0 || strings.ContainsRune(".!?…,:", prose.LastRune(before)) {
			rest := strings.TrimLeft(text[after:], ".,;: \u00a0")
			return len(text) - len(rest)
		}
		k = after - 1
	}
	return -1
}
