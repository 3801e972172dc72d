package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
)

// placed is a picture and where it stands.
type placed struct {
	news.Image
	el    int32 // the element that holds it with its caption
	first int32 // the block at which it stands
}

// leastPicture is the least width or height, in pixels, of a picture of a
// story; smaller ones are ornaments.
const leastPicture = 100

// pictures gathers the story's pictures with captions and credits, in reading
// order. A figure without a picture, as a video has, counts by its caption.
func (s *story) pictures() {
	var all []placed
	seen := map[int32]bool{} // figures
	for i := range s.els {
		at := int32(i)
		e := &s.els[i]
		switch {
		case e.tag == atom.Figure && !s.inside(at, seen):
			if !s.ofStory(at) {
				continue
			}
			group := at
			if s.captionElement(at) < 0 {
				group = s.captioned(at)
			}
			seen[group] = true
			all = s.addPicture(all, group, s.firstImage(at))
		case e.tag == atom.Img || e.node.Data == "amp-img":
			if s.inside(at, seen) || !s.ofStory(at) || s.small(e.node) {
				continue
			}
			group := s.captioned(at)
			if group != at {
				seen[group] = true
			}
			all = s.addPicture(all, group, at)
		}
	}
	s.rec.Images = make([]news.Image, 0, len(all)+1)
	lead := s.leadURL()
	for _, p := range all {
		p.Block = -1
		s.rec.Images = append(s.rec.Images, p.Image)
	}
	s.markLead(lead)
	if len(s.rec.Images) == 0 {
		s.rec.Images = nil
		return
	}
	s.placed = all
	s.credit("images", candidate{method: news.FromSelector, path: "figure, img", confidence: 0.7})
}

