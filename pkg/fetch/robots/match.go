package robots

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/weburl"
)

// Allowed says whether the crawler may ask for a path, escaped as in a URL
// and with its query. The longest rule that matches decides; of two equally
// long ones the one that allows (RFC 9309, section 2.2.2).
func (r *Rules) Allowed(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	path = canonicalPath(path)
	allowed, longest := true, -1
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && allowed {
			continue
		}
		if matches(rule.pattern, path) {
			allowed, longest = rule.allow, n
		}
	}
	return allowed
}

// matches says whether a pattern fits the beginning of a path. "*" stands for
// any characters, "$" at the end for the end of the path (RFC 9309, section
// 2.2.3).
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, more := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	for more {
		var part string
		part, rest, more = strings.Cut(rest, "*")
		if whole && !more {
			return strings.HasSuffix(path, part)
		}
		// The leftmost place leaves the most for the parts to come.
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	return !whole || path == ""
}

// canonicalPath gives equal paths one form. In a path "*" and "$" are no
// wildcards; a pattern means them literally as "%2A" and "%24".
func canonicalPath(path string) string {
	return wildcards.Replace(canonical(path))
}

// canonicalPattern is canonicalPath for a pattern, whose wildcards stay.
func canonicalPattern(pattern string) string {
	pattern, whole := strings.CutSuffix(canonical(pattern), "$")
	pattern = strings.ReplaceAll(pattern, "$", "%24")
	if whole {
		pattern += "$"
	}
	return pattern
}

var wildcards = strings.NewReplacer("*", "%2A", "$", "%24")

// canonical decodes escapes of unreserved characters, writes the others in
// upper case, and escapes what is not ASCII (RFC 9309, section 2.2.2).
func canonical(s string) string { return weburl.EscapeOthers(weburl.NormalEscapes(s)) }
