package extract

import (
	"cmp"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// placed is a picture and where it stands.
type placed struct {
	news.Image
	el    int32 // the element that holds it with its caption
	first int32 // the block at which it stands
}

// mostPictures bounds how many pictures a story has.
const mostPictures = 200

// leastPicture is the least width or height, in pixels, of a picture of a
// story; smaller ones are ornaments.
const leastPicture = 100

// pictures gathers the story's pictures with captions and credits, in reading
// order. A figure without a picture, as a video has, counts by its caption.
func (s *story) pictures() {
	var all []placed
	seen := map[int32]bool{} // figures
	for i := range s.els {
		if len(all) >= mostPictures {
			break
		}
		at := int32(i)
		e := &s.els[i]
		switch {
		case e.tag == atom.Figure && !s.inside(at, seen):
			if !s.ofStory(at) && !s.isLead(s.firstImage(at)) || s.holdsFigures(at) {
				continue
			}
			group := at
			if s.captionElement(at) < 0 {
				group = s.captioned(at)
			}
			seen[group] = true
			img := s.firstImage(at)
			if s.inBox(group) {
				continue
			}
			poster := ""
			if img < 0 {
				var plays bool
				if poster, plays = s.takePlayer(group); plays && poster == "" {
					continue
				}
			}
			all = s.addPicture(all, group, img, poster)
		case e.tag == atom.Img || e.node.Data == "amp-img":
			if s.inside(at, seen) || !s.ofStory(at) && !s.isLead(at) || s.small(e.node) {
				continue
			}
			group := s.captioned(at)
			if group != at {
				seen[group] = true
			}
			if !s.inBox(group) {
				all = s.addPicture(all, group, at, "")
			}
		}
	}
	all, lead := withLead(all, s.leadURL())
	if len(all) == 0 {
		return
	}
	s.leadCredit(&all[lead].Image)
	s.placed = all
	s.rec.Images = make([]news.Image, len(all))
	for i, p := range all {
		s.rec.Images[i] = p.Image
		s.rec.Images[i].Block = -1
	}
	s.rec.Images[lead].Lead = true
	s.credit("images", candidate{method: news.FromSelector, path: "figure, img", confidence: 0.7})
}

// holdsFigures says whether a figure is the frame of others, as galleries are.
func (s *story) holdsFigures(at int32) bool {
	k := sort.Search(len(s.images), func(k int) bool { return s.images[k] >= at })
	for n := 0; n < mostTwins && k < len(s.images) && s.within(s.images[k], at); k, n = k+1, n+1 {
		if s.closest(s.images[k], atom.Figure) != at {
			return true
		}
	}
	return false
}

// withLead finds the main picture: the one that the page gives to those who link
// to it, else the first. A page that prints only a video's caption, or nothing,
// in its place gets the picture put there.
func withLead(all []placed, url string) (_ []placed, lead int) {
	if url == "" {
		return all, 0
	}
	for i := range all {
		if all[i].URL != "" && samePicture(all[i].URL, url) {
			if isThumb(all[i].URL) {
				all[i].URL = url // it comes into sight later
			}
			return all, i
		}
	}
	switch {
	case len(all) == 0:
		return []placed{{Image: news.Image{URL: url}, el: -1}}, 0
	case all[0].URL == "":
		all[0].URL = url
	}
	return all, 0
}

// inside says whether an element stands in one of the figures.
func (s *story) inside(at int32, figures map[int32]bool) bool {
	for i := at; i >= 0; i = s.els[i].parent {
		if figures[i] {
			return true
		}
	}
	return false
}

// firstImage is the first picture inside a figure that is no ornament by its size,
// else the first of all, -1 if there is none.
func (s *story) firstImage(figure int32) int32 {
	k := sort.Search(len(s.images), func(k int) bool { return s.images[k] >= figure })
	small := int32(-1)
	for n := 0; n < mostTwins && k < len(s.images) && s.within(s.images[k], figure); k, n = k+1, n+1 {
		i := s.images[k]
		if !s.small(s.els[i].node) {
			return i
		}
		if small < 0 {
			small = i
		}
	}
	return small
}

// addPicture adds the picture of a group. One without an element of its own has
// its address from elsewhere.
func (s *story) addPicture(all []placed, group, img int32, address string) []placed {
	p := placed{el: group, first: s.els[group].first}
	if img >= 0 {
		n := s.els[img].node
		p.URL, p.Renditions = s.addresses(n, img)
		p.Alt = prose.Squash(attr(n, "alt"))
		for i := group; (p.Alt == "" || p.URL == "") && i < s.els[group].end; i++ {
			if s.els[i].tag != atom.Img {
				continue
			}
			if p.Alt == "" {
				p.Alt = prose.Squash(attr(s.els[i].node, "alt"))
			}
			if p.URL == "" { // of a lazy loader, the picture stands in its noscript
				p.URL, p.Renditions = s.addresses(s.els[i].node, i)
			}
		}
	}
	if img < 0 {
		p.URL = cmp.Or(address, s.background(group))
	}
	s.captionOf(&p.Image, group)
	if img >= 0 && p.Caption == "" && p.CreditText == "" {
		s.toldCaption(&p.Image, img)
	}
	if kind, rest := cutMediaLabel(p.Caption); kind != "" && img >= 0 && s.playerKind(group) != "" {
		// The line below a player's picture is about what it plays.
		s.played = append(s.played, played{Media: news.Media{Kind: kind, Caption: rest, Poster: p.URL}, el: group, first: p.first})
		p.Caption = ""
	}
	if p.CreditText == "" {
		s.unprintedCredit(&p.Image)
	} else if p.Caption == "" && img >= 0 {
		p.Caption = s.nameBeside(group)
	}
	if p.URL == "" && p.Caption == "" || s.isPortrait(p.Caption) {
		return all
	}
	if p.Caption == "" && p.CreditText == "" && img >= 0 && isOrnament(p.URL, p.Alt) {
		return all
	}
	for i := range all {
		if all[i].URL != "" && all[i].URL == p.URL && (all[i].Caption == "" || p.Caption == "" || all[i].Caption == p.Caption) {
			if all[i].Caption == "" {
				all[i].Caption, all[i].CreditText, all[i].CreditLabel = p.Caption, p.CreditText, p.CreditLabel
				all[i].Creator, all[i].SourceOrganization = p.Creator, p.SourceOrganization
			}
			return all
		}
	}
	return append(all, p)
}

func (s *story) small(n *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if v, err := strconv.Atoi(strings.TrimSuffix(attr(n, key), "px")); err == nil && v > 0 && v < leastPicture && v != 1 {
			return true
		} else if err == nil && v == 1 && attr(n, "srcset") == "" && attr(n, "data-src") == "" {
			return true
		}
	}
	return false
}
