package weburl

import (
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// FuzzSite states that a site survives normalising its address, and that its
// token is one token of a subject.
func FuzzSite(f *testing.F) {
	for _, s := range []string{"https://www.News.co.uk/a", "http://[::1]:8080/", "http://0x7f.1/", "file:///a.html", "http://a_b.example./", "http://*.>.example/", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		site := Site(address)
		if token := Token(site); token == "" || strings.ContainsAny(token, ".*> \t\r\n") {
			t.Errorf("token %q of site %q is not one token", token, site)
		}
		normal, err := Normalize(address)
		if err != nil {
			return
		}
		if again := Site(normal); site == news.NoSite || again != site {
			t.Errorf("site of %q is %q, of its normal form %q", address, site, again)
		}
		if !SameSite(address, normal) {
			t.Errorf("%q and %q are not of one site", address, normal)
		}
	})
}

// FuzzStoryKey states that the key of a story is a normal address, and of the
// site of the page wherever that has one.
func FuzzStoryKey(f *testing.F) {
	f.Add("https://news.example/a-1", "https://m.news.example/amp/a-1?x=2")
	f.Add("https://other.example/a-1", "https://news.example/a-1")
	f.Add("https://news.example/?p=1", "")
	f.Add("//news.example/a-1", "file:///a.html")
	f.Fuzz(func(t *testing.T, canonical, final string) {
		key := StoryKey(canonical, final)
		if key == "" {
			return
		}
		if normal, err := Normalize(key); err != nil || normal != key {
			t.Errorf("key %q is not normal: %q, %v", key, normal, err)
		}
		if end, err := Normalize(final); err == nil && !SameSite(key, end) {
			t.Errorf("key %q is of another site than %q", key, end)
		}
		if again := StoryKey(key, final); again != key {
			t.Errorf("key of %q is %q", key, again)
		}
	})
}