func (s *story) markLead(lead string) {
	best := -1
	for i := range s.rec.Images {
		if u := s.rec.Images[i].URL; u != "" && lead != "" && samePicture(u, lead) {
			best = i
			break
		}
	}
	if best < 0 && lead != "" && (len(s.rec.Images) == 0 || s.rec.Images[0].URL == "") {
		if len(s.rec.Images) > 0 && s.rec.Images[0].Caption != "" {
			s.rec.Images[0].URL = lead
		} else {
			s.rec.Images = append([]news.Image{{URL: lead, Block: -1}}, s.rec.Images...)
			s.placed = nil
		}
		best = 0
	}
	if best < 0 && len(s.rec.Images) > 0 {
		best = 0
	}
	if best >= 0 {
		s.rec.Images[best].Lead = true
	}
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

// ofStory says whether an element stands in the body, or between the headline
// and the body, and not in anything strange.
func (s *story) ofStory(at int32) bool {
	e := &s.els[at]
	if s.out[at] || e.around&(hintRelated|hintComments|hintBio) != 0 && !(s.root >= 0 && s.els[s.root].around&e.around&(hintRelated|hintComments|hintBio) != 0) {
		return false
	}
	if s.root >= 0 && s.within(at, s.root) {
		for up := e.parent; up >= 0 && up != s.root; up = s.els[up].parent {
			if s.els[up].own&(notStory|hintTeaser|hintByline) != 0 || s.els[up].tag == atom.Aside {
				return false
			}
			if s.els[up].tag == atom.A && s.els[up].text > 60 {
				return false
			}
		}
		return true
	}
	if s.head >= 0 && s.root >= 0 && s.els[s.root].first >= s.els[s.head].first {
		lo := s.els[s.head].first - 4
		return e.first >= lo && at < s.root && e.first <= s.els[s.root].first && s.inArticle(at) && e.around&(hintByline|hintTeaser) == 0
	}
	return false
}

// inArticle says whether an element outside the body stands in the same article
// as the headline.
func (s *story) inArticle(at int32) bool {
	up := s.head
	for range 7 {
		if up = s.els[up].parent; up < 0 || s.els[up].tag == atom.Body {
			return false
		}
		if s.within(at, up) {
			return true
		}
	}
	return false
}

func (s *story) firstImage(figure int32) int32 {
	for i := figure; i < s.els[figure].end; i++ {
		if e := &s.els[i]; (e.tag == atom.Img || e.node.Data == "amp-img") && !s.small(e.node) {
			return i
		}
	}
	return -1
}

// captioned is the nearest element around a picture that also holds its
// caption, and no other picture; else the picture itself.
func (s *story) captioned(at int32) int32 {
	for up, n := s.els[at].parent, 0; up >= 0 && n < 5; up, n = s.els[up].parent, n+1 {
		e := &s.els[up]
		if up == s.root || e.tag == atom.Body || e.tag == atom.Article || s.within(s.head, up) && s.head >= 0 || e.text > 700 {
			break
		}
		if s.captionElement(up) >= 0 {
			return up
		}
	}
	return at
}

// captionElement is the element inside a group that is named a caption, or a
// credit; -1 if there is none.
func (s *story) captionElement(group int32) int32 {
	best := int32(-1)
	for i := group + 1; i < s.els[group].end; i++ {
		e := &s.els[i]
		if e.tag == atom.Figcaption {
			return i
		}
		if best < 0 && e.own&hintCaption != 0 && e.text+int32(len(e.node.Data)) > 0 {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	for i := group + 1; i < s.els[group].end; i++ {
		if s.els[i].own&hintCredit != 0 && s.els[i].tag != atom.Img {
			return i
		}
	}
	return -1
}

func (s *story) addPicture(all []placed, group, img int32) []placed {
	p := placed{el: group, first: s.els[group].first}
	if img >= 0 {
		n := s.els[img].node
		p.URL, p.Renditions = s.addresses(n, img)
		p.Alt = squash(attr(n, "alt"))
	}
	s.captionOf(&p.Image, group)
	if p.CreditText == "" && p.Alt != "" {
		if _, pc := cutCredit(p.Alt); pc.label != "" {
			setCredit(&p.Image, pc) // pages without a printed credit have it here
		}
	}
	if p.URL == "" && p.Caption == "" {
		return all
	}
	if p.Caption == "" && p.CreditText == "" && img >= 0 && isOrnament(p.URL, p.Alt) {
		return all
	}
	for i := range all {
		if all[i].URL != "" && all[i].URL == p.URL {
			if all[i].Caption == "" {
				all[i].Caption, all[i].CreditText, all[i].CreditLabel = p.Caption, p.CreditText, p.CreditLabel
				all[i].Creator, all[i].SourceOrganization = p.Creator, p.SourceOrganization
			}
			return all
		}
	}
	return append(all, p)
}

// captionOf reads caption and credit of a group. Where the credit has an
// element of its own, that is believed; else it is cut off the caption's end.
func (s *story) captionOf(img *news.Image, group int32) {
	at := s.captionElement(group)
	if at < 0 {
		s.looseCaption(img, group)
		return
	}
	var caption, credit strings.Builder
	splitCaption(s.els[at].node, false, &caption, &credit)
	c, credited := squash(caption.String()), squash(credit.String())
	if credited == "" {
		// The credit may stand beside the caption.
		for i := group + 1; i < s.els[group].end; i++ {
			if s.within(i, at) || s.within(at, i) || s.els[i].own&hintCredit == 0 || s.els[i].tag == atom.Img {
				continue
			}
			if credited = inlineText(s.els[i].node); credited != "" {
				break
			}
		}
	}
	if e := &s.els[group]; credited == "" && isBlock(e.node) {
		for _, b := range s.blocks[e.first:e.last] {
			if _, label := cutLabel(b.text); label != "" && len(b.text) < 120 && !s.within(b.el, at) {
				credited = b.text
				break
			}
		}
	}
	if s.els[at].own&hintCredit != 0 && s.els[at].own&hintCaption == 0 && credited == "" {
		c, credited = "", c
	}
	var pc pictureCredit
	if credited != "" && len(credited) < 250 {
		pc.text, pc.label = cutLabel(credited)
		c = strings.TrimSpace(strings.TrimSuffix(c, credited))
		// A label may be left behind outside the credit's element.
		if rest, label := cutTrailingLabel(c); label != "" && pc.label == "" {
			c, pc.label = rest, label
		}
	} else {
		c, pc = cutCredit(c)
		if pc.text == "" {
			if text, label := cutLabel(c); label != "" && plausibleCredit(text) {
				c, pc = "", pictureCredit{text, label}
			}
		}
	}
	img.Caption = strings.TrimSpace(strings.Trim(c, "|"))
	setCredit(img, pc)
}

// looseCaption reads a caption that is in no element named so: text in the
// picture's own group that ends in a credit.
func (s *story) looseCaption(img *news.Image, group int32) {
	e := &s.els[group]
	if isBlock(e.node) && e.last-e.first <= 3 {
		for _, b := range s.blocks[e.first:e.last] {
			text := strings.ReplaceAll(b.text, "\n", " ")
			if s.isCredited(text) {
				c, pc := cutCredit(text)
				img.Caption = c
				setCredit(img, pc)
				return
			}
		}
	}
}

// cutTrailingLabel takes a credit's label off a caption's end.
func cutTrailingLabel(c string) (rest, label string) {
	t := strings.TrimRight(c, " :")
	for _, l := range creditLabels {
		if strings.HasSuffix(t, l) && (len(t) < len(c) || len(t) == len(l)) {
			return strings.TrimSpace(t[:len(t)-len(l)]), l
		}
	}
	return c, ""
}

// splitCaption walks a caption's element and parts text from credit.
func splitCaption(n *html.Node, inCredit bool, caption, credit *strings.Builder) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if inCredit {
				credit.WriteString(c.Data)
			} else {
				caption.WriteString(c.Data)
			}
		case c.Type != html.ElementNode || unseen(c) || c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Svg:
		default:
			h := hintsOf(c)
			if h&hidden != 0 || h&(hintFurniture&^hintCaption) != 0 && h&(hintCaption|hintCredit) == 0 {
				continue
			}
			isCredit := inCredit || h&(hintCredit|hintSignoff|hintByline) != 0 && (h&hintCaption == 0 || !holdsCaption(c)) ||
				c.DataAtom == atom.Cite || c.DataAtom == atom.Small && shortCredit(c)
			to := caption
			if isCredit {
				to = credit
			}
			to.WriteByte(' ')
			splitCaption(c, isCredit, caption, credit)
			to.WriteByte(' ')
		}
	}
}

