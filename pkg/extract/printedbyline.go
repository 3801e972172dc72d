package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// signedReach is how many blocks behind the story its author may be named.
const signedReach = 20

// longestReporterLine bounds, in bytes, a line that is a reporter's name and title
// in Korean, Japanese or Chinese.
const longestReporterLine = 60

// mostByWords is the most that the words of an element add to its score.
const mostByWords = 1.5

// bylinePlace scores an element that is named after authors by where it stands.
func (s *story) bylinePlace(at, lo, hi, box int32) float64 {
	e := &s.els[at]
	score := 1 - float64(float64(at)/float64(len(s.els))*0.1)
	if e.first >= lo && e.first <= hi {
		score++
	}
	if e.around&(hintRelated|hintComments|hintTeaser) != 0 || s.out[at] {
		score -= 1.2
	}
	if (e.own|e.around&^s.aroundStory())&(hintMedia|hintCaption|hintCredit) != 0 || e.own&hintBox != 0 {
		score -= 2 // who made the video, or the picture
	}
	if figure := s.closest(at, atom.Figure); figure >= 0 {
		if caption := s.captionElement(figure); caption >= 0 && !s.within(at, caption) && !s.within(caption, at) {
			score -= 2 // who took the picture
		}
	}
	if s.root >= 0 && e.first > s.els[s.root].last+signedReach && box >= 0 && !s.within(at, box) {
		score -= 1.5 // who wrote another story
	}
	return score
}

// printedByline finds the line near the headline, or at the foot of the story,
// that names the authors.
func (s *story) printedByline() (string, int32) {
	lo, hi := s.topBlocks()
	best, bestScore := int32(-1), 0.0
	text, box := "", s.storyBox()
	for i := range s.els {
		e := &s.els[i]
		if e.own&hintByline == 0 || e.own&hintBio != 0 || e.text > 250 || s.head == int32(i) {
			continue
		}
		score := s.bylinePlace(int32(i), lo, hi, box)
		if score+mostByWords <= max(bestScore, 0.5) {
			continue // whatever it says
		}
		t := s.textOf(int32(i))
		if n := utf8.RuneCountInString(t); n < 3 || n > 200 {
			continue
		}
		_, by := byline.CutBy(t)
		if by {
			score += 0.5
		}
		if len(s.signers(int32(i), t)) > 0 {
			score++
		} else if !by {
			score -= 0.5
		}
		if score > bestScore {
			best, bestScore, text = int32(i), score, t
		}
	}
	if bestScore >= 1.5 {
		return text, best
	}
	for i := lo; i < hi; i++ {
		b := &s.blocks[i]
		if len(b.text) > 150 || s.out[b.el] {
			continue
		}
		line := strings.ReplaceAll(b.text, "\n", " ")
		rest, ok := byline.CutBy(line)
		if names, _ := byline.EastAsianNames(line, false); ok && len(s.bylines().Printed(rest)) > 0 || len(names) > 0 && len(line) < longestReporterLine {
			return line, b.el
		}
	}
	if best >= 0 && bestScore >= 1 {
		return text, best
	}
	return s.datedByline()
}

// datedByline finds a line below the headline that is a name and a date, or one
// behind the story that names its author.
func (s *story) datedByline() (string, int32) {
	if s.head < 0 {
		return "", -1
	}
	_, hi := s.topBlocks()
	for i := s.els[s.head].last; i < hi; i++ {
		b := &s.blocks[i]
		if len(b.text) > 100 || b.linked > 0 || s.out[b.el] {
			continue
		}
		line := strings.ReplaceAll(b.text, "\n", " ")
		_, at, ok := when.Find(line, s.order)
		name := strings.TrimRight(line[:at], " |,-–•·/")
		if strings.HasSuffix(name, ":") {
			continue // what the date is of
		}
		if ok && len(name) > 4 && len(name) < at && !s.isSection(name) && len(s.bylines().Printed(name)) == 1 && prose.CountWords(name) < 4 {
			return line, b.el
		}
	}
	if s.root < 0 {
		return "", -1
	}
	for i := s.els[s.root].last; i < min(int32(len(s.blocks)), s.els[s.root].last+signedReach); i++ {
		b := &s.blocks[i]
		if len(b.text) > 80 || s.els[b.el].around&(hintComments|hintRelated) != 0 {
			continue
		}
		for _, label := range [...]string{"author", "autorin/autor", "autor/in:", "autor:", "autorin:", "auteur", "written by", "автор:"} {
			if name, ok := prose.CutPrefixFold(b.text, label); ok && len(s.bylines().Printed(strings.TrimLeft(name, " :"))) > 0 {
				return b.text, b.el
			}
		}
	}
	return "", -1
}

// linkedAuthors reads links that say rel="author", or lead to an author's page.
func (s *story) linkedAuthors() ([]news.Person, candidate) {
	var all []news.Person
	lo, hi := s.topBlocks()
	for _, a := range s.anchors {
		near := a.block >= lo && a.block <= hi
		rel := strings.Contains(attr(s.els[a.el].node, "rel"), "author")
		if !rel && !(near && isAuthorPath(a.href) && s.els[a.el].around&hintFurniture&^s.aroundStory() == 0) || (s.els[a.el].around|s.els[a.el].own)&(hintComments|hintRelated) != 0 {
			continue
		}
		for _, p := range s.bylines().Printed(s.textOf(a.el)) {
			p.URL = s.absolute(a.href)
			all = byline.AddPerson(all, p)
		}
		if len(all) > 0 && !near {
			break
		}
	}
	return all, candidate{method: news.FromSelector, path: "a[rel=author]", confidence: 0.65}
}

func isAuthorPath(href string) bool {
	h := strings.ToLower(href)
	for _, p := range [...]string{"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/by/", "/profile/", "/people/", "/staff/", "/journalist/", "/autore/", "/reporter/", "/columnist/", "/contributor/", "/autores/", "/writers/"} {
		if strings.Contains(h, p) {
			return true
		}
	}
	return false
}

// signers reads the names in the printed byline, those in lines of their own apart.
func (s *story) signers(at int32, line string) []news.Person {
	if at >= 0 {
		if e := &s.els[at]; isBlock(e.node) && e.last-e.first > 1 && s.textOf(at) == line {
			var b strings.Builder
			for _, block := range s.blocks[e.first:e.last] {
				b.WriteString(strings.ReplaceAll(block.text, "\n", " | "))
				b.WriteString(" | ")
			}
			line = b.String()
		}
	}
	return s.bylines().Printed(line)
}
