package export

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

const sourceRole = "copydesk:sourceRole:"

func storyURI(storyID string) string { return "copydesk:story:" + storyID }

func partURI(s *news.Stored, name string) string { return storyURI(s.StoryID) + ":" + name }

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// exactly is a date as RFC 3339 where it is known to a time with a zone. A day is
// no moment, and none is made of it.
func exactly(d *news.Date) string {
	if d == nil {
		return ""
	}
	t, err := time.Parse(time.RFC3339, d.Value)
	if err != nil {
		return ""
	}
	return t.Format(time.RFC3339)
}

// uri is an address as RFC 3986 has it, "" for what is none.
func uri(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !u.IsAbs() {
		return ""
	}
	whole := escaped(u.String())
	if _, err := url.Parse(whole); err != nil {
		return "" // its host is no host
	}
	return whole
}

// escaped has every byte that an address may not have as a percent and two digits.
func escaped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>\^{|}`+"`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
