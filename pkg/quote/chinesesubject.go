package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// chineseSigns are what stands between two clauses.
const chineseSigns = "，,。！？；;：:、“”「」『』‘’\"《》（）()【】〔〕［］／/ …—\n" + mark

func isChineseSign(r rune) bool {
	return !(0x4e00 <= r && r <= 0x9fff) && strings.ContainsRune(chineseSigns, r)
}

// verbSubject reads the subject as what stands right before the verb of saying
// in its clause. What a clause beside a quotation tells counts first.
func (s *story) verbSubject(p *passage) (string, bool) {
	clauses := strings.FieldsFunc(p.text, func(r rune) bool { return r != rune(mark[0]) && isChineseSign(r) })
	best := ""
	for _, clause := range clauses {
		for part := range strings.SplitSeq(clause, mark) {
			if phrase := s.beforeVerb(part); phrase != "" && (best == "" || strings.Contains(clause, mark)) {
				best = phrase
			}
		}
	}
	return best, best != ""
}

// chineseStops end the subject before a verb: prepositions and adverbs.
var chineseStops = [...]string{"在", "于", "於", "向", "对", "對", "接受", "受訪", "受访", "日前", "近日", "日在", "当天", "昨日", "昨天", "昨晚", "今天", "今日", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "週", "星期", "笑着", "笑著", "哽咽", "无奈", "無奈", "则", "則", "还", "還", "也", "亦", "又", "再次", "随后", "隨後", "同时", "同時", "曾", "进一步", "進一步", "晚间", "晚間", "傍晚", "上午", "下午", "赛后", "賽後", "通过", "透過", "发布", "發布", "发表", "發表", "拿着", "拿著", "抱着", "抱著", "站在", "坐在", "出面", "起初", "最后", "最後", "就", "批", "抱", "引述", "引用", "发文", "發文", "出席", "率", "如此", "这样", "這樣", "指着", "指著", "看着", "看著"}

// beforeVerb is the subject of the verb of saying in a clause, "" for none.
func (s *story) beforeVerb(clause string) string {
	for {
		w := s.lex.longestAt(clause, adverb)
		if w == "" || w == clause {
			break
		}
		clause = clause[len(w):]
	}
	at := s.verbAt(clause)
	if at <= 0 {
		return ""
	}
	phrase := clause[:at]
	end := len(phrase)
	for _, stop := range chineseStops {
		if i := strings.Index(phrase, stop); i > 0 {
			end = min(end, i)
		}
	}
	if person, at := s.densePerson(phrase); person < 0 || at >= end {
		phrase = phrase[:end]
	}
	phrase = strings.TrimRightFunc(phrase, func(r rune) bool { return unicode.IsDigit(r) || r == '日' || r == '月' })
	if n := utf8.RuneCountInString(phrase); n == 0 || n > 24 || s.lex.words[phrase]&me != 0 {
		return ""
	}
	return strangerIn(phrase)
}

// longestVerb is how many characters a Chinese verb of saying has at most.
const longestVerb = 6

// verbAt is where the first verb of saying stands in a clause that tells who
// says something; -1 for none. A verb inside a noun is none, and one that often
// means something else counts at the end of the clause only.
func (s *story) verbAt(clause string) int {
	for i := 0; i < len(clause); {
		r, size := utf8.DecodeRuneInString(clause[i:])
		first := s.lex.starts[r]
		if first.class&(verb|weakVerb|role|crowd|organization|common) == 0 {
			i += size
			continue
		}
		end, step := i, size
		for n := 0; n < longestVerb && end < len(clause); n++ {
			_, size := utf8.DecodeRuneInString(clause[end:])
			end += size
			if first.lengths>>(n+1)&1 == 0 {
				continue
			}
			c := s.lex.words[clause[i:end]]
			said := c&verb != 0 || c&weakVerb != 0 && end == len(clause)
			if c&(role|crowd|organization|common) != 0 && n > 0 {
				step = end - i // 分析师 is no 分析
			} else if said && i > 0 && !isDenied(clause[:i]) && end-i >= step {
				step = -(end - i)
			}
		}
		if step < 0 {
			if s.nounAt(clause[i:]) <= -step {
				return i
			}
			step = -step
		}
		i += step
	}
	return -1
}

// nounAt is how long the longest word for people is with which a text begins.
func (s *story) nounAt(text string) int {
	longest, end := 0, 0
	for n := 0; n < longestVerb && end < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if s.lex.words[text[:end]]&(role|crowd|organization|common) != 0 {
			longest = end
		}
	}
	return longest
}

