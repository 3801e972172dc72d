package weburl

import (
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"case and default port", "HTTPS://News.Example:443/A", "https://news.example/A"},
		{"other port stays", "http://news.example:8080", "http://news.example:8080/"},
		{"fragment and user go", "http://me:secret@news.example/a#top", "http://news.example/a"},
		{"dot segments", "http://news.example/a/./b/../c/..", "http://news.example/a/"},
		{"double slash stays", "http://news.example/a//b", "http://news.example/a//b"},
		{"escapes", "http://news.example/%7euser/%c3%a4", "http://news.example/~user/%C3%A4"},
		{"raw letters are escaped", "http://news.example/ä", "http://news.example/%C3%A4"},
		{"an escaped slash is no slash", "http://news.example/a%2fb", "http://news.example/a%2Fb"},
		{"international host", "http://Zeitung-Köln.example/", "http://xn--zeitung-kln-zfb.example/"},
		{"tracking goes, order stays", "http://news.example/a?z=1&utm_source=x&fbclid=9&a=2", "http://news.example/a?z=1&a=2"},
		{"tracking in escapes", "http://news.example/a?%75tm_source=x&%66bclid=9&a=%41", "http://news.example/a?a=A"},
		{"raw letters and spaces of a query", "http://news.example/a?q=ä b #", "http://news.example/a?q=%C3%A4%20b%20"},
		{"only tracking", "http://news.example/a?utm_source=x", "http://news.example/a"},
		{"trailing dot", "http://news.example./a", "http://news.example/a"},
		{"trailing dots", "http://news.example。../a", "http://news.example/a"},
		{"one number", "http://2130706433/a", "http://127.0.0.1/a"},
		{"hexadecimal, octal, shortened", "http://0x7F.01/a", "http://127.0.0.1/a"},
		{"nothing but a prefix", "http://0x/a", "http://0.0.0.0/a"},
		{"the highest address", "http://4294967295/a", "http://255.255.255.255/a"},
		{"a label that begins with a number", "http://24.example/a", "http://24.example/a"},
		{"IPv6", "http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Normalize(tt.in)
			if err != nil || got != tt.want {
				t.Errorf("Normalize(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
			}
		})
	}
	for _, bad := range []string{"", "news.example/a", "ftp://news.example/a", "javascript:void(0)", "http://", "http://%zz/", "http://news.example/" + strings.Repeat("a", maxLength), "http://news.example/" + strings.Repeat("ä", maxLength/4), "http://.../", "http://4294967296/", "http://1.2.3.4.5/", "http://127.0.0.256/", "http://08/", "http://news.1/"} {
		if got, err := Normalize(bad); err == nil {
			t.Errorf("Normalize(%.40q) = %q, want an error", bad, got)
		}
	}
}

func FuzzNormalizeTwice(f *testing.F) {
	for _, s := range []string{"http://a.example/%7e/../b?utm_x=1&q=%e4", "HTTP://Ä.example:80//", "http://[::1]/", "http://a.example/%2F%2e%2e/?&&=#", "http://a.example/?%75tm_source=x", "http://a.example/?  #", "http://0x7f.1/", "http://0177.0.0.1./"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := Normalize(s)
		if err != nil {
			return
		}
		twice, err := Normalize(once)
		if err != nil || once != twice {
			t.Errorf("Normalize(%q) = %q, again %q, %v", s, once, twice, err)
		}
	})
}

func TestSite(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.news.co.uk/a":    "news.co.uk",
		"https://p.news.example/x":    "news.example",
		"http://127.0.0.1:8080/":      "127.0.0.1",
		"file:///home/me/page.html":   "_",
		"":                            "_",
		"https://Zeitung-Köln.test/a": "xn--zeitung-kln-zfb.test",
	} {
		if got := Site(in); got != want {
			t.Errorf("Site(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Token("news.co.uk"); got != "news_co_uk" {
		t.Errorf("Token = %q", got)
	}
}

func TestStoryKey(t *testing.T) {
	tests := []struct{ name, canonical, final, want string }{
		{"canonical of the same site", "https://news.example/a-1", "https://m.news.example/amp/a-1?x=2", "https://news.example/a-1"},
		{"canonical of another site", "https://other.example/a-1", "https://news.example/a-1", "https://news.example/a-1"},
		{"canonical is the home page", "https://news.example/", "https://news.example/a-1", "https://news.example/a-1"},
		{"canonical is a section", "https://news.example/politics/", "https://news.example/a-1", "https://news.example/a-1"},
		{"saved file with canonical", "https://news.example/a-1", "", "https://news.example/a-1"},
		{"nothing", "", "file:///a.html", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := StoryKey(tt.canonical, tt.final); got != tt.want {
				t.Errorf("StoryKey(%q, %q) = %q, want %q", tt.canonical, tt.final, got, tt.want)
			}
		})
	}
}
