package extract

import (
	"strconv"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	// longestHeadline and longestSubhead are lengths in characters.
	longestHeadline = 220
	longestSubhead  = 90
	// headReach is how many lines the head of a text has at most.
	headReach = 25
)

// fromText reads a page of which only the text survives. What markup would say
// is told by the order of the lines, by how they end, and by what they hold: a
// date alone, a link alone, a credit.
func (s *story) fromText(text string) error {
	s.outline, s.graph = &outline{}, &graph{}
	if len(text) > mostText {
		text = strings.ToValidUTF8(text[:mostText], "")
		s.warnCut()
	}
	p := readLines(text)
	s.verdicts.readAs(p.lines)
	if len(p.lines) == 0 {
		return skip(news.NoText, "the page shows no text")
	}
	if site := weburl.Site(s.in.URL); site != news.NoSite {
		s.rec.Publisher = &news.Publisher{Domain: site}
		s.outlet.AddDomain(site)
	}
	s.order = orderOf(detectLanguage(text), s.base)
	p.named = append(p.named, slugWords(s.in.URL))
	first, last := p.storySpan()
	s.textTitle(p, first, last)
	s.textFurniture(p)
	s.textHead(p)
	s.textBody(p)
	s.sources()
	if s.rec.Headline == "" || s.rec.ArticleBody == "" {
		return skip(news.NotArticle, "no story in the text: headline %q, %d bytes of body", s.rec.Headline, len(s.rec.ArticleBody))
	}
	if isError(s.rec.Headline, "") && len(s.rec.ArticleBody) < 800 {
		return skip(news.ErrorPage, "an error served as a page: %q", s.rec.Headline)
	}
	return s.finish()
}

// textHead reads kicker, headline, date, byline, deck, short link and the lead
// picture.
func (s *story) textHead(p *textPage) {
	first, last := p.storySpan()
	head := p.headlineLine(s, first, last)
	p.end = last
	if head < 0 || p.title != "" && p.lines[head].weight > shortSentence && p.like(head) < 0.5 {
		if p.at = first; p.title != "" {
			s.rec.Headline = p.title
			s.credit("headline", candidate{p.title, news.FromText, lineName(0), 0.5})
			s.textDates(p, first)
		}
		return
	}
	s.textDates(p, head)
	labels := s.labelsAbove(p, head)
	kicker, headline := p.kickerBefore(head)
	if kicker != "" {
		labels = []string{kicker}
	}
	s.rec.Headline = s.withoutSite(strings.TrimLeft(headline, kickerMarks))
	s.credit("headline", candidate{s.rec.Headline, news.FromText, lineName(head), 0.8})
	if p.title != "" && !prose.Same(p.title, s.rec.Headline) {
		s.rec.AlternativeHeadline, s.rec.AlternativeHeadlines = p.title, []string{p.title}
	}
	if len(labels) > 0 && len(labels) <= 4 {
		s.setKicker(labels, lineName(head-1), 0.6)
	}
	p.at = head + 1
	s.textBelowHead(p, first)
}

func lineName(i int) string { return "line " + strconv.Itoa(i+1) }

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
		case s.textByline(line, i):
		case s.isCreditLine(p, i) || s.isShown(p, i):
		case s.isDeckAbovePicture(p, i, head):
			s.setTextDeck(line, i)
		case s.textPicture(p, i):
		case s.isAlt(p, i):
			continue
		case s.rec.Deck == "" && len(line) > 40 && (prose.EndsSentence(line) && s.partedBelow(p, i) || i == head && i < first):
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

func (s *story) setTextDeck(line string, i int) {
	s.rec.Deck = line
	s.credit("deck", candidate{line, news.FromText, lineName(i), 0.7})
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

func (s *story) textByline(line string, i int) bool {
	if s.rec.Byline != "" || !s.isByLine(line) {
		return false
	}
	people := s.bylines().Printed(line)
	s.rec.Byline, s.rec.Author = line, people
	s.credit("byline", candidate{line, news.FromText, lineName(i), 0.7})
	s.credit("author", candidate{namesOf(people), news.FromText, lineName(i), 0.7})
	return true
}
