package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/storycredit"
)

const (
	// longestAlone is the longest line that is a credit and no more, in bytes.
	longestAlone = 90
	// longestBare is the longest caption, in characters, whose credit nothing
	// announces. What is longer is a paragraph and its sign-off.
	longestBare = 160
	// shortestApart and longestApart are those, in characters, of one with
	// its credit on another line. Shorter ones are sentences, or headings with
	// a picture below. From longCaption on it is rather a paragraph.
	shortestApart, longestApart = 40, 500
	longCaption                 = 250
)

// textCredit is what a line says of who made a picture.
type textCredit struct {
	// caption is what stands before the credit, all of a line without one.
	caption string
	photocredit.Credit
	// alone says that the line is the credit and no more.
	alone bool
}

// creditOf reads the credit of a line, once.
func (p *textPage) creditOf(i int) *textCredit {
	l := &p.lines[i]
	if l.credit == nil {
		l.credit = readTextCredit(withoutCount(l.text), p.photos)
	}
	return l.credit
}

func readTextCredit(line string, photos photocredit.Reader) *textCredit {
	caption, c := photos.Cut(line)
	read := &textCredit{caption, c, false}
	if len(line) > longestAlone {
		return read
	}
	if c.Text != "" && caption == "" {
		read.alone = true
		return read
	}
	found, rest := photos.Agencies.List(line)
	read.alone = len(found) > 0
	for _, name := range rest {
		read.alone = read.alone && photocredit.AllNames(name)
	}
	if maker, holder, ok := strings.Cut(line, "/"); ok && !read.alone && !strings.HasSuffix(maker, " ") && c.Text == "" {
		read.alone = photocredit.AllNames(holder) && len(strings.Fields(maker)) == 1 && prose.IsCapital(maker)
	}
	if read.alone && c.Text == "" {
		read.Credit = photocredit.Credit{Text: line}
	}
	return read
}

// counted begins a caption of a gallery: "2 of 7", "1/4", "Bild 2 von 9".
var counted = regexp.MustCompile(`^(?:\p{L}+ )?\d{1,3} ?(?:/|of|von|de|di|van|av|af|sur|z|из|of the) ?\d{1,3}[ :.|]+`)

// withoutCount cuts off a caption which one of a gallery's it is.
func withoutCount(line string) string {
	begin := line[:min(len(line), 40)]
	if !strings.ContainsAny(begin, "0123456789") {
		return line // most have none, and need not be matched
	}
	if at := counted.FindStringIndex(begin); at != nil && at[1] < len(line) {
		return line[at[1]:]
	}
	return line
}

// credited is the caption and the credit of a picture, where a line holds its
// caption.
func (s *story) credited(p *textPage, i int) (caption string, c photocredit.Credit, ok bool) {
	own := p.creditOf(i)
	if own.Text != "" && own.caption != "" && !own.alone {
		return own.caption, own.Credit, own.Label != "" || !prose.EndsSentence(p.lines[i].text) && utf8.RuneCountInString(own.caption) <= longestBare
	}
	if own.alone {
		return "", own.Credit, own.Label != "" && s.captionLine(p, i) < 0 && !s.isSourceAt(p, i)
	}
	for _, k := range [...]int{i + 1, i - 1} {
		if s.captionLine(p, k) == i {
			return withoutCount(p.lines[i].text), p.creditOf(k).Credit, true
		}
	}
	return own.caption, own.Credit, false
}

// isCreditLine says whether a line is the credit of a caption on another line.
func (s *story) isCreditLine(p *textPage, i int) bool { return s.captionLine(p, i) >= 0 }

// captionLine is the line with the caption that a line with nothing but a credit
// belongs to: the one above it, or where that is none the one below; -1 for none.
func (s *story) captionLine(p *textPage, i int) int {
	if i < 0 || i >= len(p.lines) || p.lines[i].common || !p.creditOf(i).alone || s.isSourceAt(p, i) {
		return -1
	}
	said := p.creditOf(i).Label != ""
	above, below := s.likeCaption(p, i-1), s.likeCaption(p, i+1)
	switch {
	case above > rarelyCaption, above == rarelyCaption && below <= above && !leadsSources(p.lines[i].text):
		return i - 1
	case said && below > rarelyCaption && !photocredit.AllNames(p.lines[i+1].text):
		return i + 1
	}
	return -1
}

// leadsSources says whether a line begins with a word for sources.
func leadsSources(line string) bool {
	return storycredit.HasSourceLead(line) || strings.HasPrefix(line, "©")
}

// The steps of how much a line is like a caption.
const (
	noCaption = iota
	rarelyCaption
	perhapsCaption
	surelyCaption
)

// likeCaption says how much a line is like a caption whose credit is on another
// line.
func (s *story) likeCaption(p *textPage, i int) int {
	if i < 0 || i >= len(p.lines) {
		return noCaption
	}
	line := p.lines[i].text
	n := utf8.RuneCountInString(line)
	ends := prose.EndsSentence(line)
	switch {
	case n > longestApart || p.lines[i].common || p.creditOf(i).alone || p.creditOf(i).Text != "" || isControl(line) || isPlea(line) || isLink(line) || strings.HasSuffix(line, ":") ||
		s.isDateLine(line) || s.isByLine(line) || prose.Same(line, s.rec.Headline) || !ends && n < shortestApart:
		return noCaption
	case ends && n > longCaption:
		return rarelyCaption
	case ends && n > longestBare:
		return perhapsCaption
	}
	return surelyCaption
}

// isSourceAt says whether a line where the story ends names its sources.
func (s *story) isSourceAt(p *textPage, i int) bool {
	if i < p.end-1 || p.end == 0 {
		return false
	}
	line := p.lines[i].text
	_, desk := s.storyLines().ReadDeskLine(line)
	return desk || s.storyLines().SourceLine(line) != nil || s.storyLines().BareAgencies(line) != nil || storycredit.IsRights(line)
}

// isCredited says whether a line ends in the credit of a picture.
func (s *story) isCredited(line string) bool {
	_, c := s.photoLines().Cut(line)
	return c.Text != "" && c.Label != ""
}
