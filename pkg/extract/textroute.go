package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// textPage is a page of which only the text survives: its lines, and how far
// they have been read.
type textPage struct {
	lines []textLine
	// at is the next line to read, end the one behind the story.
	at, end int
}

// textLine is one line that is not empty.
type textLine struct {
	text string
	// apart says that an empty line stood before it, common that the page says
	// the same again and again.
	apart, common bool
	// weight says how much it is running text.
	weight int
}

// commonly is how often a line is said, between others, that belongs to no story.
const commonly = 3

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
	}
	s.order = orderOf(detectLanguage(text), s.base)
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

func readLines(text string) *textPage {
	p := &textPage{}
	apart := false
	for line := range strings.Lines(text) {
		if line = prose.Squash(line); line == "" {
			apart = true
			continue
		}
		if len(p.lines) == mostLines {
			break
		}
		p.lines = append(p.lines, textLine{text: line, apart: apart})
		apart = false
	}
	times := map[string]int{}
	for i, l := range p.lines {
		if i == 0 || l.text != p.lines[i-1].text {
			times[l.text]++
		}
	}
	for i := range p.lines {
		p.lines[i].common = times[p.lines[i].text] >= commonly
	}
	p.weigh()
	return p
}

// skipWords are what the links at the top of a page say that lead past it.
var skipWords = []string{"skip to ", "jump to ", "go to ", "zum inhalt", "zur hauptnavigation", "zu weiteren", "zur navigation", "zur suche", "direkt zum", "aller au ", "passer au ", "ir a ", "ir al ", "saltar al ", "pular para", "ir para ", "vai al ", "salta al ", "ga naar ", "hoppa till", "gå til", "spring til", "przejdź do", "перейти "}

// outletFrames hold the words around the outlet's name in such links.
var outletFrames = [][2]string{
	{"skip to more ", " sites"}, {"skip to other ", " sites"}, {"go to other ", " sites"}, {"zu weiteren angeboten der ", " springen"}, {"zu weiteren angeboten von ", " springen"}, {"zu weiteren angeboten des ", " springen"},
	{"ir a más sitios de ", ""}, {"ir para mais sites da ", ""}, {"aller aux autres sites de ", ""}, {"vai agli altri siti di ", ""},
}

// textFurniture reads past the lines above the story; one of them may name the
// outlet.
func (s *story) textFurniture(p *textPage) {
	for ; p.at < len(p.lines); p.at++ {
		line := withoutNumber(p.lines[p.at].text)
		if s.textOutlet(line); !isSkipLink(line) {
			return
		}
	}
}

func isSkipLink(line string) bool {
	for _, w := range skipWords {
		if _, ok := prose.CutPrefixFold(line, w); ok && len(line) < 80 {
			return true
		}
	}
	return false
}

func (s *story) textOutlet(line string) {
	name := outletIn(line)
	if name == "" {
		return
	}
	if s.rec.Publisher == nil {
		s.rec.Publisher = &news.Publisher{}
	}
	s.rec.Publisher.Name = name
	s.outlet.Add(name)
	s.credit("publisher", candidate{name, news.FromText, line, 0.7})
}

// outletIn is the outlet that a link past the page's furniture names, empty if
// the line is no such link.
func outletIn(line string) string {
	for _, f := range outletFrames {
		rest, ok := prose.CutPrefixFold(line, f[0])
		if !ok || len(rest) < len(f[1]) || !strings.EqualFold(rest[len(rest)-len(f[1]):], f[1]) {
			continue
		}
		if name := rest[:len(rest)-len(f[1])]; name != "" && utf8.RuneCountInString(name) <= 40 {
			return name
		}
	}
	return ""
}

// withoutNumber drops the number or bullet of a list's line.
func withoutNumber(line string) string {
	if rest := strings.TrimLeft(line, "0123456789"); len(rest) < len(line) {
		if after, ok := strings.CutPrefix(rest, ". "); ok {
			return strings.TrimSpace(after)
		}
	}
	for _, bullet := range [...]string{"* ", "- ", "• ", "– "} {
		if after, ok := strings.CutPrefix(line, bullet); ok {
			return strings.TrimSpace(after)
		}
	}
	return line
}

// textHead reads kicker, headline, date, byline, deck, short link and the lead
// picture.
func (s *story) textHead(p *textPage) {
	first, last := p.storySpan(slugWords(s.in.URL))
	head := p.headlineLine(s, first, last)
	p.end = last
	if head < 0 {
		p.at = first
		return
	}
	s.textDates(p, head)
	labels := p.labelsAbove(head)
	kicker, headline := p.kickerBefore(head)
	if kicker != "" {
		labels = []string{kicker}
	}
	s.rec.Headline = s.withoutSite(headline)
	s.credit("headline", candidate{s.rec.Headline, news.FromText, lineName(head), 0.8})
	if len(labels) > 0 && len(labels) <= 4 {
		s.setKicker(labels, lineName(head-1), 0.6)
	}
	p.at = head + 1
	s.textBelowHead(p, first)
}

// labelsAbove are the labels right above the headline, if they are few: many
// are a menu.
func (p *textPage) labelsAbove(head int) []string {
	const most = 2
	var labels []string
	for i := head - 1; i >= p.at; i-- {
		line := p.lines[i].text
		if utf8.RuneCountInString(line) > longestLabel || prose.EndsSentence(line) {
			break
		}
		if labels = append(splitLabels(line), labels...); p.lines[i].apart {
			break
		}
		if head-i > most {
			return nil
		}
	}
	return labels
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
		case p.isCreditAbove(i):
		case s.textPicture(p, i):
		case s.isAlt(p, i):
			continue
		case s.rec.Deck == "" && len(line) > 40 && (prose.EndsSentence(line) && s.partedBelow(p, i) || i == head && i < first):
			s.rec.Deck = line
			s.credit("deck", candidate{line, news.FromText, lineName(i), 0.7})
		case i < first || p.lines[i].weight < 0 && !prose.IsDense(line):
			continue
		default:
			p.at = i
			return
		}
		p.at = i + 1
	}
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

// splitLabels parts labels that ran together when their markup was lost: a
// capital behind a small letter begins a new one, if both halves are long
// enough to be words.
func splitLabels(line string) []string {
	var all []string
	start := 0
	rs := []rune(line)
	for i := 1; i < len(rs); i++ {
		if !isUpperRune(rs[i]) || !isLowerRune(rs[i-1]) {
			continue
		}
		end := i
		for end < len(rs) && rs[end] != ' ' && (end == i || !isUpperRune(rs[end]) || isUpperRune(rs[end-1])) {
			end++
		}
		if i-start >= 4 && (end-i >= 4 || string(rs[i:end]) == strings.ToUpper(string(rs[i:end])) && end-i >= 2) {
			all = append(all, string(rs[start:i]))
			start = i
		}
	}
	return append(all, string(rs[start:]))
}

func isUpperRune(r rune) bool { return strings.ToLower(string(r)) != string(r) }
func isLowerRune(r rune) bool { return strings.ToUpper(string(r)) != string(r) }
