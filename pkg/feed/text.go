package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainText takes HTML off a text that may or may not be HTML, as RSS leaves
// it open: tags that HTML knows, and character references. "5 < 6" stays.
func plainText(s string) string {
	if !strings.Contains(s, "<") {
		return html.UnescapeString(s)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case 0:
				b.WriteString(raw)
			case atom.Br, atom.P, atom.Div, atom.Li:
				b.WriteByte(' ')
			}
			// The text of <script>, <title> and the like is text here.
			z.NextIsNotRawText()
		}
	}
}

// cleanText folds white space and drops what nobody can see.
func cleanText(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.Map(func(r rune) rune {
		if r == '\ufeff' || r == '\u200b' || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// cutText is s, cut at a character when it has more than size bytes.
func cutText(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return strings.TrimSpace(s[:size])
}

// languageTag is a language tag as stated, empty if it cannot be one
// (RFC 5646, section 2.1).
func languageTag(s string) string {
	s = strings.ReplaceAll(cleanText(s), "_", "-")
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) {
			return ""
		}
		for _, b := range []byte(part) {
			if !('a' <= b|0x20 && b|0x20 <= 'z' || i > 0 && '0' <= b && b <= '9') {
				return ""
			}
		}
	}
	if len(s) > 35 {
		return ""
	}
	return s
}
