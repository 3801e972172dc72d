// Package bulk makes pages of any size that are all of one shape: what a page
// may be at its worst, for tests of what it costs to read.
//
// It makes no pages that anybody would read, and knows nothing of extraction.
package bulk

import (
	"fmt"
	"strings"
)

// Shape is one way to make a page large.
type Shape struct {
	Name string
	// before and after stand around the repeated part.
	before, after string
	// each is the part with number i.
	each func(i int) string
}

// Page is a page of the shape of about that many bytes.
func (s Shape) Page(size int) []byte {
	var b strings.Builder
	b.WriteString("<!doctype html><html lang=en><head><title>The well at Orm is deeper than anybody thought</title>")
	b.WriteString(s.before)
	for i := 0; b.Len() < size; i++ {
		b.WriteString(s.each(i))
	}
	b.WriteString(s.after)
	return []byte(b.String())
}

const (
	head  = "</head><body><article><h1>The well at Orm is deeper than anybody thought</h1>"
	prose = "Nobody has ever seen its bottom, and the rope was too short again this year, as it had been before. "
	story = "<p>" + prose + prose + "</p><p>" + prose + "</p><p>" + prose + prose + "</p>"
)

// same repeats a part as it is.
func same(part string) func(int) string { return func(int) string { return part } }

// numbered repeats a part with its number in place of each %d.
func numbered(part string) func(int) string {
	n := strings.Count(part, "%d")
	return func(i int) string {
		numbers := make([]any, n)
		for k := range numbers {
			numbers[k] = i
		}
		return fmt.Sprintf(part, numbers...)
	}
}

// inBody is a page with a story and more of one kind below the headline.
func inBody(name string, each func(int) string) Shape {
	return Shape{Name: name, before: head, each: each, after: story + "</article>"}
}

// inHead is a page with a story and more of one kind above it.
func inHead(name string, each func(int) string) Shape {
	return Shape{Name: name, each: each, after: head + story + "</article>"}
}

// Shapes are all shapes there are.
func Shapes() []Shape {
	return append(textShapes(), dataShapes()...)
}
