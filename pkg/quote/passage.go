package quote

import (
	"strings"
	"unicode/utf8"

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
