package extract

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
	"github.com/copydesk/copydesk/pkg/when"
)

// What stands at the edges of a story is told by its place as much as by its
// words: dates and bylines above, the authors' boxes and addresses below.

const (
	// longestHeadLine is how long a line with a date may be, in bytes, to be one
	// of the page's head.
	longestHeadLine = 60
	// tailBlocks is how many blocks at the end may be about something else.
	tailBlocks = 3
	// longestTailNote is how long such a block may be, in bytes.
	longestTailNote = 500
	// shortestName is the length, in bytes, up to which a name may be a word.
	shortestName = 5
	// shortestLink is how many characters a link has at least that invites its
	// readers; desks' initials open letters too.
	shortestLink = 5
)

// clockAlone is a line that is a time of day and nothing else, as each entry of
// a ticker has it.
var clockAlone = regexp.MustCompile(`^(?i)\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: Uhr)?$`)

// belowHead is the first block behind the page's head, where the body begins
// with it: the lines up to the last one with a date or a byline, before any
// running text.
func (s *story) belowHead(first, last int32) int32 {
	start := first
	for i := first; i < last; i++ {
		b := &s.blocks[i]
		if s.isStampLine(b) {
			start = i + 1
			continue
		}
		if s.isProse(b) && len(b.text) > longestHeadLine && !s.isDateLine(b.text) {
			break
		}
		if s.closest(b.el, atom.Li) < 0 && s.opens(b) {
			start = i + 1
		}
	}
	return start
}

// isStampLine says whether a block is a short line around a time element that
// ends like no sentence, in whatever language.
func (s *story) isStampLine(b *block) bool {
	e := &s.els[b.el]
	return e.last-e.first == 1 && utf8.RuneCountInString(b.text) <= longestHeadLine && !prose.EndsSentence(b.text) && s.holdsTime(b.el)
}

// opens says whether a block dates or signs what is below.
func (s *story) opens(b *block) bool {
	if len(b.text) > longestHeadLine {
		return false
	}
	if m, _, ok := when.Find(b.text, s.order); ok && m.Precision != news.ToDay {
		return true
	}
	rest, by := byline.CutBy(b.text)
	return by && !prose.EndsSentence(b.text) && len(s.bylines().Printed(rest)) > 0
}

// cutTailList cuts the list off the story's end that stands below a heading of
// its own and has a link in every item: other stories, however they are named.
func (s *story) cutTailList(picked []int32) []int32 {
	k := len(picked) - 1
	for k >= 0 && s.closest(s.blocks[picked[k]].el, atom.Li) >= 0 && s.blocks[picked[k]].linked > 0 {
		k--
	}
	if len(picked)-1-k < 3 || k < 3 {
		return picked
	}
	head := &s.blocks[picked[k]]
	if s.closest(head.el, atom.Li) < 0 && len(head.text) < 80 && !prose.EndsSentence(head.text) {
		return picked[:k]
	}
	return picked
}

// cutTailLinks cuts lines off the story's end that are links and nothing else:
// where a link is what a story speaks of, more of it follows.
func (s *story) cutTailLinks(picked []int32) []int32 {
	for k := len(picked); k > tailBlocks; k-- {
		b := &s.blocks[picked[k-1]]
		if s.els[b.el].tag != atom.P || int(b.linked)*10 < (len(b.text)-strings.Count(b.text, " "))*9 {
			return picked[:k]
		}
	}
	return picked
}

// cutTailNotes takes blocks off the story's end that lead to its author or its
// outlet elsewhere.
func (s *story) cutTailNotes() {
	for n := 0; n < tailBlocks && len(s.picked) > 3; n++ {
		if !s.isTailNote(s.picked[len(s.picked)-1]) {
			return
		}
		s.picked = s.picked[:len(s.picked)-1]
	}
}

// isTailNote says whether a block sends its readers to a social network or to a
// mailbox, has them do something, or tells who the author is.
func (s *story) isTailNote(i int32) bool {
	b := &s.blocks[i]
	if len(b.text) > longestTailNote || s.upTo(b.el, atom.Blockquote) >= 0 {
		return false
	}
	if s.leadsToNetwork(i) || invites(b.text) {
		return true
	}
	return b.slanted*4 >= int32(len(b.text))*3 && s.namesAuthor(b.text) || s.tellsOfAuthor(i) || s.isAuthor(b.text)
}

// isAuthor says whether a line is the name of an author and nothing else.
func (s *story) isAuthor(line string) bool {
	for _, p := range s.rec.Author {
		if len(p.Name) > shortestName && prose.Same(line, p.Name) {
			return true
		}
	}
	return false
}

// tellsOfAuthor says whether a block behind the story begins with the name of an
// author that the story does not speak of.
func (s *story) tellsOfAuthor(i int32) bool {
	for _, p := range s.rec.Author {
		if len(p.Name) <= shortestName || !strings.Contains(p.Name, " ") || !strings.HasPrefix(s.blocks[i].text, p.Name+" ") {
			continue
		}
		for _, k := range s.picked {
			if k < i && strings.Contains(s.blocks[k].text, p.Name) {
				return false
			}
		}
		return true
	}
	return false
}

// leadsToNetwork says whether the links of a block lead to social networks or open
// letters. What leads elsewhere, too, tells of something.
func (s *story) leadsToNetwork(i int32) bool {
	k := s.firstAnchor(i)
	leads := false
	for ; k < len(s.anchors) && s.anchors[k].block == i; k++ {
		u, err := url.Parse(s.anchors[k].href)
		if err != nil || utf8.RuneCountInString(s.anchors[k].text) < shortestLink {
			continue
		}
		switch site := weburl.Site(u.String()); {
		case u.Scheme == "mailto" || networks[site] && !strings.Contains(u.Path, "/status") || u.Host == "news.google.com":
			leads = true
		case u.Host != "" && site != weburl.Site(s.base) && site != "google.com": // not where readers prefer their sources
			return false
		}
	}
	return leads
}

// networks are where outlets and authors ask to be followed.
var networks = map[string]bool{
	"twitter.com": true, "x.com": true, "facebook.com": true, "instagram.com": true, "whatsapp.com": true, "t.me": true, "telegram.me": true,
	"linkedin.com": true, "bsky.app": true, "threads.net": true, "tiktok.com": true, "youtube.com": true, "wa.me": true, "line.me": true,
}

// namesAuthor says whether a text has the name of one of the story's authors.
func (s *story) namesAuthor(text string) bool {
	for _, p := range s.rec.Author {
		if len(p.Name) > shortestName && strings.Contains(text, p.Name) {
			return true
		}
	}
	return false
}
