package feed

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// FuzzParse states the promise of the package: whatever the bytes are, the
// same bytes give the same document, every address in it is a normal web
// address that comes once, every text is valid and within its limit.
func FuzzParse(f *testing.F) {
	for _, body := range samples(f) {
		f.Add(body, "", here)
	}
	f.Add([]byte("\x1f\x8b\x08\x00"), "application/gzip", "")
	f.Add([]byte(rssOf("<item><title>a</b></title>", itemOf("b", "c-1"))), "text/xml; charset=windows-1251", "http://[::1]/")
	limits := Limits{Bytes: 1 << 16, Items: 20, Text: 40, Depth: 20}
	f.Fuzz(func(t *testing.T, body []byte, contentType, address string) {
		doc, err := Parse(body, contentType, address, limits)
		again, errAgain := Parse(body, contentType, address, limits)
		if diff := cmp.Diff(doc, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Fatalf("not the same twice: %v, %v\n%s", err, errAgain, diff)
		}
		if err != nil {
			if _, ok := errors.AsType[*NotFeedError](err); !ok || !utf8.ValidString(err.Error()) {
				t.Fatalf("error %q is no NotFeedError in UTF-8", err)
			}
			return
		}
		checkDocument(t, doc, limits)
	})
}

func checkDocument(t *testing.T, doc *Document, limits Limits) {
	t.Helper()
	if len(doc.Items) > limits.Items || len(doc.Sources) > limits.Items {
		t.Errorf("%d items and %d sources, the limit is %d", len(doc.Items), len(doc.Sources), limits.Items)
	}
	if doc.Interval < 0 || doc.Interval > MaxInterval {
		t.Errorf("interval is %s", doc.Interval)
	}
	text := func(texts ...string) {
		for _, s := range texts {
			if !utf8.ValidString(s) || len(s) > limits.Text {
				t.Errorf("text %q is no UTF-8 or longer than %d", s, limits.Text)
			}
		}
	}
	date := func(dates ...news.Date) {
		for _, d := range dates {
			if d.Value != "" && !readsBack(d) || !utf8.ValidString(d.Raw) {
				t.Errorf("date %+v has no known form", d)
			}
		}
	}
	seen := map[string]bool{}
	text(doc.Title, doc.Language)
	for _, it := range doc.Items {
		checkAddress(t, it.URL)
		if seen[it.URL] {
			t.Errorf("address %q comes twice", it.URL)
		}
		seen[it.URL] = true
		text(it.Title, it.ID, it.Language)
		text(it.Keywords...)
		date(it.Published, it.Updated)
	}
	for _, s := range doc.Sources {
		checkAddress(t, s.URL)
		text(s.Title)
		text(s.Groups...)
		date(s.Updated)
	}
	for _, address := range append([]string{doc.URL, doc.Self}, doc.Hubs...) {
		if address != "" {
			checkAddress(t, address)
		}
	}
	for _, w := range doc.Warnings {
		if !utf8.ValidString(w) {
			t.Errorf("warning %q is no UTF-8", w)
		}
	}
}

func checkAddress(t *testing.T, address string) {
	t.Helper()
	if normal, err := weburl.Normalize(address); err != nil || normal != address {
		t.Errorf("address %q is not normal: %q, %v", address, normal, err)
	}
}

// FuzzDate states that a date that is understood has the form that [news.Date]
// promises.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"Wed, 04 Mar 2026 10:00:05 GMT+0100", "2026-03-04T10:00:05.1-03:30", "4.3.2026 9:05 pm", "1772618405", "14 juillet 26"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := parseDate(s); ok && !readsBack(d) {
			t.Errorf("parseDate(%q) = %+v", s, d)
		}
	})
}

// FuzzDiscover states that what is discovered are normal web addresses.
func FuzzDiscover(f *testing.F) {
	f.Add([]byte(discoverPage), "https://harbour.example/a/")
	f.Fuzz(func(t *testing.T, page []byte, address string) {
		for _, s := range Discover(page, address) {
			checkAddress(t, s.URL)
			if !utf8.ValidString(s.Title) {
				t.Errorf("title %q is no UTF-8", s.Title)
			}
		}
	})
}