// isDenied says whether what stands before a verb says that nothing was said.
func isDenied(before string) bool {
	for _, w := range [...]string{"未", "没有", "沒有", "拒绝", "拒絕", "不愿", "不願", "无法", "無法", "不予", "拒", "未予", "不", "请", "請"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// strangerIn cuts a phrase down to somebody without a name: 一名76歲的老太太 of
// 現場一名76歲的老太太.
func strangerIn(phrase string) string {
	for _, w := range [...]string{"一名", "一位", "另一名", "另一位", "两名", "兩名", "两位", "兩位", "三名", "多名", "多位", "数名", "數名", "数位", "數位"} {
		if i := strings.Index(phrase, w); i > 0 {
			phrase = phrase[i:]
		}
	}
	rest, ok := strings.CutPrefix(phrase, "有")
	if ok && utf8.RuneCountInString(rest) > 1 && !strings.ContainsRune("关關限些人", prose.FirstRune(rest)) {
		return rest
	}
	return phrase
}

// chineseSpeakers finds the names of those who say something, whatever they
// are: 高以樂直言, 島民阮先生坦言.
func (s *story) chineseSpeakers(t, whole string) {
	for clause := range strings.FieldsFuncSeq(t, isChineseSign) {
		clause = head(clause, longestPassage)
		phrase := s.beforeVerb(clause)
		if phrase == "" {
			continue
		}
		if person, _ := s.densePerson(phrase); person >= 0 {
			continue
		}
		if name, own := s.chineseSpeaker(phrase); name != "" {
			known := len(s.people.all)
			s.addDense(name, own)
			for i := range s.people.all[known:] {
				s.people.all[known+i].words = s.denseForms(name, whole)
			}
		}
	}
}

// chineseSpeaker is the name with which the subject of a verb of saying ends,
// and what stands before it.
func (s *story) chineseSpeaker(phrase string) (name, own string) {
	runes := []rune(phrase)
	at := func(n int) (before, tail string) { return string(runes[:len(runes)-n]), string(runes[len(runes)-n:]) }
	for _, n := range [...]int{3, 4, 2} { // 阮先生, 欧阳女士
		if n > len(runes) {
			continue
		}
		before, tail := at(n)
		if sur := s.lex.longestAt(tail, surname); s.lex.words[tail[len(sur):]]&title != 0 && len(tail)-len(sur) > 3 {
			return tail, s.chineseRole(before)
		}
	}
	if s.denseClass(phrase) != 0 {
		return "", ""
	}
	if n := 2; len(runes) > 2 { // 首席技术官宗可
		before, tail := at(n)
		if sur := firstRunes(tail, 1); s.denseClass(before)&role != 0 && s.lex.words[sur]&surname != 0 && !strings.ContainsAny(tail[len(sur):], noGivenName) {
			return tail, s.chineseRole(before)
		}
	}
	for _, n := range [...]int{3, 4, 2} {
		if n > len(runes) {
			continue
		}
		before, tail := at(n)
		c := s.denseClass(before)
		if n == 2 && c&role == 0 && before != "" && !strings.HasSuffix(before, "的") {
			continue
		}
		sur := firstRunes(tail, max(1, n-2))
		if s.lex.words[sur]&surname == 0 && !(n == 2 && isNickname(tail, s.lex.words[tail[len(sur):]])) || strings.ContainsAny(tail[len(sur):], noGivenName) || c&(role|organization|crowd) == 0 && before != "" && len(runes)-n < 2 {
			continue
		}
		return tail, s.chineseRole(before)
	}
	for n := 4; n >= 2; n-- { // 农民通沙
		if n >= len(runes) {
			continue
		}
		if before, tail := at(n); s.denseClass(before)&role != 0 && isHan(tail) && !strings.ContainsAny(tail, noGivenName) {
			return tail, s.chineseRole(before)
		}
	}
	return "", ""
}

// noGivenName are characters that are in hardly any name.
const noGivenName = "的了是在不们們这這那个個名位些方面市省县縣区區村鎮镇鄉乡州局部院会會署司社厂廠店校府党黨队隊层層者人员員与與及被把就都也还還说說称稱"

func isHan(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

// citedSource is whom somebody quotes in a Chinese passage: 外交官 of
// 路透社引述外交官的话; "" for nobody.
func (s *story) citedSource(text string) string {
	if len(s.lex.lists[topic]) > 0 {
		return ""
	}
	for _, w := range [...]string{"引述", "援引"} {
		_, rest, ok := strings.Cut(text, w)
		if !ok {
			continue
		}
		rest, _, _ = strings.Cut(rest, mark)
		for _, end := range [...]string{"的话", "的話", "的说法", "的說法", "报道", "報道", "報導", "指出", "表示", "说", "說", "称", "稱", "，"} {
			if i := strings.Index(rest, end); i > 0 {
				rest = rest[:i]
			}
		}
		if n := utf8.RuneCountInString(rest); n > 1 && n < 20 {
			return rest
		}
	}
	return ""
}

// leastSaid is how many characters a Chinese quotation has at least that stands
// right behind a verb of saying.
const leastSaid = 6

// isSaid says whether a short Chinese passage is one that somebody says, by the
// verb right before it.
func (s *story) isSaid(q *span) bool {
	if s.lex == nil || !s.lex.dense || len(s.lex.lists[topic]) > 0 {
		return false
	}
	text := s.blocks[q.block]
	if inner := text[q.from:q.to]; utf8.RuneCountInString(inner) < leastSaid || !isHan(inner) {
		return false
	}
	return s.lex.longestBefore(strings.TrimRight(text[:q.open], "，：:"), verb) != ""
}
