package structured

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// parseLenient reads JSON as pages write it: with comments around it, raw line
// breaks in strings, commas before a closing bracket, several values in a row,
// escaped as if for an attribute. What would have to be guessed is left broken.
func parseLenient(s string) (values []any, ok bool) {
	s = withoutWrapping(s)
	if strings.HasPrefix(s, "{&quot;") || strings.HasPrefix(s, "[{&quot;") {
		s = html.UnescapeString(s)
	}
	if values, ok = parseAll(s); ok {
		return values, true
	}
	return parseAll(repairJSON(s))
}

// withoutWrapping takes off the comments in which JSON hides from old browsers.
func withoutWrapping(s string) string {
	s = strings.Trim(s, "\ufeff \t\r\n")
	for {
		before := len(s)
		for _, wrap := range [...][2]string{{"<!--", ""}, {"<![CDATA[", ""}, {"//", "\n"}, {"/*", "*/"}} {
			if rest, ok := strings.CutPrefix(s, wrap[0]); ok {
				if wrap[1] != "" {
					_, rest, _ = strings.Cut(rest, wrap[1])
				}
				s = strings.TrimLeft(rest, " \t\r\n")
			}
		}
		if len(s) == before {
			break
		}
	}
	for {
		before := len(s)
		s = strings.TrimRight(s, "; \t\r\n")
		for _, end := range [...]string{"-->", "]]>", "//"} {
			s = strings.TrimSuffix(s, end)
		}
		if i := strings.LastIndex(s, "/*"); i >= 0 && strings.HasSuffix(s, "*/") {
			s = s[:i]
		}
		if len(s) == before {
			return s
		}
	}
}

// mostValues bounds how many values in a row a script has read.
const mostValues = 1000

// parseAll reads values in a row, with commas between them or none.
func parseAll(s string) (values []any, ok bool) {
	const between = ",; \t\r\n"
	for s = strings.TrimLeft(s, between); s != "" && len(values) < mostValues; s = strings.TrimLeft(s, between) {
		d := json.NewDecoder(strings.NewReader(s))
		var v any
		if err := d.Decode(&v); err != nil {
			return values, false
		}
		values = append(values, v)
		s = s[d.InputOffset():]
	}
	return values, len(values) > 0
}

// repairJSON escapes control characters inside strings and drops commas that
// close nothing.
func repairJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c == '\\' && i+1 < len(s):
			if strings.IndexByte(`"\/bfnrtu`, s[i+1]) >= 0 {
				b.WriteByte(c)
			}
			i++
			b.WriteByte(s[i])
		case c == '"':
			inString = !inString
			b.WriteByte(c)
		case inString && c < ' ':
			b.WriteByte(' ')
		case !inString && c == ',':
			rest := strings.TrimLeft(s[i+1:], " \t\r\n,")
			if rest == "" || rest[0] == '}' || rest[0] == ']' {
				continue
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
