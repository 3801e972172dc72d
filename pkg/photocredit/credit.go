package photocredit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// marked is a credit behind a copyright sign.
	marked = regexp.MustCompile(`^(.*?)\s*[(\[|]?\s*(©|\(c\)|\(C\)|ⓒ|Copyright)\s*:?\s*([^©]{2,100}?)[)\]]?$`)
	// bracketed is a credit in brackets at the end: "(Jane Doe/AP)".
	bracketed = regexp.MustCompile(`^(.*?)\s*[(\[（]([^()\[\]（）]{2,100})[)\]）]\.?$`)
	// takenBy is a Japanese one behind the date and the place, provided a Korean
	// one of who gave the picture: "…＝2026年3月3日、本町、青木海斗撮影", "…있다. 항구시
	// 제공".
	takenBy  = regexp.MustCompile(`^(.*＝.*)[、，]([\p{Han}\p{Hiragana}\p{Katakana}ー・]{2,10})(撮影)$`)
	provided = regexp.MustCompile(`^(.*[.。!?])\s*([^.。!?]{2,20}) (제공)$`)
	// taken is an East Asian credit behind a caption: "…。本报记者 白晓苇摄".
	taken = regexp.MustCompile(`^(|.*?[。！？.）)＝=\s])((?:本报|本社|\p{Han}{2,4}社)?(?:记者|通讯员|記者)?)\s*(\p{Han}{2,4})\s*([摄攝]|撮影)$`)
)

// Reader reads the lines below pictures.
type Reader struct {
	// Agencies are those that may be credited.
	Agencies agency.Table
}

// Credit is a credit taken apart.
type Credit struct {
	// Text is who is credited, as printed.
	Text string
	// Label is what introduces that: "Photo", "©"; empty for nothing.
	Label string
}

// IsNone says whether a credit credits nobody: it has no words but a label's.
func (c Credit) IsNone() bool {
	bare := strings.Trim(c.Text, ":© ")
	return bare == "" || isLabel(bare) && !strings.EqualFold(bare, "supplied")
}

// Longest is the length, in bytes, of a credit that no element and no label is
// for.
const Longest = 100

// ReadCaption parts the line that stands below a picture into caption and
// credit. Of such a line more is believed than of any other: it may be a credit
// as a whole, or begin with it.
func (r Reader) ReadCaption(line string) (caption string, c Credit) {
	line = colonForDots(prose.Squash(line))
	if strings.HasPrefix(line, "(") && strings.HasSuffix(line, ")") && strings.Count(line, "(") == 1 && Plausible(line) {
		text, label := r.CutLabel(line)
		return "", Credit{text, label}
	}
	line = strings.TrimLeft(line, "/| ")
	if text, label := r.CutLabel(line); label != "" {
		if first, rest, ok := strings.Cut(text, " | "); ok && !AllNames(rest) && prose.CountWords(rest) > 2 {
			return strings.TrimSpace(rest), Credit{strings.TrimSpace(first), label}
		}
		if r.CreditsSomebody(text, label) {
			return "", Credit{text, label}
		}
		if before, c := r.Cut(text); c.Text != "" {
			return strings.TrimSuffix(line, text) + before, c
		}
		return line, c
	}
	if r.AllParties(line) || nobody[strings.ToLower(line)] {
		return "", Credit{Text: line}
	}
	if caption, c = r.Cut(line); c.Text != "" {
		return caption, c
	}
	return r.cutAgencySlash(line)
}

// colonForDots reads the dots behind a label as the colon that they stand for:
// "Credit...Jane Doe".
func colonForDots(line string) string {
	if before, after, ok := strings.Cut(line, "..."); ok && prose.IsCapital(LabelAtEnd(before)) {
		return before + ": " + after
	}
	return line
}

// CreditsSomebody says whether a text behind a label at the head of a line is a
// credit. "Photo:" may stand before what is to be seen, too.
func (r Reader) CreditsSomebody(text, label string) bool {
	if !Plausible(text) {
		return false
	}
	if !pictureWords[strings.ToLower(label)] || prose.CountWords(text) <= 2 || r.NamesAgency(text) || byline.IsHanName(text) {
		return true
	}
	for _, w := range strings.Fields(text) {
		if !prose.IsCapital(w) && !byline.IsParticle(w) && !byline.IsOrganizationWord(w) && strings.ContainsFunc(w, unicode.IsLetter) {
			return false
		}
	}
	return true
}