// holdsCaption says whether one of an element's children is named a caption and
// no credit: then the element is the frame of both.
func holdsCaption(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && hintsOf(c)&(hintCaption|hintCredit) != 0 {
			return true
		}
	}
	return false
}

func shortCredit(n *html.Node) bool {
	t := inlineText(n)
	_, label := cutLabel(t)
	return label != "" || len(t) < 80 && namesAgency(t)
}

// lazyAttrs hold the address of a picture that is loaded when it comes into
// sight.
var lazyAttrs = []string{"data-src", "data-original", "data-lazy-src", "data-url", "data-image", "data-hi-res-src", "data-full-src", "data-img-src", "data-large-src", "data-default-src", "data-lazy", "src", "data-posterurl"}

// addresses reads the addresses of a picture.
func (s *story) addresses(n *html.Node, at int32) (string, []news.Rendition) {
	var renditions []news.Rendition
	add := func(set string) {
		for _, r := range parseSrcset(set) {
			if u := s.absolute(r.URL); strings.HasPrefix(u, "http") && len(renditions) < 12 {
				dup := false
				for _, old := range renditions {
					dup = dup || old.URL == u
				}
				if !dup {
					renditions = append(renditions, news.Rendition{URL: u, Width: r.Width})
				}
			}
		}
	}
	for _, key := range [...]string{"srcset", "data-srcset", "data-lazy-srcset"} {
		add(attr(n, key))
	}
	if p := s.els[at].parent; p >= 0 && s.els[p].tag == atom.Picture {
		for i := p + 1; i < s.els[p].end; i++ {
			if s.els[i].tag == atom.Source {
				add(attr(s.els[i].node, "srcset"))
				add(attr(s.els[i].node, "data-srcset"))
			}
		}
	}
	src := ""
	for _, key := range lazyAttrs {
		v := attr(n, key)
		if v == "" || strings.HasPrefix(v, "data:") || strings.ContainsAny(v, " {") || strings.Contains(v, "placeholder") || strings.HasSuffix(v, "blank.gif") {
			continue
		}
		if u := s.absolute(v); u != "" {
			src = u
			break
		}
	}
	if src == "" && len(renditions) > 0 {
		widest := 0
		for i, r := range renditions {
			if r.Width > renditions[widest].Width {
				widest = i
			}
		}
		src = renditions[widest].URL
	}
	return src, renditions
}

