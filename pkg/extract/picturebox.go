package extract

import (
	"slices"
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

const (
	// longestCaption is how much text, in bytes, a picture's box may hold.
	longestCaption = 500
	// longestBareCaption is that of a box that is not named after pictures.
	longestBareCaption = 160
	// shortestAlt is the least alternative text, in bytes, that is a caption's.
	shortestAlt = 12
	// leastCaption is how many words a caption has that no credit and no name
	// prove.
	leastCaption = 4
	// boxDepth is how far around a picture its box is looked for.
	boxDepth = 5
)

// findPictureBoxes finds the boxes that hold a picture and the line below it,
// where no element is named a caption.
func (s *story) findPictureBoxes() {
	s.boxes, s.captionLines = map[int32]bool{}, map[int32]bool{}
	for i := range s.els {
		if e := &s.els[i]; e.own&hintCaption != 0 && e.text <= longestCaption && s.fillsBlock(int32(i)) {
			s.captionLines[e.first] = true
		}
	}
	for _, img := range s.images {
		if at := s.pictureBox(img); at >= 0 {
			s.boxes[at] = true
		}
		if i := s.altLine(img); i >= 0 {
			s.boxes[s.blocks[i].el] = true
		}
	}
}

// altLine is the block below a picture that says what its alternative text
// says, -1 if there is none.
func (s *story) altLine(img int32) int32 {
	i := s.els[img].end
	at := s.els[img].first
	if int(at) >= len(s.blocks) || s.blocks[at].el < i || len(s.blocks[at].text) > longestCaption {
		return -1
	}
	if isHeading(s.els[s.blocks[at].el].tag) {
		return -1
	}
	text := strings.ReplaceAll(s.blocks[at].text, "\n", " ")
	if alt := attr(s.els[img].node, "alt"); len(alt) >= shortestAlt && (prose.Same(alt, text) || prose.Same(s.cutSite(alt), text)) {
		return at
	}
	if told := s.toldCaptions(); len(told) > 0 && slices.Contains(told, prose.Fold(text)) {
		return at
	}
	return -1
}

// creditedLine is the line below a picture that ends in a credit and is no part of
// the story, -1 if there is none.
func (s *story) creditedLine(img int32) int32 {
	at := s.els[img].first
	if int(at) >= len(s.blocks) || s.isPicked(at) {
		return -1
	}
	b := &s.blocks[at]
	if b.el < s.els[img].end || len(b.text) > longestCaption || isHeading(s.els[b.el].tag) || !s.isCredited(b.text) {
		return -1
	}
	if k := sort.Search(len(s.images), func(k int) bool { return s.images[k] >= s.els[img].end }); k < len(s.images) && s.images[k] < b.el {
		return -1 // it stands below another picture
	}
	return at
}

// mostTold bounds how many pictures are read of the structured data.
const mostTold = 20

// toldImages are the story's pictures as the structured data has them.
func (s *story) toldImages() []structured.Thing {
	if s.told == nil {
		s.told = []structured.Thing{}
		if s.ld != nil {
			all := s.graph.Objects(s.ld, "image")
			s.told = append(s.told, all[:min(len(all), mostTold)]...)
		}
	}
	return s.told
}

// toldCaptions are their captions, folded.
func (s *story) toldCaptions() []string {
	if s.captions == nil {
		s.captions = []string{}
		for _, o := range s.toldImages() {
			for _, key := range [...]string{"caption", "description", "name"} {
				if text := prose.Fold(o.Text(key)); len(text) >= shortestAlt {
					s.captions = append(s.captions, text)
				}
			}
		}
	}
	return s.captions
}

// pictureBox is the element around a picture that holds a line or two of text
// and nothing else, -1 if there is none.
func (s *story) pictureBox(img int32) int32 {
	named := s.els[img].own&wordPicture != 0 || s.root >= 0 && s.within(img, s.root) && s.inGallery(img)
	for up, n := s.els[img].parent, 0; up >= 0 && up != s.root && n < boxDepth; up, n = s.els[up].parent, n+1 {
		e := &s.els[up]
		switch e.tag {
		case atom.Figure, atom.P, atom.Li, atom.Td, atom.Article, atom.Main, atom.Body, atom.Blockquote, atom.H2, atom.H3, atom.H4:
			return -1
		}
		named = named || e.own&wordPicture != 0
		if e.text == 0 {
			continue
		}
		most := int32(longestBareCaption)
		if named {
			most = longestCaption
		}
		if e.text > longestCaption || e.last-e.first > 2 || e.linked*2 > e.text || !isBlock(e.node) {
			return -1
		}
		if s.endsCredited(e) {
			return up // whatever the line above is set in
		}
		if e.text > most || !named && (s.headsBox(e) || s.holdsFrame(up)) {
			return -1
		}
		return up
	}
	return -1
}

// boxCaption reads the caption of a box: its first line that is more than a
// credit.
func (s *story) boxCaption(img *news.Image, box int32) {
	e := &s.els[box]
	for _, b := range s.blocks[e.first:e.last] {
		caption, credit := s.cutBoxLine(&b, box)
		if img.CreditText == "" && credit.Text != "" {
			s.setCredit(img, credit)
		}
		if whole, ok := s.photoLines().Labelled(caption); ok {
			s.setCredit(img, whole)
		} else if img.Caption == "" && b.linked == 0 && !enlarges[prose.Fold(caption)] && (prose.CountWords(caption) >= leastCaption || credit.Text != "") {
			img.Caption = caption
		}
	}
}

// cutBoxLine parts a line of a box into caption and credit. Elements named after
// the credit are believed.
func (s *story) cutBoxLine(b *block, box int32) (caption string, c photocredit.Credit) {
	e := &s.els[b.el]
	for up := b.el; up >= box; up = s.els[up].parent {
		if s.els[up].own&hintCredit == 0 || s.els[up].last-s.els[up].first != 1 {
			continue
		}
		if caption, c = s.photoLines().ReadCaption(b.text); c.Text != "" && prose.CountWords(caption) >= leastCaption {
			return caption, c
		}
		if text, label := s.photoLines().CutLabel(b.text); photocredit.Plausible(text) {
			return "", photocredit.Credit{Text: text, Label: label}
		}
	}
	if e.last-e.first == 1 {
		var told, credited strings.Builder
		s.splitCaption(e.node, false, &told, &credited)
		if text := prose.Squash(credited.String()); text != "" && len(text) <= photocredit.Longest {
			c.Text, c.Label = s.photoLines().CutLabel(text)
			return prose.Squash(told.String()), c
		}
	}
	return s.photoLines().Cut(strings.ReplaceAll(b.text, "\n", " "))
}

// endsCredited says whether the second of a box's two lines is a labelled credit.
func (s *story) endsCredited(e *element) bool {
	if e.last-e.first != 2 {
		return false
	}
	_, ok := s.photoLines().Labelled(s.blocks[e.last-1].text)
	return ok
}

// holdsFrame says whether a player or another embedded page stands in an
// element: its words are the player's.
func (s *story) holdsFrame(at int32) bool {
	k := sort.Search(len(s.frames), func(k int) bool { return s.frames[k] > at })
	return k < len(s.frames) && s.within(s.frames[k], at)
}

// headsBox says whether a heading stands in a box: then it tells of something
// else than its picture.
func (s *story) headsBox(e *element) bool {
	for i := e.first; i < e.last; i++ {
		if isHeading(s.els[s.blocks[i].el].tag) || s.blocks[i].bold() {
			return true
		}
	}
	return false
}

// nameBeside is the line beside a credited picture that says what it shows: the
// only one in their box that is no link, as the name of what is on offer.
func (s *story) nameBeside(group int32) string {
	if s.root < 0 || !s.within(group, s.root) {
		return ""
	}
	for up, n := s.els[group].parent, 0; up >= 0 && up != s.root && n < boxDepth; up, n = s.els[up].parent, n+1 {
		e, name, links := &s.els[up], int32(-1), 0
		if e.text > longestCaption || s.holdsOther(up, group) {
			return ""
		}
		for i := e.first; i < e.last; i++ {
			b := &s.blocks[i]
			switch {
			case s.within(b.el, group):
			case b.el < group:
				return "" // it heads the box
			case b.linked*2 >= int32(len(b.text)):
				links++
			case name >= 0 || len(b.text) > longestBareCaption || s.isPicked(i):
				return ""
			default:
				name = i
			}
		}
		if name < 0 || links == 0 {
			continue
		}
		if text := s.blocks[name].text; !strings.HasSuffix(text, ":") && !isTailHead(text) && !isPlea(text) {
			return strings.ReplaceAll(text, "\n", " ")
		}
		return ""
	}
	return ""
}
