package quote

import "strings"

// longestName is how many words a name without capitals has at most.
const longestName = 5

// raise marks the words of names in a language without capitals, as if they had
// some: a first name, with those behind it and one surname; the surname alone
// elsewhere. What is not known then, and begins as words do on which a
// preposition hangs, is taken for one.
func (s *story) raise() {
	surnames := map[string]bool{}
	tokens := s.tokens
	for i := 0; i < len(tokens); i++ {
		if !tokens[i].is(firstName) || tokens[i].more != 0 {
			continue
		}
		tokens[i].class &= firstName | male | female
		tokens[i].upper = true
		surname := false
		for n := 1; i+1 < len(tokens) && n < longestName && !surname; n++ {
			next := &tokens[i+1]
			if next.block != tokens[i].block || next.kind != word || next.class&^(firstName|male|female|particle) != 0 || next.end-next.start < 4 {
				break
			}
			surname = next.class == 0 && !tokens[i].is(particle)
			i++
			tokens[i].upper = true
		}
		if surname {
			surnames[s.word(i)] = true
		}
	}
	for i := range tokens {
		t := &tokens[i]
		if t.kind != word || t.class != 0 || t.upper {
			continue
		}
		switch w := s.word(i); {
		case surnames[w]:
			t.upper = true
		case len(w) > 6 && (strings.HasPrefix(w, "ل") || strings.HasPrefix(w, "ب")):
			t.class = preposition
		}
	}
}
