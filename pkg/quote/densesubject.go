package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// japaneseSubject reads the subject by the particle behind it, in a passage
// that has a quotation or a verb of saying.
func (s *story) japaneseSubject(p *passage) (string, bool) {
	spoken := len(p.quotes) > 0
	for _, w := range s.lex.lists[verb] {
		spoken = spoken || strings.Contains(p.text, w)
	}
	if !spoken {
		return "", false
	}
	// 「…」と佐々木。
	if i := strings.LastIndex(p.text, mark+"と"); i >= 0 {
		rest := p.text[i+len(mark)+len("と"):]
		if person, at := s.densePerson(rest); person >= 0 && at == 0 {
			return rest, true
		}
	}
	for i, r := range p.text {
		if r != 'は' && r != 'が' && r != 'も' || i == 0 {
			continue
		}
		phrase := p.text[:i]
		after, _ := utf8.DecodeRuneInString(p.text[i+utf8.RuneLen(r):])
		switch lastRune(phrase) {
		case 'で', 'に', 'と', 'へ', 'ら', 'て':
			continue // では, には: no subject
		}
		if r != 'は' && unicode.Is(unicode.Hiragana, after) {
			continue
		}
		if k := strings.LastIndexAny(phrase, "、，,"+mark); k >= 0 {
			_, size := utf8.DecodeRuneInString(phrase[k:])
			phrase = phrase[k+size:]
		}
		phrase = strings.TrimPrefix(phrase, "と")
		if phrase == "" || s.lex.words[phrase]&me != 0 || utf8.RuneCountInString(phrase) > 36 {
			continue
		}
		if person, _ := s.densePerson(phrase); person < 0 && s.denseClass(phrase) == 0 && !s.looksForeign(lastNoun(phrase)) && lastRune(phrase) != '」' {
			if r == 'は' && len(p.quotes) == 0 {
				return "", false
			}
			continue
		}
		return phrase, true
	}
	return "", false
}

// leastVerb is how many characters a Korean verb has that counts without a
// quotation.
const leastVerb = 3

// koreanSubject is the phrase of whole words before the first particle of a
// subject; behind a clause that tells what was said, if one does.
func (s *story) koreanSubject(p *passage) (string, bool) {
	spoken := len(p.quotes) > 0
	for _, w := range s.lex.lists[verb] {
		if utf8.RuneCountInString(w) >= leastVerb && strings.HasSuffix(strings.TrimRight(p.text, "."), w) {
			spoken = spoken || strings.Contains(p.text, "고 ")
		}
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

func (s *story) koreanTopic(text string) (string, bool) {
	fields := strings.Fields(text)
	start := 0
	for i, w := range fields {
		if strings.Contains(w, mark) || strings.HasSuffix(w, ",") || s.lex.words[w]&adverb != 0 {
			start = i + 1
			continue
		}
		if s.lex.words[w]&(he|they) != 0 {
			return w, true
		}
		w = withoutBrackets(w)
		for _, t := range s.lex.lists[topic] {
			base, ok := strings.CutSuffix(w, t)
			if !ok || utf8.RuneCountInString(base) < 2 && s.lex.words[base]&role == 0 {
				continue
			}
			phrase := strings.Join(append(append([]string{}, fields[max(start, i-6):i]...), base), " ")
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
				if k := i - 2; k > start {
					phrase = strings.Join(append(append([]string{}, fields[k:i]...), base), " ")
				}
			}
			return phrase, true
		}
	}
	return "", false
}

// verbSubject reads the subject as what stands right before the verb of saying
// in its clause.
func (s *story) verbSubject(p *passage) (string, bool) {
	clauses := strings.FieldsFunc(p.text, func(r rune) bool { return strings.ContainsRune("，,；;。！？ ", r) })
	best := ""
	for _, clause := range clauses {
		for part := range strings.SplitSeq(clause, mark) {
			if phrase, ok := s.beforeVerb(part); ok && (best == "" || strings.Contains(clause, mark)) {
				best = phrase
			}
		}
	}
	return best, best != ""
}

// chineseStops end the subject before a verb: prepositions and adverbs.
var chineseStops = [...]string{"在", "于", "於", "向", "对", "對", "接受", "受訪", "受访", "日前", "近日", "日在", "当天", "昨日", "昨天", "今天", "周", "星期", "笑着", "笑著", "哽咽", "无奈", "無奈", "则", "則", "还", "還", "也", "再次", "随后", "隨後", "同时", "同時", "曾", "进一步", "進一步", "晚间", "晚間", "傍晚", "上午", "下午", "赛后", "賽後", "通过", "透過", "发布", "發布", "发表", "發表", "拿着", "拿著", "抱着", "抱著", "站在", "坐在", "出面", "起初", "抱"}

// beforeVerb cuts a clause at its verb of saying.
func (s *story) beforeVerb(clause string) (string, bool) {
	for changed := true; changed; {
		changed = false
		for _, w := range s.lex.lists[adverb] {
			if rest, ok := strings.CutPrefix(clause, w); ok && rest != "" {
				clause, changed = rest, true
			}
		}
	}
	at := -1
	for _, w := range s.lex.lists[verb] {
		if i := strings.Index(clause, w); i > 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at <= 0 {
		return "", false
	}
	phrase := clause[:at]
	for _, stop := range chineseStops {
		if i := strings.Index(phrase, stop); i > 0 {
			phrase = phrase[:i]
		}
	}
	phrase = strings.TrimRightFunc(phrase, func(r rune) bool { return unicode.IsDigit(r) || r == '日' || r == '月' })
	n := utf8.RuneCountInString(phrase)
	if n == 0 || n > 24 || s.lex.words[phrase]&me != 0 {
		return "", false
	}
	return phrase, true
}
