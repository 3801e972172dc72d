package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// chineseEnds are characters that seldom end a given name, and often begin what
// stands behind a name.
const chineseEnds = "说說在的是向对對等称稱表告也还還则則已今赛賽抱拒只起指认認为為和与與及傍晚受嗓昨日接回坦介透强強宣补補笑出发發提上下从從将將被把让讓就都又再曾曾不没沒有到来來去看听聽写寫问問答率带帶代"

// chinesePeople finds names behind words for a role: 镇长沈文彬.
func (s *story) chinesePeople(t, whole string) {
	for _, w := range s.lex.lists[role] {
		for at, from := range s.places(t, w) {
			if s.hasRole(firstRunes(t[from:], 4)) {
				continue
			}
			if name := s.chineseName(t[from:], whole); name != "" {
				s.addDense(name, s.chineseRole(t[:at])+w)
			}
		}
	}
	for _, from := range s.places(t, "的") {
		// …的馮炳全，: somebody whom a clause describes.
		name := s.chineseName(t[from:], whole)
		if n := utf8.RuneCountInString(name); n > 1 && strings.HasPrefix(t[from+len(name):], "，") {
			s.addDense(name, "")
		}
	}
	for at, from := range s.places(t, "·") {
		start := at
		for start > 0 {
			r, size := utf8.DecodeLastRuneInString(t[:start])
			if !unicode.Is(unicode.Han, r) || strings.ContainsRune("的和与與及、", r) || at-start > 15 {
				break
			}
			start -= size
		}
		for _, w := range s.lex.lists[role] {
			if k := strings.LastIndex(t[start:at], w); k >= 0 {
				start += k + len(w)
			}
		}
		if start < at {
			if end := from + len(foreignPart(t[from:])); end > from {
				s.addDense(t[start:end], "")
			}
		}
	}
}

// hasRole says whether a text has a word for a role.
func (s *story) hasRole(t string) bool {
	for _, w := range s.lex.lists[role] {
		if utf8.RuneCountInString(w) > 1 && strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// chineseRole is the part of a role that stands before its last word.
func (s *story) chineseRole(t string) string {
	t = tail(t, 90)
	if i := strings.LastIndexAny(t, "，。：；、“”"+mark+" "); i >= 0 {
		_, size := utf8.DecodeRuneInString(t[i:])
		t = t[i+size:]
	}
	if utf8.RuneCountInString(t) > 10 {
		return ""
	}
	return t
}

// foreignPart is how much of a text goes on with a foreign name.
func foreignPart(t string) string {
	n := 0
	for i, r := range t {
		if !unicode.Is(unicode.Han, r) && r != '·' || strings.ContainsRune(chineseEnds, r) || n >= 10 {
			return t[:i]
		}
		n++
	}
	return t
}

// chineseName is the name with which a text begins, "" for none.
func (s *story) chineseName(t, whole string) string {
	if part := foreignPart(t); strings.Contains(part, "·") {
		return part
	}
	for _, sur := range s.lex.lists[surname] {
		rest, ok := strings.CutPrefix(t, sur)
		if !ok {
			continue
		}
		one := firstRunes(rest, 1)
		if one == "" || !unicode.Is(unicode.Han, prose.FirstRune(one)) || strings.Contains(chineseEnds, one) && s.lex.words[sur+one] == 0 && !strings.Contains(whole, sur+one+"说") {
			return ""
		}
		two := firstRunes(rest, 2)
		last := prose.LastRune(two)
		if two == one || !unicode.Is(unicode.Han, last) {
			return sur + one
		}
		short, long := strings.Count(whole, sur+one), strings.Count(whole, sur+two)
		if long > 1 && long == short || !strings.ContainsRune(chineseEnds, last) && !s.beginsWord(rest[len(one):]) {
			return sur + two
		}
		return sur + one
	}
	// 老崔, 阿傑, 小王: a nickname.
	if r := prose.FirstRune(t); strings.ContainsRune("老阿小", r) {
		if name := firstRunes(t, 2); unicode.Is(unicode.Han, prose.LastRune(name)) {
			return name
		}
	}
	return ""
}

// beginsWord says whether a text begins with a verb of saying or an adverb.
func (s *story) beginsWord(t string) bool {
	for _, c := range [...]class{verb, adverb} {
		for _, w := range s.lex.lists[c] {
			if strings.HasPrefix(t, w) {
				return true
			}
		}
	}
	return false
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
