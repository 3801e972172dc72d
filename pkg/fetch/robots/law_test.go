package robots

import (
	"testing"
	"time"
)

// FuzzParse states that whatever a robots.txt says, it takes no more memory
// than its text allows, asks for no longer delay than a day, never closes
// itself, and says the same with other line ends.
func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1e9\n"), "/a?b")
	f.Add([]byte("\ufeffuser-agent:copydesk\rdisallow:%2F%2a\r"), "/%2F*")
	f.Add([]byte("Disallow: ***********\nUser-agent: copydesk/1 # x"), "")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		rules := Parse(text, "copydesk")
		if limit := 64 * (len(text) + 1); rules.Size() > limit {
			t.Errorf("%d bytes of rules from %d bytes of text", rules.Size(), len(text))
		}
		if rules.CrawlDelay < 0 || rules.CrawlDelay > 24*time.Hour {
			t.Errorf("delay %v", rules.CrawlDelay)
		}
		if !rules.Allowed("/robots.txt") {
			t.Error("robots.txt forbids itself")
		}
		crlf := make([]byte, 0, len(text)+8)
		for _, c := range text {
			if c == '\n' {
				crlf = append(crlf, '\r')
			}
			crlf = append(crlf, c)
		}
		if len(crlf) <= SizeLimit && Parse(crlf, "copydesk").Allowed(path) != rules.Allowed(path) {
			t.Errorf("other line ends change what is allowed of %q", path)
		}
	})
}
