package quote

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// mostDense is how many people of a story in a dense language are kept,
// mostTries how many places are looked at for them.
const (
	mostDense = 60
	mostTries = 400
)

// findDensePeople finds the people whom a story of a dense language names.
func (s *story) findDensePeople() {
	text := " " + strings.Join(s.blocks, "\n ")
	for _, t := range s.blocks {
		switch {
		case len(s.lex.lists[topic]) == 0:
			s.chinesePeople(t, text)
		case s.lex.hangul:
			s.koreanPeople(t)
		default:
			s.japanesePeople(t)
		}
	}
	for i := range s.people.all {
		s.people.all[i].words = s.denseForms(s.people.all[i].name, text)
	}
	if len(s.lex.lists[topic]) == 0 {
		for _, t := range s.blocks {
			s.chineseSpeakers(t, text)
		}
	}
}

// places are where a word stands in a text, and where it ends, one after the
// other, as long as the story may be looked at any more.
func (s *story) places(t, word string) iter.Seq2[int, int] {
	return func(yield func(at, behind int) bool) {
		for from := 0; ; {
			at := strings.Index(t[from:], word)
			if at < 0 {
				return
			}
			at += from
			from = at + len(word)
			if s.tries++; s.tries > mostTries || !yield(at, from) {
				return
			}
		}
	}
}

// addDense keeps a person, unless the story has named him already.
func (s *story) addDense(name, role string) {
	for i := range s.people.all {
		p := &s.people.all[i]
		if p.name == name {
			if p.role == "" {
				p.role = role
			}
			return
		}
		if strings.HasPrefix(p.name, name) || strings.HasPrefix(name, p.name) && utf8.RuneCountInString(p.name) > 1 {
			if len(name) > len(p.name) {
				p.name = name
			}
			return
		}
	}
	if len(s.people.all) < mostDense {
		s.people.all = append(s.people.all, person{name: name, role: role, sure: true})
	}
}

// denseForms are the forms in which a name occurs: in full, and by the part
// that the text uses alone, before a title or a particle.
func (s *story) denseForms(name, text string) []string {
	forms := []string{name}
	for _, dot := range [...]string{"·", "・"} {
		if i := strings.LastIndex(name, dot); i >= 0 {
			if part := name[i+len(dot):]; part != "" {
				forms = append(forms, part)
			}
			return forms
		}
	}
	if fields := strings.Fields(name); len(fields) > 1 {
		return append(forms, fields[len(fields)-1])
	}
	n := utf8.RuneCountInString(name)
	switch {
	case isHangul(name):
		part := firstRunes(name, 1)
		return append(append(forms, s.titledForms(" "+part+" ", text)...), s.titledForms(" "+part, text)...)
	case len(s.lex.lists[topic]) == 0:
		return append(forms, s.titledForms(firstRunes(name, 1), text)...)
	}
	for k := min(n-1, 3); k >= 2; k-- {
		part := firstRunes(name, k)
		for at := 0; ; {
			i := strings.Index(text[at:], part)
			if i < 0 {
				break
			}
			at += i + len(part)
			if rest := text[at:]; s.startsTitle(rest) != "" || strings.ContainsRune("はが、。もに", prose.FirstRune(rest)) {
				return append(forms, part)
			}
		}
	}
	return append(forms, s.titledForms(firstRunes(name, 1), text)...)
}

// titledForms are a surname with the titles that stand behind it in the text.
func (s *story) titledForms(part, text string) []string {
	var forms []string
	for at := 0; len(forms) < 4; {
		i := strings.Index(text[at:], part)
		if i < 0 {
			break
		}
		at += i + len(part)
		if w := s.startsTitle(text[at:]); w != "" {
			forms = append(forms, strings.TrimSpace(part)+strings.Repeat(" ", strings.Count(strings.TrimLeft(part, " "), " "))+w)
		}
	}
	return forms
}

// startsTitle is the title with which a text begins, "" for none.
func (s *story) startsTitle(text string) string {
	if len(s.lex.lists[title|role]) > 0 {
		return s.lex.longestAt(text, title)
	}
	return s.lex.longestAt(text, role)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// densePerson is the person who is named first in a text, and where; -1 for
// none.
func (s *story) densePerson(text string) (person, at int) {
	text = head(text, longestPassage)
	person, at = -1, len(text)
	for i := range s.people.all {
		for _, form := range s.people.all[i].words {
			if k := strings.Index(text, form); k >= 0 && k < at {
				person, at = i, k
			}
		}
	}
	return person, at
}

// tail is the end of a text, whole characters.
func tail(text string, n int) string {
	if len(text) <= n {
		return text
	}
	i := len(text) - n
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return text[i:]
}
