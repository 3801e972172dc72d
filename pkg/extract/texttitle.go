package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// longestTitle is the length of a title, in characters.
	longestTitle = 300
	// longestOutlet is how many words the name of an outlet has in a title.
	longestOutlet = 6
	// menuLines is how many labels in a row are a menu.
	menuLines = 8
)

// textTitle reads the title of the page where the text begins with it, as that
// of WET records does. It is the title and not the printed headline if the
// outlet's name stands in it, if a line above the story says the same again, or
// if a menu follows and the story speaks of it.
func (s *story) textTitle(p *textPage, first, last int) {
	line := p.lines[0].text
	if n := utf8.RuneCountInString(line); first == 0 || n > longestTitle || isSkipLink(line) || prose.CountWords(line) < fewestWords {
		return
	}
	title, outlet := s.titleParts(p, line, first, last)
	if s.tellsDate(title) || prose.CountWords(title) < 2 {
		p.titleDate = ""
		return
	}
	if outlet == "" && p.titleDate == "" && !p.says(title, 1, first) && !(p.beginsMenu(1) && p.tells(first, title)) {
		return
	}
	p.title, p.at = title, 1
	p.named = append(p.named, addressWords(title))
	if outlet != "" {
		s.setOutlet(outlet, line, 0.6)
	}
}

// titleParts takes the outlet, a date, and sections that the page names in lines
// of their own, off a title.
func (s *story) titleParts(p *textPage, line string, first, last int) (title, outlet string) {
	title = line
	for {
		head, tail, ok := cutTail(title)
		if !ok {
			break
		}
		if s.isDateLine(tail) {
			p.titleDate, title = tail, head
			continue
		}
		is := s.isOutlet(tail)
		if !is && (s.outlet.Is(head) || s.holdsDomain(head) || !p.says(tail, 1, first) && !p.says(tail, last, len(p.lines)) && !p.says(head, 1, first)) {
			break
		}
		if outlet == "" || is {
			outlet = tail
		}
		title = head
	}
	if head, tail, ok := cutHead(title); ok && (s.outlet.Is(head) || s.holdsDomain(head)) {
		return tail, head
	}
	return title, outlet
}

// isOutlet says whether a name is, or holds, what the domain is called.
func (s *story) isOutlet(name string) bool { return s.outlet.Holds(name) || s.holdsDomain(name) }

// cutTail parts a title at its last separator, if what stands behind that is
// short enough for a name, and shorter than what stands before.
func cutTail(title string) (head, tail string, ok bool) {
	at, width := -1, 0
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i > at && sep != ": " {
			at, width = i, len(sep)
		}
	}
	if at <= 0 {
		return "", "", false
	}
	head, tail = strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+width:])
	ok = tail != "" && prose.CountWords(tail) <= longestOutlet && utf8.RuneCountInString(tail) < utf8.RuneCountInString(head)
	return head, tail, ok
}

// cutHead parts a title behind a name that stands first.
func cutHead(title string) (head, tail string, ok bool) {
	at, width := len(title), 0
	for _, sep := range separators {
		if i := strings.Index(title, sep); i > 0 && i < at {
			at, width = i, len(sep)
		}
	}
	if width == 0 {
		return "", "", false
	}
	head, tail = strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+width:])
	return head, tail, tail != "" && prose.CountWords(head) <= longestOutlet
}

// says says whether one of the lines from one to another says a text and no
// more.
func (p *textPage) says(text string, from, to int) bool {
	return slices.ContainsFunc(p.lines[from:max(from, min(to, len(p.lines)))], func(l textLine) bool {
		return len(l.text) < 2*len(text)+8 && prose.Same(l.text, text)
	})
}

// beginsMenu says whether a menu begins at a line.
func (p *textPage) beginsMenu(at int) bool {
	for i := at; i < at+menuLines; i++ {
		if i >= len(p.lines) || p.lines[i].weight > 0 {
			return false
		}
	}
	return true
}

// tells says whether the running text from a line on has some of the longer
// words of a title.
func (p *textPage) tells(first int, title string) bool {
	wanted := addressWords(title)
	for w := range wanted {
		if len(w) < fewestTold {
			delete(wanted, w)
		}
	}
	told := 0
	for i := first; i < len(p.lines) && told < 2; i++ {
		if p.lines[i].weight <= 0 {
			continue
		}
		for w := range p.words(i) {
			if wanted[w] {
				told++
				delete(wanted, w)
			}
		}
	}
	return told > 1
}

// setOutlet notes the outlet as a line names it.
func (s *story) setOutlet(name, line string, confidence float64) {
	if s.rec.Publisher == nil {
		s.rec.Publisher = &news.Publisher{}
	}
	s.rec.Publisher.Name = name
	s.outlet.Add(name)
	s.credit("publisher", candidate{name, news.FromText, line, confidence})
}