// cutAgencySlash cuts a credit off that a slash, a dash or nothing parts from the
// caption: "… leaves the harbour REUTERS/Jane Doe", "The harbour - AFP".
func (r Reader) cutAgencySlash(line string) (caption string, c Credit) {
	if before, who, ok := cutLast(line, " / "); ok {
		text, label := cutByLabel(who)
		if label != "" && Plausible(text) || r.IsAgency(who) {
			return before, Credit{text, label}
		}
	}
	for _, dash := range [...]string{" - ", " – ", " — "} {
		if before, who, ok := cutLast(line, dash); ok && (r.IsAgency(who) || r.AllParties(who)) {
			return before, Credit{Text: who}
		}
	}
	slash := strings.LastIndexByte(line, '/')
	if slash < 0 {
		return line, c
	}
	if c, ok := r.Labelled(line[slash+1:]); ok {
		return strings.TrimRight(line[:slash], " "), c
	}
	at := strings.LastIndexByte(strings.TrimRight(line[:slash], " "), ' ') + 1
	if at > 0 && r.IsAgency(line[at:slash]) && prose.IsUpperWord(strings.TrimSpace(line[at:slash])) && AllNames(line[slash+1:]) {
		return strings.TrimRight(line[:at], " "), Credit{Text: line[at:]}
	}
	return line, c
}

// cutLast cuts a text around the last separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// Cut parts a line from the credit that is printed behind it.
func (r Reader) Cut(line string) (caption string, c Credit) {
	line = prose.Squash(line)
	if len(line) > 2000 {
		return line, c
	}
	tail, at := line, 0
	if len(line) > 400 { // a credit stands at the end
		at = len(line) - 400
		for at < len(line) && line[at]&0xc0 == 0x80 {
			at++
		}
		tail = line[at:]
	}
	join := func(before string) string {
		return strings.TrimSpace(strings.TrimRight(line[:at]+before, " |–—-/•·([（＝"))
	}
	if before, c, ok := cutAtLabel(tail); ok {
		return join(before), c
	}
	if strings.ContainsAny(tail, "©ⓒ") || strings.Contains(tail, "(c)") || strings.Contains(tail, "(C)") || strings.Contains(tail, "Copyright") {
		if m := marked.FindStringSubmatch(tail); m != nil && Plausible(m[3]) {
			before, label := join(m[1]), m[2]
			if word := LabelAtEnd(before); word != "" { // "Photo © Jane Doe"
				before, label = strings.TrimRight(strings.TrimSuffix(before, word), " ,;|–-"), word
			}
			return before, Credit{strings.TrimSpace(m[3]), label}
		}
	}
	if m := prose.MatchEnding(taken, tail, "摄", "攝", "撮影"); m != nil {
		text := m[3]
		if strings.Contains(m[2], "社") { // the agency is a part of the credit
			text = m[2] + " " + text
		}
		return join(m[1]), Credit{text, m[4]}
	}
	for _, form := range [...]*regexp.Regexp{takenBy, provided} {
		if m := prose.MatchEnding(form, tail, "撮影", "제공"); m != nil {
			return join(m[1]), Credit{m[2], m[3]}
		}
	}
	if before, c, ok := r.cutBracket(tail); ok {
		return join(before), c
	}
	if before, c, ok := r.cutLastSentence(tail); ok {
		return join(before), c
	}
	return line, c
}

// cutBracket cuts a credit in brackets off the end of a line.
func (r Reader) cutBracket(line string) (before string, c Credit, ok bool) {
	m := prose.MatchEnding(bracketed, strings.TrimSuffix(line, "."), ")", "]", "）")
	if m == nil {
		return "", c, false
	}
	text, label := r.CutLabel(m[2])
	if label != "" {
		return m[1], Credit{text, label}, true
	}
	if r.IsAgency(m[2]) {
		// Who took the picture may stand before the brackets: "…. Jane Doe (AP)".
		if i := strings.LastIndexAny(m[1], ".!?|"); i > 0 && AllNames(m[1][i+1:]) {
			return m[1][:i+1], Credit{Text: strings.TrimSpace(line[i+1:])}, true
		}
		return m[1], Credit{Text: text}, true
	}
	if r.NamesAgency(m[2]) || prose.EndsSentence(m[1]) && signs(m[2]) || runTogether(m[1], line) {
		return m[1], Credit{Text: text}, true
	}
	return "", c, false
}

