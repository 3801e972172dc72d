package weburl

import (
	"strings"
	"testing"
)

// The keys are those that pywb 2.10 makes of the same addresses.
func TestSURT(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"case, www, fragment", "https://www2.News.example/A/B/#c", "example,news)/a/b"},
		{"no path", "https://news.example", "example,news)/"},
		{"a port", "http://news.example:8080/a", "example,news:8080)/a"},
		{"the scheme's own port", "https://user@news.example:443/a", "example,news)/a"},
		{"parameters in order", "https://news.example/a/?B=2&a=1&a=0&c", "example,news)/a?a=0&a=1&b=2&c"},
		{"names before values", "https://news.example/a?b=1&b=0&a-b=1&a=2", "example,news)/a?a=2&a-b=1&b=0&b=1"},
		{"an empty query", "https://news.example/a?", "example,news)/a"},
		{"empty parameters", "https://news.example/a?&&b=1&", "example,news)/a?&&&b=1"},
		{"slashes and dots", "https://news.example/a//b/./c/../d/.", "example,news)/a/b/d"},
		{"above the root", "https://news.example/../a/", "example,news)/../a"},
		{"escapes", "https://news.example/%7euser/%41%20ä?x=%2542", "example,news)/~user/a%20%c3%a4?x=b"},
		{"escaped delimiters", "https://news.example/a%2Fb%23c?x=a%26b", "example,news)/a/b%23c?b&x=a"},
		{"no escapes", "https://news.example/a%zz?x=%", "example,news)/a%25zz?x=%25"},
		{"escapes that end escapes", "https://news.example/%%34%31", "example,news)/a"},
		{"other letters", "https://ümlaut.example/", "example,xn--mlaut-jva)/"},
		{"IPv4", "http://127.0.0.1:8080/a", "1,0,0,127:8080)/a"},
		{"IPv4 as one number", "http://2130706433/", "1,0,0,127)/"},
		{"IPv6", "http://[2001:DB8::1]/a", "2001:db8::1)/a"},
		{"a session", "https://news.example/a?b=1&SID=9682993c8daa2c5497996114facdc805&a=2", "example,news)/a?a=2&b=1"},
		{"a session at the end", "https://news.example/a?x=1&sid=9682993c8daa2c5497996114facdc805", "example,news)/a?&x=1"},
		{"a session in the path", "https://news.example/(S(0123456789abcdefghijklmn))/a.aspx", "example,news)/a.aspx"},
		{"a file", "file:///A/b.html", "file:/a/b.html"},
		{"a name", "urn:uuid:1", "urn:uuid:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := SURT(tt.in); got != tt.want {
				t.Errorf("SURT(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// FuzzSURT: the key of a web address is one word of ASCII.
func FuzzSURT(f *testing.F) {
	for _, s := range []string{"http://a.example/%7e/../b?x=1&q=%e4", "HTTP://Ä.example:80//", "http://[::1", "http://@:/?&&=#", "https://%00/ %"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := SURT(s)
		if _, err := Normalize(s); err != nil {
			return
		}
		for _, c := range []byte(key) {
			if c <= ' ' || c >= 0x7f {
				t.Fatalf("SURT(%q) = %q", s, key)
			}
		}
	})
}

func TestSURTIsLinear(t *testing.T) {
	// An escape of an escape of … would take time in the square of its length if
	// each was undone by itself.
	if got := SURT("https://news.example/%" + strings.Repeat("25", 1<<20) + "41"); got != "example,news)/a" {
		t.Errorf("%.60q", got)
	}
}
