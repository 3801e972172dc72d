package extract

import (
	"strconv"
	"strings"

	"github.com/copydesk/copydesk/pkg/language"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
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
	s.outline, s.graph, s.onlyText = &outline{}, &structured.Graph{}, true
	if len(text) > mostText {
		text = strings.ToValidUTF8(text[:mostText], "")
		s.warnCut()
	}
	p := readLines(text, s.photoLines())
	s.verdicts.readAs(p.lines)
	if len(p.lines) == 0 {
		return skip(news.NoText, "the page shows no text")
	}
	if site := weburl.Site(s.in.URL); site != news.NoSite {
		s.rec.Publisher = &news.Publisher{Domain: site}
		s.outlet.AddDomain(site)
	}
	s.rec.InLanguage.Detected = language.Of(text)
	s.order = orderOf(s.rec.InLanguage.Detected, s.base)
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
	p.head, p.end = head, last
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
	s.credit("headline", candidate{s.rec.Headline, news.FromText, lineName(head), p.sureOf(head)})
	if p.title != "" && !prose.Same(p.title, s.rec.Headline) {
		s.rec.AlternativeHeadline, s.rec.AlternativeHeadlines = p.title, []string{p.title}
	}
	if len(labels) > 0 && len(labels) <= 4 {
		s.setKicker(labels, lineName(head-1), 0.6)
	}
	p.at = head + 1
	s.textBelowHead(p, first)
}

// sureOf is how sure it is that a line is the headline: surer if the address or
// the title say the same.
func (p *textPage) sureOf(head int) float64 {
	if p.like(head) >= surelyLike {
		return 0.8
	}
	return 0.6
}

func lineName(i int) string { return "line " + strconv.Itoa(i+1) }