// cutLastSentence cuts a credit off that stands behind the last sentence, or
// behind a bar.
func (r Reader) cutLastSentence(line string) (before string, c Credit, ok bool) {
	i := strings.LastIndexAny(line, ".!?|")
	if i <= 0 || i+1 >= len(line) {
		return "", c, false
	}
	rest, keep := strings.TrimSpace(line[i+1:]), line[:i+1]
	if label := LabelAtEnd(keep); strings.HasSuffix(label, ".") && (r.NamesAgency(rest) || AllNames(rest)) {
		return strings.TrimSuffix(keep, label), Credit{rest, label}, true
	}
	if len(rest) >= 80 {
		return "", c, false
	}
	if c, ok := r.Labelled(rest); ok {
		return strings.TrimRight(keep, "|"), c, true
	}
	if r.NamesAgency(rest) {
		return strings.TrimRight(keep, "|"), Credit{Text: rest}, true
	}
	if who, whom, ok := strings.Cut(rest, "/"); ok && AllNames(who) && signs(rest) && strings.TrimSpace(whom) != "" {
		return strings.TrimRight(keep, "|"), Credit{Text: rest}, true
	}
	return "", c, false
}

// runTogether says whether a bracket follows the last word without a space, as
// systems put it there that keep the credit apart: "on the quay(Harbour)".
func runTogether(caption, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(caption)
	return prose.IsCased(last) && prose.CountWords(caption) > 3 && strings.HasPrefix(line[len(caption):], "(") && prose.IsCapital(line[len(caption):])
}

// signs says whether the words in a bracket behind a sentence are names of two
// parties, or one person's: "(Jane Doe/Harbour Pictures)".
func signs(s string) bool {
	s = strings.NewReplacer(" for ", "/", " für ", "/").Replace(s)
	pieces := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ',' })
	for _, p := range pieces {
		if fields := strings.Fields(p); len(fields) == 0 || len(fields) > 4 || !byline.LooksLikeName(fields) {
			return false
		}
	}
	return len(pieces) > 1 || len(pieces) == 1 && (len(strings.Fields(s)) == 2 || len(strings.Fields(s)) == 3)
}

// cutAtLabel finds the first label with a colon behind which nothing but a
// credit follows: "… Armed ForcesImage: Jane Doe/AFP". Korean has an equals sign
// there, Chinese a slash.
func cutAtLabel(line string) (before string, c Credit, ok bool) {
	for at := 0; ; {
		i := strings.IndexAny(line[at:], ":：=／/")
		if i < 0 {
			return "", c, false
		}
		sign := at + i
		mark, width := utf8.DecodeRuneInString(line[sign:])
		at = sign + width
		head := strings.TrimRight(line[:sign], " ")
		label := LabelAtEnd(head)
		if label == "" || (mark == '/' || mark == '／') && !prose.IsUncased(label) {
			continue
		}
		text := strings.Trim(line[at:], " .")
		before = strings.TrimSuffix(head, label)
		if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " ")); last != utf8.RuneError && !prose.IsCapital(label) && !strings.ContainsRune(".!?()[]|,;-–—/•·", last) {
			continue // "the main picture: …" goes on
		}
		for _, brackets := range [...]string{"()", "[]", "（）"} {
			open, shut := brackets[:len(brackets)/2], brackets[len(brackets)/2:]
			if strings.HasSuffix(strings.TrimRight(before, " "), open) {
				text = strings.TrimRight(strings.TrimSuffix(text, shut), " .")
			}
		}
		if len(text) >= 2 && Plausible(text) {
			return before, Credit{text, label}, true
		}
	}
}

// Plausible says whether a text behind a label can be a credit: a name or
// two, not a sentence.
func Plausible(s string) bool {
	return prose.CountWords(s) <= 14 && !breaks(s) && len(s) <= 120
}

// breaks says whether a sentence ends inside a text. What is short for a word
// ("U.S. ", "St. ") ends none.
func breaks(s string) bool {
	for {
		before, after, ok := strings.Cut(s, ". ")
		if !ok {
			return false
		}
		if utf8.RuneCountInString(before[strings.LastIndexAny(before, " .")+1:]) > 2 {
			return true
		}
		s = after
	}
}
