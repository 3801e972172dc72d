package language

import (
	"strings"
	"unicode"
)

// scripts are those that one language has to itself, as far as news goes.
var scripts = []struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Hangul, "ko"}, {unicode.Hebrew, "he"}, {unicode.Greek, "el"}, {unicode.Thai, "th"},
	{unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"},
	{unicode.Georgian, "ka"}, {unicode.Armenian, "hy"},
}

// scriptSample is how many letters are looked at.
const scriptSample = 2000

// byScript tells the languages that a text's letters give away.
func byScript(text string) string {
	var han, kana, arabic, farsi, letters int
	counts := make([]int, len(scripts))
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if letters++; letters > scriptSample {
			break
		}
		switch {
		case r < 0x370: // Latin
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Arabic, r):
			arabic++
			if strings.ContainsRune("پچژگک", r) {
				farsi++
			}
		default:
			for i := range scripts {
				if unicode.Is(scripts[i].table, r) {
					counts[i]++
					break
				}
			}
		}
	}
	half := letters / 2
	switch {
	case letters < 20:
		return ""
	case kana*10 > letters && han+kana > half:
		return "ja"
	case han > half:
		return "zh"
	case arabic > half && farsi*50 > arabic:
		return "fa"
	case arabic > half:
		return "ar"
	}
	for i, n := range counts {
		if n > half {
			return scripts[i].tag
		}
	}
	return ""
}