// parseSrcset reads a srcset (HTML standard, section 4.8.4.2.1); widths of
// pixel densities are not known and stay 0.
func parseSrcset(set string) []news.Rendition {
	var all []news.Rendition
	for set = strings.TrimSpace(set); set != ""; set = strings.TrimLeft(set, " ,\t\n\r") {
		end := strings.IndexAny(set, " \t\n\r")
		if end < 0 {
			end = len(set)
		}
		r := news.Rendition{URL: strings.TrimRight(set[:end], ",")}
		done := strings.HasSuffix(set[:end], ",")
		set = strings.TrimLeft(set[end:], " \t\n\r")
		if !done {
			desc := set
			if i := strings.IndexByte(set, ','); i >= 0 {
				desc, set = set[:i], set[i+1:]
			} else {
				set = ""
			}
			if desc = strings.TrimSpace(desc); strings.HasSuffix(desc, "w") {
				r.Width, _ = strconv.Atoi(desc[:len(desc)-1])
			}
		}
		if r.URL != "" && !strings.HasPrefix(r.URL, "data:") {
			all = append(all, r)
		}
	}
	return all
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

// isOrnament says whether a picture without words is a logo, an icon, a pixel.
func isOrnament(src, alt string) bool {
	low := strings.ToLower(src)
	for _, w := range [...]string{"logo", "icon", "avatar", "gravatar", "pixel", "spacer", "blank.", "/ads/", "doubleclick", "badge", "button", "sprite", ".svg", "tracking", "emoji", "1x1"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return src == "" && alt == ""
}

// leadURL is the picture that the page gives to those who link to it.
func (s *story) leadURL() string {
	if v, _ := s.lookup("og:image", "og:image:url", "twitter:image", "twitter:image:src"); v != "" {
		return s.absolute(v)
	}
	if s.ld != nil {
		for _, o := range s.graph.objects(s.ld, "image") {
			for _, key := range [...]string{"url", "contentUrl", "name"} {
				if v := o.text(key); strings.Contains(v, "/") {
					return s.absolute(v)
				}
			}
		}
	}
	return ""
}

// samePicture says whether two addresses show one picture, in whatever size.
func samePicture(a, b string) bool {
	if a == b {
		return true
	}
	x, y := pictureName(a), pictureName(b)
	return len(x) > 6 && x == y
}

// pictureName is the last part of an address without sizes and endings.
func pictureName(u string) string {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	if i := strings.LastIndexByte(u, '/'); i >= 0 {
		u = u[i+1:]
	}
	if i := strings.LastIndexByte(u, '.'); i > 0 {
		u = u[:i]
	}
	return strings.ToLower(u)
}
