package robots

import (
	"strings"
	"testing"
	"time"
)

func TestAllowed(t *testing.T) {
	tests := []struct {
		name, text, path string
		want             bool
	}{
		{"nothing said", "", "/a", true},
		{"all forbidden", "User-agent: *\nDisallow: /\n", "/a", false},
		{"empty rule says nothing", "User-agent: *\nDisallow:\n", "/a", true},
		{"robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
		{"prefix", "User-agent: *\nDisallow: /a\n", "/apple", false},
		{"case counts in paths", "User-agent: *\nDisallow: /a\n", "/Apple", true},
		{"query", "User-agent: *\nDisallow: /a?print\n", "/a?print=1", false},

		{"longest rule wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},
		{"longest rule wins in any order", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/c", false},
		{"of equals the one that allows", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},

		{"star", "User-agent: *\nDisallow: /a/*/print\n", "/a/b/c/print.html", false},
		{"star begins at the start", "User-agent: *\nDisallow: /a*b\n", "/news/a-b", true},
		{"leading star", "User-agent: *\nDisallow: *.pdf\n", "/a/b.pdf?x", false},
		{"dollar", "User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", false},
		{"dollar is the end", "User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x", true},
		{"only the home page", "User-agent: *\nDisallow: /$\n", "/news/", true},
		{"dollar after a repeated part", "User-agent: *\nDisallow: /*aa$\n", "/aaa", false},
		{"dollar may not overlap", "User-agent: *\nDisallow: /ab*ba$\n", "/aba", true},
		{"star before dollar", "User-agent: *\nDisallow: /a*$\n", "/abc", false},
		{"dollar inside is a letter", "User-agent: *\nDisallow: /a$b\n", "/a$b", false},
		{"literal star", "User-agent: *\nDisallow: /a%2Ab\n", "/axb", true},
		{"literal star matches", "User-agent: *\nDisallow: /a%2Ab\n", "/a*b", false},

		{"escapes in either case", "User-agent: *\nDisallow: /%c3%a4\n", "/%C3%A4", false},
		{"letters and their escapes", "User-agent: *\nDisallow: /ä\n", "/%C3%A4", false},
		{"needless escapes", "User-agent: *\nDisallow: /%7Euser\n", "/~user", false},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},

		{"own group", "User-agent: copydesk\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", "/b", true},
		{"own group by any case", "User-agent: CopyDesk\nDisallow: /a\n", "/a", false},
		{"own group with a version", "User-agent: copydesk/2.1\nDisallow: /a\n", "/a", false},
		{"own groups add up", "User-agent: copydesk\nDisallow: /a\n\nUser-agent: copydesk\nDisallow: /b\n", "/a", false},
		{"empty own group frees", "User-agent: copydesk\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/a", true},
		{"a shorter name is another crawler", "User-agent: copy\nDisallow: /\n", "/a", true},
		{"a longer name is another crawler", "User-agent: copydesk-images\nDisallow: /\n", "/a", true},
		{"two names share a group", "User-agent: other\nUser-agent: copydesk\nDisallow: /a\n", "/a", false},
		{"a sitemap ends no group", "User-agent: copydesk\nSitemap: https://news.example/s.xml\nDisallow: /a\n", "/a", false},
		{"rule before any group", "Disallow: /a\nUser-agent: *\nDisallow: /b\n", "/a", true},

		{"comments", "User-agent: * # all\nDisallow: /a # not this\n", "/a", false},
		{"byte order mark", "\ufeffUser-agent: *\nDisallow: /a\n", "/a", false},
		{"carriage returns", "User-agent: *\rDisallow: /a\r", "/a", false},
		{"spaces", "  user-agent :  *  \n  DISALLOW :  /a  \n", "/a", false},
		{"forgotten slash", "User-agent: *\nDisallow: a\n", "/a", false},
		{"a bad line spoils no other", "User-agent: *\nCrawl-delay: soon\n<html>\nDisallow: /a\n", "/a", false},
		{"beyond the limit", "User-agent: *\n" + strings.Repeat("#", SizeLimit) + "\nDisallow: /a\n", "/a", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Parse([]byte(tt.text), "copydesk").Allowed(tt.path); got != tt.want {
				t.Errorf("Allowed(%q) = %v, want %v", tt.path, got, tt.want)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	tests := []struct {
		name, text string
		want       time.Duration
	}{
		{"none", "User-agent: *\nDisallow: /\n", 0},
		{"seconds", "User-agent: *\nCrawl-delay: 10\n", 10 * time.Second},
		{"a part of a second", "User-agent: *\nCrawl-delay: 0.5\n", 500 * time.Millisecond},
		{"another crawler's", "User-agent: other\nCrawl-delay: 10\n", 0},
		{"no number", "User-agent: *\nCrawl-delay: soon\n", 0},
		{"below zero", "User-agent: *\nCrawl-delay: -1\n", 0},
		{"endless", "User-agent: *\nCrawl-delay: Inf\n", 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Parse([]byte(tt.text), "copydesk").CrawlDelay; got != tt.want {
				t.Errorf("CrawlDelay = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestProduct(t *testing.T) {
	for in, want := range map[string]string{
		"Copydesk/1 (+https://news.example)": "Copydesk",
		"copy-desk_x":                        "copy-desk_x",
		"/1":                                 "",
	} {
		if got := Product(in); got != want {
			t.Errorf("Product(%q) = %q, want %q", in, got, want)
		}
	}
}

// A path is forbidden by a rule that is the path itself, however it is written.
func FuzzForbidsItself(f *testing.F) {
	f.Add("a/%7e*b$?c=ä")
	f.Add("%2")
	f.Fuzz(func(t *testing.T, path string) {
		path = "/" + strings.Map(func(r rune) rune {
			if r <= ' ' || r == '#' || r == 0x85 || r == 0xa0 || r > 0xff {
				return -1
			}
			return r
		}, path)
		if path == "/robots.txt" {
			return
		}
		text := "User-agent: *\nDisallow: " + wildcards.Replace(path) + "\n"
		if Parse([]byte(text), "copydesk").Allowed(path) {
			t.Errorf("%q does not forbid %q", text, path)
		}
	})
}
