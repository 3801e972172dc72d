package siterules

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
)

// What a selector may be, so that no page can make it slow: each step down to
// any depth multiplies the work by the depth.
const (
	longestSelector = 300 // bytes
	mostDescents    = 2
)

// compile compiles a selector. It may have names, classes, ids, attributes and
// :not(), and be put together by spaces, ">", "+" and commas.
func compile(text string) (Selector, error) {
	if len(text) > longestSelector {
		return Selector{}, fmt.Errorf("selector of %d bytes: write one of at most %d, or a list of several", len(text), longestSelector)
	}
	group, err := cascadia.ParseGroup(text)
	if err != nil {
		return Selector{}, fmt.Errorf(`selector %q: %w: write a CSS selector such as "h1.title"`, text, err)
	}
	for part := range strings.SplitSeq(plain(text), ",") {
		part = strings.TrimSpace(part)
		if i := strings.IndexByte(part, ':'); i >= 0 {
			return Selector{}, fmt.Errorf(`selector %q: ":" can only begin ":not(…)": select by names, classes, ids and attributes`, text)
		}
		if strings.ContainsRune(part, '~') {
			return Selector{}, fmt.Errorf(`selector %q: "~" looks at too much: take "+" or the element around`, text)
		}
		if n := descents(part); n > mostDescents {
			return Selector{}, fmt.Errorf(`selector %q: %d steps to any depth: at most %d, others with ">"`, text, n, mostDescents)
		}
	}
	return Selector{Text: text, match: group.Match}, nil
}

// plain is a selector without attributes, and with what stands in ":not(…)" as
// if it stood outside.
func plain(text string) string {
	var b strings.Builder
	quote, attribute := byte(0), false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			attribute = true
		case c == ']':
			attribute = false
		case !attribute:
			b.WriteByte(c)
		}
	}
	return strings.NewReplacer(":not(", "", ")", "").Replace(b.String())
}

// descents counts the steps to any depth: white space between elements.
func descents(part string) int {
	n, steps := 0, strings.Fields(strings.NewReplacer(">", " > ", "+", " + ").Replace(part))
	for i := 1; i < len(steps); i++ {
		if !isStep(steps[i-1]) && !isStep(steps[i]) {
			n++
		}
	}
	return n
}

func isStep(s string) bool { return s == ">" || s == "+" }
