package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// passage is a sentence of a dense language: its text with a mark for each
// quotation in it.
type passage struct {
	block  int
	text   string
	quotes []int // indices of the spans
}

// mark stands for a quotation in a passage.
const mark = "\x00"

// bare says whether a passage is nothing but a quotation.
func (p *passage) bare() bool {
	return len(p.quotes) > 0 && strings.Trim(p.text, mark+" 。.！？…") == ""
}

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

// listSigns open the items of a list.
const listSigns = "▲△▶▷■□◆◇●○★"

// saysAtEnd says whether the last words of a sentence are of saying: 語った。
func (s *story) saysAtEnd(text string) bool {
	return len(s.lex.lists[topic]) > 0 && s.lex.contains("と"+strings.TrimLeft(tail(text, 18), "でとに"), verb)
}

// passages cuts a block into sentences.
func (s *story) passages(block int, text string, from, to int) []passage {
	var all []passage
	var b strings.Builder
	p := passage{block: block}
	flush := func() {
		if p.text = strings.TrimSpace(b.String()); p.text != "" {
			all = append(all, p)
		}
		b.Reset()
		p = passage{block: block}
	}
	for i := 0; i < len(text); {
		if from < to && i == s.spans[from].open {
			b.WriteString(mark)
			p.quotes = append(p.quotes, from)
			q := &s.spans[from]
			i = q.close
			from++
			// “…。” ends a sentence, unless somebody says it behind.
			if strings.ContainsRune("。！？.!?", prose.LastRune(text[:q.to])) && !s.saysBehind(text[i:]) {
				flush()
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(listSigns, r) {
			flush() // a list in a line
		}
		b.WriteRune(r)
		i += size
		switch r {
		case '。', '！', '？', '!', '?', '\n':
			flush()
		case '.':
			if i == len(text) || text[i] == ' ' {
				flush()
			}
		}
	}
	flush()
	return all
}

// longestPassage is how much of a passage is searched for who speaks, in bytes.
const longestPassage = 600

// head is the beginning of a text, whole characters.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// saysBehind says whether a text goes on with who said what stands before.
func (s *story) saysBehind(text string) bool {
	clause := head(text, longestPassage)
	if end := strings.IndexAny(clause, "。！？.!?“「\n"); end >= 0 {
		clause = clause[:end]
	}
	if i := strings.IndexAny(clause, "，、："); i > 0 {
		clause = clause[:i]
	}
	if len(s.lex.lists[topic]) > 0 {
		return strings.HasPrefix(clause, "と") || s.lex.hangul && !strings.HasPrefix(text, " ") && text != ""
	}
	if s.lex.contains(clause, verb) {
		return true
	}
	person, at := s.densePerson(clause)
	return person >= 0 && at < 24 || strings.HasPrefix(text, "，") || strings.HasPrefix(text, "、")
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

func isHangul(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) >= 0
}

// denseClass is the class of the word with which a phrase ends, 0 for none.
func (s *story) denseClass(phrase string) class {
	if c := s.lex.words[phrase]; c&(he|they|me) != 0 {
		return c
	}
	all := s.endClasses(phrase)
	for _, c := range [...]class{crowd, title | role, role, document, organization} {
		if all&c == c {
			return c
		}
	}
	return 0
}

// sourceClass is denseClass of a phrase without what tells how many there are:
// 卒業生ら, 関係者2人.
func (s *story) sourceClass(phrase string) class {
	if c := s.denseClass(phrase); c != 0 {
		return c
	}
	if one := strings.TrimSuffix(strings.TrimSuffix(phrase, "ら"), "たち"); one != phrase {
		return s.denseClass(one)
	}
	return s.denseClass(strings.TrimRight(phrase, "0123456789０１２３４５６７８９人名"))
}

// longestEnd is how many characters a known noun has at most.
const longestEnd = 9

// endClasses are the classes of all words with which a phrase ends.
func (s *story) endClasses(phrase string) class {
	var all class
	i := len(phrase)
	for n := 0; n < longestEnd && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(phrase[:i])
		i -= size
		all |= s.lex.words[phrase[i:]]
	}
	return all
}

// denseSource finds or makes the source that a phrase of a dense language
// names, -1 for none.
func (s *story) denseSource(phrase string, topicOf int) int {
	phrase = strings.TrimSpace(withoutBrackets(phrase))
	if phrase == "" {
		return -1
	}
	if c := s.lex.words[phrase]; c&(he|they) != 0 {
		if topicOf >= 0 {
			return s.sourceOfPerson(topicOf, 0)
		}
		return -1
	} else if c&me != 0 {
		return -1
	}
	if person, _ := s.densePerson(phrase); person >= 0 && s.denseClass(phrase) != document {
		return s.sourceOfPerson(person, 0)
	}
	c := s.sourceClass(phrase)
	if i := strings.IndexFunc(phrase, func(r rune) bool { return unicode.Is(unicode.Katakana, r) }); c == 0 && i > 0 && strings.Contains(phrase, "・") && isHan(phrase[:i]) {
		c, phrase = s.denseClass(phrase[:i]), phrase[i:]
	}
	if inner, before := innerName(phrase); inner != "" {
		c, phrase = s.denseClass(before)|organization, inner
	}
	if of, ok := strings.CutSuffix(phrase, " 측"); ok {
		c, phrase = organization, of
	}
	if last := lastNoun(phrase); c == 0 && s.looksForeign(last) {
		phrase = last
	} else if last := katakanaTail(phrase); c == 0 && s.looksForeign(last) {
		c, phrase = organization, last
	}
	if c == 0 && !s.looksForeign(phrase) {
		return -1
	}
	if cut := lastNoun(phrase); c&document != 0 || c&(role|crowd) != 0 && strings.Contains(cut, "の") {
		if strings.HasSuffix(phrase[:len(phrase)-len(cut)], "ある") && c&document == 0 {
			cut = "ある" + cut // ある会派の市議
		}
		if !strings.HasPrefix(cut, "の") {
			phrase = cut
		}
	}
	kind := kindOf(c)
	if c == 0 {
		kind = news.KindPerson
	}
	if at := s.denseSame(phrase); at >= 0 {
		return at
	}
	for i := range s.sources {
		src := &s.sources[i]
		if src.person < 0 && (src.name == phrase || src.kind == kind && strings.HasSuffix(src.name, phrase)) {
			return i
		}
	}
	if len(s.sources) == mostSources {
		return -1
	}
	s.sources = append(s.sources, source{name: phrase, kind: kind, person: -1, class: c})
	return len(s.sources) - 1
}

// denseSame is the source without a name that a phrase means again: 这名外交官,
// 其中一人; -1 for none.
func (s *story) denseSame(phrase string) int {
	for _, w := range [...]string{"这名", "這名", "这位", "這位", "该名", "該名", "该", "該", "其中一"} {
		rest, ok := strings.CutPrefix(phrase, w)
		if !ok {
			continue
		}
		for i := len(s.sources) - 1; i >= 0; i-- {
			src := &s.sources[i]
			if src.kind == news.KindPerson && (strings.HasSuffix(src.name, rest) || strings.HasSuffix(src.role, rest) || w == "其中一" && src.person < 0) {
				return i
			}
		}
	}
	return -1
}

// innerName is the name in quotation marks with which a phrase ends, and what
// stands before it.
func innerName(phrase string) (inner, before string) {
	last := prose.LastRune(phrase)
	if !strings.ContainsRune("」』”’\"'》", last) {
		return "", ""
	}
	body := phrase[:len(phrase)-utf8.RuneLen(last)]
	i := strings.LastIndexAny(body, "「『“‘\"'《")
	if i < 0 {
		return "", ""
	}
	_, size := utf8.DecodeRuneInString(body[i:])
	return body[i+size:], body[:i]
}

// lastNoun is what stands behind the last small letter of a Japanese phrase, or
// the last "的" of a Chinese one: the report in "the report that the town
// wrote".
func lastNoun(phrase string) string {
	if isHangul(phrase) {
		return phrase
	}
	i := strings.LastIndexFunc(phrase, func(r rune) bool { return unicode.Is(unicode.Hiragana, r) && r != 'の' || r == '的' })
	if i < 0 {
		return phrase
	}
	_, size := utf8.DecodeRuneInString(phrase[i:])
	return phrase[i+size:]
}

// looksForeign says whether a phrase is a name with a dot between its parts.
func (s *story) looksForeign(phrase string) bool {
	n := utf8.RuneCountInString(phrase)
	if n < 4 || n > 20 {
		return false
	}
	// A company or a stranger in katakana.
	kana := strings.IndexFunc(phrase, func(r rune) bool { return !unicode.Is(unicode.Katakana, r) && r != 'ー' && r != '・' }) < 0
	return kana || strings.ContainsAny(phrase, "·・")
}

// withoutBrackets takes out what stands in brackets: ages, readings.
func withoutBrackets(s string) string {
	for {
		i := strings.IndexAny(s, "(（[［")
		if i < 0 {
			return s
		}
		j := strings.IndexAny(s[i:], ")）]］")
		if j < 0 {
			return s[:i]
		}
		_, size := utf8.DecodeRuneInString(s[i+j:])
		s = s[:i] + s[i+j+size:]
	}
}
