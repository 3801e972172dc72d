package extract

import (
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
)

// played is a recording and where it stands.
type played struct {
	news.Media
	el    int32 // the element that holds it with its caption, -1 for none
	first int32 // the block at which it stands
}

const (
	// mostMedia bounds how many recordings a story has.
	mostMedia = 100
	// mostPlayerText is how much text, in bytes, an element named after a player
	// holds that is one.
	mostPlayerText = 400
)

// media gathers the story's videos and recordings: the players on the page, in
// reading order, then what the structured data and the metadata say of them.
// Figures without a picture have been looked at with the pictures.
func (s *story) media() {
	for _, at := range s.frames {
		if len(s.played) >= mostMedia {
			break
		}
		kind := kindOfElement(s.els[at].node)
		if kind == "" || s.inPlayed(at) || !s.playsStory(at) {
			continue
		}
		group := s.closest(at, atom.Figure)
		if group < 0 || s.root >= 0 && s.within(s.root, group) {
			group = s.captioned(at)
		}
		s.addPlayer(kind, group, at)
	}
	sort.SliceStable(s.played, func(a, b int) bool { return s.played[a].first < s.played[b].first })
	s.toldMedia()
	if len(s.played) == 0 {
		return
	}
	s.rec.Media = make([]news.Media, len(s.played))
	for i, p := range s.played {
		s.rec.Media[i] = p.Media
		s.rec.Media[i].Block = -1
	}
}

// takePlayer takes a group without a picture for a recording, if it plays one.
// It gives the picture that stands for the recording until it is played: below
// that one stands the caption as below any other.
func (s *story) takePlayer(group int32) (poster string, plays bool) {
	kind := s.playerKind(group)
	if kind == "" {
		return "", false
	}
	k := sort.Search(len(s.frames), func(k int) bool { return s.frames[k] >= group })
	frame := int32(-1)
	if k < len(s.frames) && s.within(s.frames[k], group) {
		frame = s.frames[k]
	}
	s.addPlayer(kind, group, frame)
	if frame >= 0 {
		poster = s.webAddress(attr(s.els[frame].node, "poster"))
	}
	return poster, true
}

// inPlayed says whether an element stands in a player that is known.
func (s *story) inPlayed(at int32) bool {
	for i := range s.played {
		if el := s.played[i].el; el >= 0 && s.within(at, el) {
			return true
		}
	}
	return false
}

// playsStory says whether a player stands in the story. Of what is no text of it
// only the player's own frame is let in.
func (s *story) playsStory(at int32) bool {
	frame := at
	for up := at; up >= 0 && s.out[up]; up = s.els[up].parent {
		frame = up
	}
	if e := &s.els[frame]; s.out[at] && frame != at && (e.own&hintMedia == 0 || e.text > mostPlayerText) {
		return false
	}
	return s.standsInStory(frame)
}

// addPlayer adds the recording that a group plays, with its caption. The player
// itself is frame, -1 if only names tell of it.
func (s *story) addPlayer(kind news.MediaKind, group, frame int32) {
	p := played{Media: news.Media{Kind: kind}, el: group, first: s.els[group].first}
	if frame >= 0 {
		s.readPlayer(&p.Media, frame)
	}
	if s.captionElement(group) >= 0 {
		var img news.Image
		s.captionOf(&img, group)
		s.setMediaCaption(&p.Media, &img)
	}
	if p.URL == "" && p.EmbedURL == "" && p.Caption == "" {
		return
	}
	s.played = append(s.played, p)
}

// setMediaCaption takes over what was read as below a picture.
func (s *story) setMediaCaption(m *news.Media, img *news.Image) {
	_, m.Caption = cutMediaLabel(img.Caption)
	if kind, text := cutMediaLabel(img.CreditText); kind != "" {
		s.setCredit(img, photocredit.Credit{Text: text, Label: strings.TrimRight(strings.TrimSuffix(img.CreditText, text), ": ")})
	}
	m.CreditText, m.CreditLabel, m.Creator, m.SourceOrganization = img.CreditText, img.CreditLabel, img.Creator, img.SourceOrganization
}

// readPlayer reads the addresses of a player.
func (s *story) readPlayer(m *news.Media, at int32) {
	e := &s.els[at]
	m.Poster = s.webAddress(attr(e.node, "poster"))
	if title := prose.Squash(attr(e.node, "title")); !strings.Contains(strings.ToLower(title), "player") {
		m.Title = title // players call themselves so where nobody names them
	}
	switch {
	case strings.HasSuffix(e.node.Data, "-youtube"):
		for _, key := range [...]string{"data-videoid", "videoid"} {
			if id := attr(e.node, key); id != "" {
				m.EmbedURL = "https://www.youtube.com/embed/" + id
			}
		}
	case e.tag == atom.Iframe || e.tag == atom.Embed:
		m.EmbedURL = s.webAddress(frameAddress(e.node))
	default:
		m.URL = s.webAddress(frameAddress(e.node))
		for i := at + 1; i < e.end && m.URL == ""; i++ {
			if s.els[i].tag == atom.Source {
				m.URL = s.webAddress(frameAddress(s.els[i].node))
			}
		}
	}
}

// frameAddress is the address that an element loads, at once or when it comes
// into sight.
func frameAddress(n *html.Node) string {
	for _, key := range [...]string{"src", "data-src", "data-lazy-src"} {
		if v := attr(n, key); v != "" && !strings.HasPrefix(v, "about:") && !strings.HasPrefix(v, "data:") {
			return v
		}
	}
	return ""
}

// webAddress is an address made absolute, "" if it is none of the web. Of a page
// without an address it stays as it is.
func (s *story) webAddress(v string) string {
	if v == "" {
		return ""
	}
	if u := s.absolute(v); strings.HasPrefix(u, "http") || s.base == "" && strings.HasPrefix(u, "/") {
		return u
	}
	return ""
}
