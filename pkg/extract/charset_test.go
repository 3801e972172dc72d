package extract

import "testing"

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
			text, charset := decode([]byte(tt.body), tt.media)
			if string(text) != tt.text || charset != tt.charset {
				t.Errorf("got %q as %s, want %q as %s", text, charset, tt.text, tt.charset)
			}
		})
	}
}

func TestDetectLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The council voted on Friday to keep all of the lines that it had, for at least another year.", "en"},
		{"Das Rathaus ist am Dienstag geräumt worden, nachdem der Damm auf einer Länge von dreißig Metern gebrochen war.", "de"},
		{"Le phare sera restauré par la commune, qui a trouvé l'argent dans une souscription pour les travaux.", "fr"},
		{"La campana apareció en el gallinero de una vecina que la usaba como bebedero desde hace años.", "es"},
		{"汐凪町の浜小学校の五年生が、漁協の指導でワカメの種付けを体験した。", "ja"},
		{"Мэр сказал, что он не знает, как это было и кто из них был на мосту.", "ru"},
		{"xyzzy", ""},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			if got := detectLanguage(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
