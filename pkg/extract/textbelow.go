package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// shortestDeck is the length of a deck, in bytes.
	shortestDeck = 40
	// longestNames is that of a line that names authors and says nothing else, in
	// bytes, mostNames how many it names: more are to be seen in a picture.
	// namesReach is how many lines a date may be away from it.
	longestNames, mostNames, namesReach = 80, 3, 2
)

// textBelowHead reads the lines between headline and body. A paragraph there is
// the deck only if something that is no paragraph parts it from the body; labels
// are buttons.
func (s *story) textBelowHead(p *textPage, first int) {
	head := p.at
	for i := p.at; i < min(len(p.lines), max(first, p.at)+headReach); i++ {
		line := p.lines[i].text
		switch {
		case s.isDateLine(line):
		case s.rec.ShortURL == "" && isShortLink(line):
			s.setShort(line, news.FromText, lineName(i))
		case (s.isByLine(line) || s.isNames(p, i)) && s.textByline(line, i):
		case s.isCreditLine(p, i) || s.isShown(p, i):
		case s.isDeckAbovePicture(p, i, head):
			s.setTextDeck(line, i)
		case s.textPicture(p, i):
		case s.isAlt(p, i):
			continue
		case s.rec.Deck == "" && len(line) > shortestDeck && (prose.EndsSentence(line) && s.partedBelow(p, i) || i == head && i < first):
			s.setTextDeck(line, i)
		case i < first || p.lines[i].weight < 0 && !prose.IsDense(line):
			continue
		default:
			p.at = i
			return
		}
		p.at = i + 1
	}
}

func (s *story) setTextDeck(deck string, i int) {
	s.rec.Deck = deck
	s.credit("deck", candidate{deck, news.FromText, lineName(i), 0.6})
}

// isDeckAbovePicture says whether the line right below the headline is a
// sentence, and the picture's credit on the line below not that of a caption.
func (s *story) isDeckAbovePicture(p *textPage, i, head int) bool {
	return i == head && s.rec.Deck == "" && prose.EndsSentence(p.lines[i].text) && s.captionLine(p, i+1) == i
}

// partedBelow says whether something that belongs to no paragraph stands between
// a line and the next that is running text: a link, a date, a byline, a credited
// caption.
func (s *story) partedBelow(p *textPage, i int) bool {
	for k := i + 1; k < min(i+headReach, len(p.lines)); k++ {
		line := p.lines[k].text
		switch {
		case isShortLink(line) || s.isDateLine(line) || s.isCredited(line) || s.isByLine(line):
			return true
		case p.lines[k].weight > 0:
			return false
		}
	}
	return false
}

// isNames says whether a line is names and little else, with a date near.
func (s *story) isNames(p *textPage, i int) bool {
	line := p.lines[i].text
	if len(line) > longestNames || s.rec.Byline != "" || isControl(line) || s.outlet.Is(line) || s.isCreditLine(p, i) {
		return false
	}
	people, names := s.bylines().Printed(line), 0
	for _, person := range people {
		names += prose.CountWords(person.Name)
	}
	if len(people) > mostNames || names == 0 || 2*names < prose.CountWords(line) {
		return false
	}
	return s.isByDate(p, i)
}

// isByDate says whether a date stands near a line.
func (s *story) isByDate(p *textPage, i int) bool {
	for k := max(0, i-namesReach); k <= min(i+namesReach, len(p.lines)-1); k++ {
		if k != i && s.isDateLine(p.lines[k].text) {
			return true
		}
	}
	return false
}

// textByline reads the authors of a line, if there are none yet.
func (s *story) textByline(line string, i int) bool {
	people := s.bylines().Printed(line)
	if s.rec.Byline != "" || len(people) == 0 {
		return false
	}
	s.rec.Byline, s.rec.Author = line, people
	s.credit("byline", candidate{line, news.FromText, lineName(i), 0.7})
	s.credit("author", candidate{namesOf(people), news.FromText, lineName(i), 0.7})
	return true
}
