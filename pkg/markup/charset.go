package markup

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

const (
	// metaPrefix is how far a declaration of the charset is looked for. The
	// standard says 1,024 bytes; pages put it later all the same.
	metaPrefix = 8192
	// guessPrefix bounds what a guess is made from: guessing is slow.
	guessPrefix = 16384
	// sureGuess is the least confidence at which a guess is believed.
	sureGuess = 0.6
)

// Decode gives the text of a body in valid UTF-8 and the charset it was in. A
// byte order mark is believed first, then the header, then the page itself
// (HTML standard, section 13.2.3.2), then a guess.
func Decode(body []byte, contentType string) (text []byte, name string) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return valid(body[3:]), "utf-8"
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return utf16(body, unicode.LittleEndian), "utf-16le"
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return utf16(body, unicode.BigEndian), "utf-16be"
	}
	declared := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		declared = params["charset"]
	}
	if declared == "" {
		declared = declaredIn(body[:min(len(body), metaPrefix)])
	}
	if utf8.Valid(body) && !escapes(declared) {
		// What is valid UTF-8 is UTF-8, whatever it is called; plain ASCII
		// reads the same in what it was called.
		return body, "utf-8"
	}
	if text, name, ok := decodeAs(body, declared); ok && (name != "utf-8" || mostlyUTF8(body)) {
		return text, name
	}
	guess := chardet.Detect(body[:min(len(body), guessPrefix)])
	if guess.Confidence >= sureGuess {
		if text, name, ok := decodeAs(body, guess.Encoding); ok {
			return text, name
		}
	}
	text, name, _ = decodeAs(body, "windows-1252")
	return text, name
}

// mostlyUTF8 says whether more of the letters beyond ASCII are valid UTF-8 than
// are not. Where they are not, the page only calls itself so.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		body = body[size:]
	}
	return good >= bad
}

// escapes says whether a charset writes other characters in ASCII bytes, so
// that being valid UTF-8 proves nothing.
func escapes(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "utf-16") || name == "utf-7" || strings.HasPrefix(name, "hz-")
}

func decodeAs(body []byte, label string) (text []byte, name string, ok bool) {
	enc, name := charset.Lookup(label)
	if enc == nil || name == "replacement" || name == "x-user-defined" {
		return nil, "", false
	}
	if name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		// A page cannot say in ASCII that it is UTF-16.
		return valid(body), "utf-8", true
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, "", false
	}
	return valid(text), name, true
}

func utf16(body []byte, order unicode.Endianness) []byte {
	text, err := unicode.UTF16(order, unicode.ExpectBOM).NewDecoder().Bytes(body)
	if err != nil {
		return nil
	}
	return valid(text)
}

func valid(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	return bytes.ToValidUTF8(text, []byte("\ufffd"))
}

// declaredIn finds charset=… in the head of a page.
func declaredIn(head []byte) string {
	low := bytes.ToLower(head)
	for at := 0; ; {
		i := bytes.Index(low[at:], []byte("charset"))
		if i < 0 {
			break
		}
		at += i + len("charset")
		if !bytes.Contains(low[max(0, at-200):at], []byte("<meta")) {
			continue
		}
		rest := bytes.TrimLeft(low[at:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
		if end := bytes.IndexAny(rest, " \t\r\n\"'/>;"); end > 0 {
			return string(rest[:end])
		}
	}
	if bytes.HasPrefix(low, []byte("<?xml")) {
		if i := bytes.Index(low, []byte("encoding=")); i > 0 && i < 200 {
			rest := bytes.TrimLeft(low[i+len("encoding="):], "\"'")
			if end := bytes.IndexAny(rest, "\"' ?>"); end > 0 {
				return string(rest[:end])
			}
		}
	}
	return ""
}
