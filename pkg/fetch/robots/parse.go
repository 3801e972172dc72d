package robots

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// SizeLimit is how many bytes of a robots.txt are read, the least that the
// standard allows (RFC 9309, section 2.5): 500 KiB.
const SizeLimit = 500 << 10

// Rules is what a robots.txt asks of one crawler. The zero value allows all.
type Rules struct {
	// CrawlDelay is the time to leave between requests, 0 where none is asked.
	CrawlDelay time.Duration
	rules      []rule
}

type rule struct {
	pattern string
	allow   bool
}

// Product is the product token that a User-Agent header begins with
// (RFC 9309, section 2.2.1): letters, "_" and "-".
func Product(userAgent string) string {
	end := strings.IndexFunc(userAgent, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
	if end < 0 {
		return userAgent
	}
	return userAgent[:end]
}

// Parse reads the first [SizeLimit] bytes of text for the crawler of that
// product name, compared without case. All groups that name the crawler
// count together; where none does, those for "*".
func Parse(text []byte, product string) *Rules {
	text = bytes.TrimPrefix(text[:min(len(text), SizeLimit)], []byte("\ufeff"))
	var own, others Rules
	named := false  // a group names the crawler
	var to []*Rules // the groups that the present rules go to
	inRules := true // a user-agent line begins new groups
	eachLine(string(text), func(key, value string) {
		switch key {
		case "user-agent":
			if inRules {
				to, inRules = nil, false
			}
			switch {
			case value == "*":
				to = append(to, &others)
			case strings.EqualFold(Product(value), product):
				named = true
				to = append(to, &own)
			}
		case "allow", "disallow":
			inRules = true
			for _, rules := range to {
				rules.add(value, key == "allow")
			}
		case "crawl-delay":
			for _, rules := range to {
				rules.delay(value)
			}
		}
	})
	if named {
		return &own
	}
	return &others
}

// eachLine calls do for every "key: value" of text, without comments.
func eachLine(text string, do func(key, value string)) {
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		if key, value, ok := strings.Cut(line, ":"); ok {
			do(strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value))
		}
	}
}

// add takes a rule. An empty one says nothing (RFC 9309, section 2.2.2).
func (r *Rules) add(pattern string, allow bool) {
	if pattern == "" {
		return
	}
	if pattern[0] != '/' && pattern[0] != '*' {
		pattern = "/" + pattern // forgotten, but clear
	}
	r.rules = append(r.rules, rule{canonicalPattern(pattern), allow})
}

// delay takes a Crawl-delay in seconds; the longest counts.
func (r *Rules) delay(value string) {
	const day = 24 * 60 * 60
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(seconds) || seconds < 0 {
		return
	}
	d := time.Duration(min(seconds, day) * float64(time.Second))
	r.CrawlDelay = max(r.CrawlDelay, d)
}

// Size is about the memory that the rules take, in bytes.
func (r *Rules) Size() int {
	const overhead = 64
	size := overhead
	for _, rule := range r.rules {
		size += overhead + len(rule.pattern)
	}
	return size
}
