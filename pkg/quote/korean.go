package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// koreanPeople finds names beside titles: 옥태민 대표이사, 농민 여준섭(58) 씨.
func (s *story) koreanPeople(t string) {
	fields := strings.Fields(t)
	// The words without particles, and whether those are titles.
	bare, title := make([]string, len(fields)), make([]bool, len(fields))
	for i, w := range fields {
		bare[i] = s.withoutTopic(w)
		title[i] = s.isKoreanTitle(bare[i])
	}
	behind := 0 // what belongs to the last name and its title
	for i, w := range fields {
		if i < behind {
			continue
		}
		w, age := cutAge(w)
		w = s.withoutTopic(w)
		if s.isKoreanTitle(strings.TrimSuffix(w, "인")) || s.isKoreanTitle(strings.TrimSuffix(w, "이던")) {
			continue
		}
		titledBehind := (age || w == fields[i]) && i+1 < len(fields) && title[i+1]
		far := 2
		if i+3 < len(fields) && (s.denseClass(fields[i+1])&organization != 0 || strings.HasSuffix(fields[i+1], "대")) && !title[i+2] {
			far = 3 // 염태산 한서대 경제학과 교수는
		}
		farBehind := !titledBehind && w == fields[i] && i+far < len(fields) && title[i+far] && fields[i+far] != bare[i+far] && (far > 2 || !s.isKoreanName(fields[i+1]) || s.denseClass(fields[i+1])&organization != 0)
		titledBefore := i > 0 && s.isKoreanTitle(fields[i-1])
		name := s.isKoreanName(w) && !s.isKoreanNoun(w)
		if i > 0 && !age && hasKoreanCase(fields[i-1]) {
			name = false // 선고를 지켜본 피해자: a verb behind its object
		}
		switch {
		case name && (age || titledBehind || farBehind || titledBefore || i > 0 && fields[i-1] == "출신"):
			own := ""
			if titledBehind && bare[i+1] != "씨" {
				own = bare[i+1]
			} else if farBehind {
				own = strings.Join(fields[i+1:i+far], " ") + " " + bare[i+far]
				behind = i + far
			} else if titledBefore {
				own = fields[i-1]
			}
			s.addDense(w, own)
		case !name && i > 0 && titledBehind && bare[i+1] != fields[i+1] && !s.isKoreanName(fields[i-1]) && utf8.RuneCountInString(fields[i-1]) > 1:
			// 아나 벨루주 의장: a name of two words.
			if first := fields[i-1]; (i == 1 || strings.HasSuffix(fields[i-2], ",")) && s.denseClass(w) == 0 && s.denseClass(first) == 0 && !strings.ContainsAny(first+w, mark+"의을를에와과") {
				s.addDense(first+" "+w, bare[i+1])
			}
		case i > 1 && strings.HasSuffix(fields[i-2], "인") && !titledBefore && s.isKoreanTitle(strings.TrimSuffix(fields[i-2], "인")) && s.denseClass(w) == 0 && w != fields[i] && isHangul(w):
			s.addDense(fields[i-1]+" "+w, strings.TrimSuffix(fields[i-2], "인"))
		}
	}
}

// cutAge takes an age in brackets off a word.
func cutAge(w string) (string, bool) {
	i := strings.IndexByte(w, '(')
	if i <= 0 || i+1 >= len(w) || w[i+1] < '0' || w[i+1] > '9' {
		return w, false
	}
	return w[:i], true
}

// koreanEnds hang on names beside the particles of subjects.
var koreanEnds = [...]string{"이었다", "에게는", "께서는", "측은", "에게", "께서", "이다", "은", "는", "이", "가", "도", "의", "다", "과", "와"}

// withoutTopic takes a particle off a word.
func (s *story) withoutTopic(w string) string {
	w = strings.TrimRight(w, ".,")
	for _, t := range koreanEnds {
		if base, ok := strings.CutSuffix(w, t); ok && utf8.RuneCountInString(base) >= 1 && (s.isKoreanTitle(base) || s.isKoreanName(base) && !s.isKoreanName(w)) {
			return base
		}
	}
	if base, ok := strings.CutSuffix(w, "은"); ok && utf8.RuneCountInString(base) > 1 {
		return base
	}
	return w
}

// isKoreanTitle says whether a word is one for a role, or ends with one.
func (s *story) isKoreanTitle(w string) bool {
	return s.lex.words[w]&role != 0 || s.longEnds(w)&role != 0
}

// longEnds are the classes of all words of two syllables or more with which a
// word ends.
func (s *story) longEnds(w string) class {
	var all class
	i := len(w)
	for n := 1; n <= longestEnd && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(w[:i])
		i -= size
		if n > 1 {
			all |= s.lex.words[w[i:]]
		}
	}
	return all
}

