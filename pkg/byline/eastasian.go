package byline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// reporterTitles follow or precede a name in Korean, Japanese and Chinese, the
// longest first.
var reporterTitles = []string{"논설위원", "선임기자", "인턴기자", "객원기자", "전문기자", "대기자", "특파원", "기자", "앵커", "特派員", "特派记者", "特約記者", "特约记者", "实习记者", "本報記者", "本报记者", "記者", "记者"}

// reportWords end the place that follows a reporter's name: "台北報導".
var reportWords = []string{"報導", "报道", "報道", "综合报道", "電", "电"}

// EastAsianNames reads the names in a piece of a byline in Korean, Japanese or
// Chinese: those beside a title, or all if something said that names follow.
func EastAsianNames(piece string, said bool) (names []string, ok bool) {
	piece = strings.Trim(piece, " []【】()（）〈〉<>=")
	if !prose.IsCJK(prose.FirstRune(piece)) {
		return nil, false
	}
	for _, w := range strings.FieldsFunc(piece, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("·・、，,/／=", r) }) {
		w = strings.Trim(w, "[]【】()（）=:：")
		bare := w
		for _, title := range reporterTitles {
			rest, cut := strings.CutSuffix(w, title)
			if !cut {
				rest, cut = strings.CutPrefix(w, title)
			}
			if cut {
				bare, said = rest, true
				break
			}
		}
		switch {
		case IsOrganization(bare):
		case bare == "" || strings.ContainsFunc(bare, func(r rune) bool { return r < 0x80 }):
		case slices.ContainsFunc(reportWords, func(end string) bool { return strings.HasSuffix(bare, end) }):
		case IsHanName(bare) || isHangulName(bare):
			names = append(names, bare)
		}
	}
	if !said {
		return nil, true
	}
	return names, true
}

// isHangulName says whether a word can be a whole name in Korean.
func isHangulName(w string) bool {
	n := utf8.RuneCountInString(w)
	return n > 1 && n < 5 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
}
