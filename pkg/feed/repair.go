package feed

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// repair gives text as a reader of XML can take it: without comments,
// instructions and declarations, without characters that XML forbids, whether
// they stand there or are referred to (XML 1.0, section 2.2), and with each
// "<" that opens nothing and each "]]>" that closes nothing escaped. A text
// without such faults is returned as it is.
//
// What is left has tags of at most [maxTag] bytes, and no entities beside those
// of XML and HTML.
func repair(text []byte) []byte {
	text = withoutForbidden(text)
	var fixed []byte
	done := 0 // text[:done] is in fixed
	replace := func(from, to int, with string) {
		if fixed == nil {
			fixed = make([]byte, 0, len(text)+len(text)/64)
		}
		fixed = append(append(fixed, text[done:from]...), with...)
		done = to
	}
	for at := 0; ; {
		i := bytes.IndexAny(text[at:], "<&]")
		if i < 0 {
			break
		}
		at += i
		rest := text[at:]
		switch {
		case rest[0] == ']':
			if bytes.HasPrefix(rest, []byte("]]>")) {
				replace(at, at+3, "]]&gt;")
				at += 2
			}
			at++
		case rest[0] == '&':
			size := forbiddenReference(rest)
			if size > 0 {
				replace(at, at+size, "")
			}
			at += max(size, 1)
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				at = len(text)
				continue
			}
			at += end + len("]]>")
		default:
			if size := asideSize(rest); size > 0 {
				replace(at, at+size, "")
				at += size
			} else if size := tagSize(rest); size > 0 {
				at += size
			} else {
				replace(at, at+1, "&lt;")
				at++
			}
		}
	}
	if fixed == nil {
		return text
	}
	return append(fixed, text[done:]...)
}

// tagSize is the size of the tag that s begins with, 0 if that is none.
func tagSize(s []byte) int {
	if len(s) < 3 || !nameStart(s[1]) && (s[1] != '/' || !nameStart(s[2])) {
		return 0
	}
	quote := byte(0)
	for i := 1; i < min(len(s), maxTag); i++ {
		switch b := s[i]; {
		case b == '<':
			return 0
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i + 1
		}
	}
	return 0
}

// forbiddenReference is the size of the character reference that s begins with
// if XML has no such character, else 0.
func forbiddenReference(s []byte) int {
	const longest = len("&#x0000000000;")
	if len(s) < 4 || s[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(s[:min(len(s), longest)], ';')
	if end < 0 {
		return 0
	}
	digits, radix := string(s[2:end]), 10
	if len(digits) > 1 && digits[0]|0x20 == 'x' {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	if err != nil || n <= utf8.MaxRune && allowed(rune(n)) {
		return 0
	}
	return end + 1
}

// withoutForbidden drops the characters that XML has none of.
func withoutForbidden(text []byte) []byte {
	for i := 0; i < len(text); i++ {
		if b := text[i]; b < ' ' && b != '\n' && b != '\t' && b != '\r' || b == 0xef && !allowedAt(text[i:]) {
			return bytes.Map(func(r rune) rune {
				if allowed(r) {
					return r
				}
				return -1
			}, text)
		}
	}
	return text
}

func allowedAt(s []byte) bool {
	r, _ := utf8.DecodeRune(s)
	return allowed(r)
}

// allowed is the production Char of XML 1.0, section 2.2.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || ' ' <= r && r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || 0x10000 <= r && r <= utf8.MaxRune
}
