package robots

import "strings"

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
func canonical(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) && digit(s[i+1]) >= 0 && digit(s[i+2]) >= 0 {
			c, escaped = byte(digit(s[i+1])<<4|digit(s[i+2])), true
			i += 2
		}
		switch {
		case unreserved(c), !escaped && c > ' ' && c < 0x7f:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
