package feed

import (
	"bytes"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

const (
	// declarationPrefix is how far an XML declaration can reach.
	declarationPrefix = 256
	// guessPrefix bounds what a guess is made from: guessing is slow.
	guessPrefix = 16384
	// sureGuess is the least confidence at which a guess is believed.
	sureGuess = 0.6
)

// decode gives a body as valid UTF-8. A byte order mark is believed first
// (RFC 7303, section 3); then the bytes themselves, for what is valid UTF-8 is
// hardly anything else; then the header; then the XML declaration; then a
// guess. A header that says Latin-1 comes after the declaration: it is what
// servers say that were told nothing.
func (c *collector) decode(body []byte, contentType string) []byte {
	if utf16, mark := utf16Of(body); utf16 != nil {
		if text, err := utf16.NewDecoder().Bytes(body[mark:]); err == nil {
			return validUTF8(text)
		}
	}
	body = withoutHalfRune(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	header := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		header = params["charset"]
	}
	labels := []string{header, declaredCharset(body[:min(len(body), declarationPrefix)])}
	if _, name := charset.Lookup(header); name == "windows-1252" {
		slices.Reverse(labels)
	}
	if utf8.Valid(body) && !escapes(labels[0]) && !escapes(labels[1]) {
		return body
	}
	for _, label := range labels {
		if text, ok := decodeAs(body, label); ok {
			return text
		}
	}
	if someUTF8(body) {
		c.warn("bytes that are no UTF-8")
		return validUTF8(body)
	}
	guess := chardet.Detect(body[:min(len(body), guessPrefix)])
	if guess.Confidence >= sureGuess {
		if text, ok := decodeAs(body, guess.Encoding); ok {
			c.warn("charset %s guessed", strings.ToLower(guess.Encoding))
			return text
		}
	}
	c.warn("charset windows-1252 assumed")
	text, _ := decodeAs(body, "windows-1252")
	return text
}

// utf16Of knows UTF-16 by its mark, or by the zero beside the first "<" or "{"
// (XML 1.0, appendix F.1); mark is the size of the mark.
func utf16Of(body []byte) (enc encoding.Encoding, mark int) {
	if len(body) < 4 {
		return nil, 0
	}
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	opens := func(b byte) bool { return b == '<' || b == '{' }
	switch {
	case body[0] == 0xff && body[1] == 0xfe:
		return little, 2
	case body[0] == 0xfe && body[1] == 0xff:
		return big, 2
	case opens(body[0]) && body[1] == 0 && body[3] == 0:
		return little, 0
	case body[0] == 0 && opens(body[1]) && body[2] == 0:
		return big, 0
	}
	return nil, 0
}

// declaredCharset is the encoding of an XML declaration (XML 1.0, section
// 4.3.3).
func declaredCharset(head []byte) string {
	_, rest, ok := bytes.Cut(head, []byte("<?xml"))
	declaration, _, closed := bytes.Cut(rest, []byte("?>"))
	_, value, named := bytes.Cut(declaration, []byte("encoding"))
	if !ok || !closed || !named {
		return ""
	}
	value = bytes.TrimLeft(value, " \t\r\n=")
	if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	label, _, _ := bytes.Cut(value[1:], value[:1])
	return string(label)
}

// escapes says whether a charset writes other characters in ASCII bytes, so
// that being valid UTF-8 proves nothing.
func escapes(label string) bool {
	label = strings.ToLower(label)
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "hz-")
}

// decodeAs reads a body in a charset other than Unicode: a body that is called
// UTF-8 has been found to be something else, and one called UTF-16 without a
// mark is none.
func decodeAs(body []byte, label string) ([]byte, bool) {
	enc, name := charset.Lookup(strings.TrimSpace(label))
	if enc == nil || strings.HasPrefix(name, "utf-") || name == "replacement" || name == "x-user-defined" {
		return nil, false
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, false
	}
	return validUTF8(text), true
}

// someUTF8 says whether most characters beyond ASCII are valid UTF-8: then the
// others are damage.
func someUTF8(body []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good > bad
}

// withoutHalfRune drops a character of UTF-8 that a cut has left incomplete at
// the end: it would make a whole body look like another charset.
func withoutHalfRune(body []byte) []byte {
	for size := 1; size < utf8.UTFMax && size <= len(body); size++ {
		last := body[len(body)-size:]
		if utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				break
			}
			return body[:len(body)-size]
		}
	}
	return body
}

func validUTF8(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	return bytes.ToValidUTF8(text, []byte("\ufffd"))
}
