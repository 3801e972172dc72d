package extract

import (
	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/structured"
)

// longestProperty bounds the visible text, in bytes, that is a property's value.
const longestProperty = 2000

// itemProps are the microdata of the page's story.
func (s *story) itemProps() []structured.Property {
	elements := make([]*html.Node, len(s.outline.props))
	for i, at := range s.outline.props {
		elements[i] = s.els[at].node
	}
	return structured.Properties(elements, func(i int) string {
		at := s.outline.props[i]
		if s.els[at].text > longestProperty {
			return ""
		}
		return s.textOf(at)
	})
}

// prop is the value of the first microdata property of that name.
func (s *story) prop(name string) string {
	for _, p := range s.micro {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// props are the values of all microdata properties of that name.
func (s *story) props(name string) []string {
	var all []string
	for _, p := range s.micro {
		if p.Name == name {
			all = append(all, p.Value)
		}
	}
	return all
}
