package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/storycredit"
)

// signoffReach is how many lines behind the running text a desk line may stand.
const signoffReach = 3

// textBody reads the story itself: sentences are paragraphs, short lines that
// are none are subheads, long lines that are none are captions, and what looks
// like a desk line closes it.
func (s *story) textBody(p *textPage) {
	var body []news.Block
	for i := p.at; i < min(len(p.lines), p.end+signoffReach); i++ {
		line := p.lines[i].text
		if len(body) > 2 && isCommentHead(line) {
			break
		}
		if len(body) > 0 && s.textClosing(line, i, i >= p.end-signoffReach) {
			continue
		}
		if i >= p.end {
			continue
		}
		switch kind := s.textKind(p, i); kind {
		case "":
		case news.ImageBlock:
			if !s.textPicture(p, i) {
				s.rec.Images = append(s.rec.Images, news.Image{Caption: line, Lead: len(s.rec.Images) == 0})
			}
			k := len(s.rec.Images) - 1
			s.rec.Images[k].Block = len(body)
			body = append(body, news.Block{Kind: news.ImageBlock, Ref: strconv.Itoa(k)})
		case news.List:
			item := withoutNumber(line)
			if n := len(body) - 1; n >= 0 && body[n].Kind == news.List {
				body[n].Text += "\n" + item
			} else {
				body = append(body, news.Block{Kind: news.List, Text: item})
			}
		case news.Subhead:
			body = append(body, news.Block{Kind: kind, Text: line, Level: 2})
		default:
			body = append(body, news.Block{Kind: kind, Text: line})
		}
	}
	if n := len(body) - 1; n >= 0 && body[n].Kind == news.Paragraph {
		rest, line, d, ok := s.storyLines().CutDeskLine(body[n].Text, s.areAuthors)
		if body[n].Text = rest; ok {
			s.setSignoff(line, d, lineName(p.end-1))
		}
	}
	s.textSources(p)
	s.rec.ArticleBody = s.withLead(plain(body))
	if s.closing != "" {
		body = append(body, news.Block{Kind: news.SignoffBlock, Text: s.closing})
	}
	s.rec.Body = body
	if s.rec.ArticleBody != "" {
		s.credit("articleBody", candidate{method: news.FromText, path: lineName(p.at), confidence: 0.6})
	}
}

// textClosing reads a line that closes the story: of its desk, wherever agencies
// are in it, or near the end by its form or its author; or of its sources.
func (s *story) textClosing(line string, i int, near bool) bool {
	d, ok := s.storyLines().ReadDeskLine(line)
	if ok && (len(d.Agencies) > 0 && (near || d.Initials != "") ||
		near && s.rec.Signoff == nil && (d.Form.Sure() >= storycredit.SureEnough || s.areAuthors(d.Initials) || storycredit.IsUnspoken(d.Initials))) {
		s.setSignoff(line, d, lineName(i))
		return true
	}
	if !near {
		return false
	}
	if d, ok := s.storyLines().ReadSourcedDeskLine(line); ok {
		s.setSignoff(line, d, lineName(i))
		return true
	}
	if len(line) <= longestNames && s.isByLine(line) && s.textByline(line, i) {
		return true
	}
	found := s.storyLines().ClosingLine(line)
	s.addAgencies(found, news.ScopeStory, supply{InSourceLine, news.FromText, lineName(i)})
	return len(found) > 0
}

// textKind says what a line of the body is; nothing for what is to be left out.
func (s *story) textKind(p *textPage, i int) news.BlockKind {
	line := p.lines[i].text
	_, _, credited := s.credited(p, i)
	switch {
	case p.lines[i].common || isTailHead(line) && len(line) < shortSentence || isPlea(line) || isLink(line) || isControl(line) || isSkipLink(withoutNumber(line)) || s.isDateLine(line):
		return ""
	case s.isCreditLine(p, i) || s.isShown(p, i):
		return ""
	case credited:
		return news.ImageBlock
	case withoutNumber(line) != line && !isSaid(line):
		return news.List
	case prose.EndsSentence(line) || prose.IsDense(line):
		return news.Paragraph
	case s.isAlt(p, i) || s.isLoudLink(line):
		return ""
	case utf8.RuneCountInString(line) > longestSubhead:
		if p.isAmongProse(i) && isDescription(line) {
			return news.ImageBlock
		}
		return ""
	}
	// A subhead has a paragraph below it.
	for k := i + 1; k < len(p.lines); k++ {
		below := p.lines[k].text
		if isPlea(below) {
			continue
		}
		if prose.EndsSentence(below) && len(below) > longestSubhead {
			return news.Subhead
		}
		break
	}
	if prose.CountWords(line) > 6 && strings.ContainsAny(line, ",;") {
		return news.Paragraph
	}
	return ""
}

// isAmongProse says whether running text stands above and below a line.
func (p *textPage) isAmongProse(i int) bool {
	return i > 0 && i+1 < len(p.lines) && p.lines[i-1].weight > 0 && p.lines[i+1].weight > 0
}

// isSaid says whether a line is what somebody says, behind a dash: a sentence.
func isSaid(line string) bool { return strings.HasPrefix(line, "– ") && prose.EndsSentence(line) }

// isLoudLink says whether a line is in capitals and as long as a headline, in a
// story whose own is not: it leads to another.
func (s *story) isLoudLink(line string) bool {
	return prose.CountWords(line) > longestKicker && line == strings.ToUpper(line) && strings.ContainsFunc(line, prose.IsCased) && s.rec.Headline != strings.ToUpper(s.rec.Headline)
}

// isDescription says whether a line that ends no sentence tells in one what is
// to be seen, and is not the headline of another story or of a time of the day:
// those have colons, figures in front, or are in capitals.
func isDescription(line string) bool {
	return !strings.Contains(line, ": ") && !unicode.IsDigit(prose.FirstRune(line)) && line != strings.ToUpper(line)
}