// isKoreanNoun says whether a word is a known noun, or ends with one of more
// than one syllable.
func (s *story) isKoreanNoun(w string) bool {
	const noun = role | organization | document | crowd
	return (s.lex.words[w]|s.longEnds(w))&noun != 0
}

// isKoreanName says whether a word is a surname with a given name.
func (s *story) isKoreanName(w string) bool {
	n := utf8.RuneCountInString(w)
	if n < 2 || n > 4 || !isHangul(w) {
		return false
	}
	for k := 1; k <= 2; k++ {
		if s.lex.words[firstRunes(w, k)]&surname != 0 && (n == k+2 || n == 2 && strings.HasSuffix(w, "모")) {
			return true
		}
	}
	return false
}

// leastVerb is how many characters a Korean verb has that counts without a
// quotation.
const leastVerb = 3

// koreanSubject is the phrase of whole words before the first particle of a
// subject; behind a clause that tells what was said, if one does.
func (s *story) koreanSubject(p *passage) (string, bool) {
	spoken := len(p.quotes) > 0
	if w := s.lex.longestBefore(strings.TrimRight(p.text, "."), verb); utf8.RuneCountInString(w) >= leastVerb {
		spoken = spoken || strings.Contains(p.text, "고 ")
	}
	if !spoken {
		return "", false
	}
	if len(p.quotes) == 0 {
		if i := strings.LastIndex(p.text, "다고 "); i > 0 {
			if phrase, ok := s.koreanTopic(p.text[i+len("다고 "):]); ok {
				return phrase, true
			}
		}
	}
	return s.koreanTopic(p.text)
}

// koreanTopic reads the phrase before the particle of a topic; if there is
// none, before that of a subject.
func (s *story) koreanTopic(text string) (string, bool) {
	if phrase, ok := s.koreanParticle(text, false); ok {
		return phrase, true
	}
	return s.koreanParticle(text, true)
}

func (s *story) koreanParticle(text string, subject bool) (string, bool) {
	fields := strings.Fields(text)
	start := 0
	for i, w := range fields {
		if strings.Contains(w, mark) || strings.HasSuffix(w, ",") || s.lex.words[w]&adverb != 0 || strings.ContainsFunc(w, unicode.IsSymbol) {
			start = i + 1
			continue
		}
		if s.lex.words[w]&(he|they) != 0 {
			return w, true
		}
		w = withoutBrackets(w)
		if i > start && (w == "측은" || w == "측이" || w == "측도") {
			return fields[i-1] + " 측", true
		}
		for _, t := range s.lex.lists[topic] {
			if (t == "이" || t == "가" || t == "께서") != subject {
				continue
			}
			base, ok := strings.CutSuffix(w, t)
			if !ok || utf8.RuneCountInString(base) < 2 && s.lex.words[base]&role == 0 && (i > start || s.lex.words[base]&organization == 0) {
				continue
			}
			// 논문에서 연구팀은: where, or of what, is no part of the subject.
			lead := max(start, i-6)
			for k := i - 1; k > lead; k-- {
				if hasKoreanCase(fields[k-1]) {
					lead = k
				}
			}
			if lead < i && hasKoreanCase(fields[i-1]) {
				lead = i
			}
			phrase := strings.Join(append(append([]string{}, fields[lead:i]...), base), " ")
			c := s.denseClass(base)
			if inner, _ := innerName(base); inner != "" && i > start && s.denseClass(fields[i-1])&organization != 0 {
				return phrase, true
			}
			if t == "측은" {
				c = organization
			}
			if person, _ := s.densePerson(phrase); person < 0 && c == 0 {
				break
			}
			if (t == "에는" || t == "에선" || t == "에서는") && c&document == 0 {
				break
			}
			if c&document == 0 && c&crowd == 0 || i-start > 3 {
				// What somebody did before his name stands is no part of it.
				if k := i - 2; k > start && !s.namedIn(fields[max(start, i-3):i]) {
					phrase = strings.Join(append(append([]string{}, fields[k:i]...), base), " ")
				}
			}
			return phrase, true
		}
	}
	return "", false
}

// hasKoreanCase says whether a word ends with the particle of a place or an
// object.
func hasKoreanCase(w string) bool {
	return strings.HasSuffix(w, "에서") || strings.HasSuffix(w, "을") || strings.HasSuffix(w, "를")
}

// namedIn says whether a person who is known stands in some words.
func (s *story) namedIn(fields []string) bool {
	person, _ := s.densePerson(strings.Join(fields, " "))
	return person >= 0
}
