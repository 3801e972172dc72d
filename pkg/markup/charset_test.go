package markup

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

func TestDecode(t *testing.T) {
	tests := []struct{ name, body, media, text, charset string }{
		{"plain", "caf\xc3\xa9", "text/html", "café", "utf-8"},
		{"byte order mark", "\xef\xbb\xbfx", "text/html; charset=iso-8859-1", "x", "utf-8"},
		{"utf-16", "\xff\xfex\x00\xe9\x00", "", "xé", "utf-16le"},
		{"header", "caf\xe9", "text/html; charset=iso-8859-1", "café", "windows-1252"},
		{"meta", `<meta charset="windows-1251">` + "\xec\xe8\xf0", "text/html", `<meta charset="windows-1251">мир`, "windows-1251"},
		{"meta http-equiv", `<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">` + "\x8b\xa4\x93\xaf", "text/html",
			`<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">共同`, "shift_jis"},
		{"wrong label", "caf\xc3\xa9", "text/html; charset=iso-8859-1", "café", "utf-8"},
		{"broken utf-8", "caf\xc3\xa9 \xff", "text/html; charset=utf-8", "café \ufffd", "utf-8"},
		{"called utf-8 and is not", "<p>\xcf\xf0\xe8\xe2\xe5\xf2, \xe3\xe0\xe2\xe0\xed\xfc \xe7\xe0\xea\xf0\xfb\xf2\xe0 \xe4\xee \xe2\xe5\xf7\xe5\xf0\xe0", "text/html; charset=utf-8", "<p>Привет, гавань закрыта до вечера", "windows-1251"},
		{"a stray apostrophe", "the mayor\x92s", "text/html; charset=utf-8", "the mayor’s", "windows-1252"},
		{"unknown label", "caf\xe9", "text/html; charset=klingon", "café", "windows-1252"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, charset := Decode([]byte(tt.body), tt.media)
			if string(text) != tt.text || charset != tt.charset {
				t.Errorf("got %q as %s, want %q as %s", text, charset, tt.text, tt.charset)
			}
		})
	}
}

// FuzzCharset states that whatever the bytes and their label are, the text is
// valid UTF-8 and the charset one that is known, and that valid UTF-8 stays as
// it is.
func FuzzCharset(f *testing.F) {
	f.Add([]byte("caf\xe9"), "text/html; charset=iso-8859-1")
	f.Add([]byte("\xff\xfe<\x00p\x00"), "")
	f.Add([]byte(`<meta charset="Shift_JIS">`+"\x8b\xa4\x93\xaf"), "text/html")
	f.Add([]byte(`<?xml encoding="gb18030"?>`+"\x84\x31\xa4\x37"), "text/xml")
	f.Add([]byte("\x1b$B6&F1\x1b(B"), "text/html; charset=iso-2022-jp")
	f.Add([]byte("plain"), "text/html; charset=utf-7")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, name := Decode(body, contentType)
		if !utf8.Valid(text) {
			t.Errorf("as %s it is no UTF-8: %q", name, text)
		}
		if enc, _ := charset.Lookup(name); enc == nil {
			t.Errorf("charset %q is unknown", name)
		}
		if name == "utf-8" && utf8.Valid(body) && !bytes.Equal(text, bytes.TrimPrefix(body, []byte("\ufeff"))) {
			t.Errorf("valid UTF-8 %q became %q", body, text)
		}
	})
}
