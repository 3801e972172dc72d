package extract

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
)

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
	src := source(n)
	if src != "" {
		src = s.absolute(src)
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

// source is the address that a picture's element itself has, as it stands there.
func source(n *html.Node) string {
	for _, key := range lazyAttrs {
		v := attr(n, key)
		if v == "" || strings.HasPrefix(v, "data:") || strings.ContainsAny(v, " {") || isPlaceholder(v) || key == "data-url" && !namesPicture(v) {
			continue
		}
		return v
	}
	return ""
}

// anySource is that address, or the set of them that stands in its place.
func anySource(n *html.Node) string {
	return cmp.Or(source(n), attr(n, "srcset"), attr(n, "data-srcset"), attr(n, "data-lazy-srcset"))
}

// namesPicture says whether an address ends as those of pictures do; in data-url
// stands the page about a picture, too.
func namesPicture(u string) bool {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	switch strings.ToLower(u[strings.LastIndexByte(u, '.')+1:]) {
	case "jpg", "jpeg", "png", "webp", "avif", "gif":
		return true
	}
	return false
}

// background is the picture that an element of a group has as its background, ""
// if there is none.
func (s *story) background(group int32) string {
	for i := group; i < s.els[group].end; i++ {
		_, set, ok := strings.Cut(attr(s.els[i].node, "style"), "background")
		if !ok {
			continue
		}
		if _, set, ok = strings.Cut(set, "url("); !ok {
			continue
		}
		set, _, _ = strings.Cut(set, ")")
		if u := s.absolute(strings.Trim(set, `"' `)); strings.HasPrefix(u, "http") {
			return u
		}
	}
	return ""
}

// isPlaceholder says whether an address is that of the empty picture which a
// lazy loader replaces.
func isPlaceholder(src string) bool {
	return strings.Contains(src, "placeholder") || strings.HasSuffix(src, ".gif") && (strings.Contains(src, "blank") || strings.Contains(src, "transparent") || strings.Contains(src, "spacer"))
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

// isOrnament says whether a picture without words is a logo, an icon, a pixel.
func isOrnament(src, alt string) bool {
	return namesOrnament(src) || src == "" && alt == "" || isThumb(src)
}

// namesOrnament says whether an address is that of an ornament by its words.
func namesOrnament(src string) bool {
	low := strings.ToLower(src)
	for _, w := range [...]string{"logo", "icon", "avatar", "gravatar", "pixel", "spacer", "blank.", "/ads/", "doubleclick", "badge", "button", "sprite", ".svg", "tracking", "emoji", "1x1"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// leadURL is the picture that the page gives to those who link to it.
func (s *story) leadURL() string {
	if v, _ := s.lookup("og:image", "og:image:url", "twitter:image", "twitter:image:src"); v != "" {
		return s.absolute(v)
	}
	if s.ld != nil {
		for _, o := range s.graph.Objects(s.ld, "image") {
			for _, key := range [...]string{"url", "contentUrl", "name"} {
				if v := o.Text(key); strings.Contains(v, "/") {
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
	if program, query, ok := strings.Cut(u, "?"); ok {
		u = program
		for _, key := range [...]string{"src=", "url=", "image="} {
			if _, source, ok := strings.Cut(query, key); ok && strings.ContainsAny(source, "/%") {
				source, _, _ = strings.Cut(source, "&") // a program that makes it smaller
				u = strings.ReplaceAll(source, "%2F", "/")
			}
		}
	}
	u, _, _ = strings.Cut(u, "#")
	if i := strings.LastIndexByte(u, '/'); i >= 0 {
		u = u[i+1:]
	}
	if i := strings.LastIndexByte(u, '.'); i > 0 {
		u = u[:i]
	}
	if i := strings.IndexByte(u, '-'); i >= leastHash && strings.Trim(u[i:], "-0123456789") == "" {
		u = u[:i] // width and quality behind a hash
	}
	for {
		i := strings.LastIndexAny(u, "-_")
		if i < 1 || !isSizeMark(u[i+1:]) {
			return strings.ToLower(u)
		}
		u = u[:i]
	}
}

// leastHash is the least length of a name in one word behind which bare numbers
// are sizes.
const leastHash = 16

// isSizeMark says whether the last part of a name gives a size: "s1100", "w640",
// "1024x683". A bare number may as well count the pictures.
func isSizeMark(part string) bool {
	digits, letters := 0, 0
	for i := range len(part) {
		switch c := part[i]; {
		case '0' <= c && c <= '9':
			digits++
		case c == 'x' && digits > 1 || i == 0 && (c == 's' || c == 'w' || c == 'h' || c == 'c'):
			letters++
		default:
			return false
		}
	}
	return digits > 1 && letters == 1
}

// isThumb says whether an address asks for less than leastPicture pixels of
// width.
func isThumb(u string) bool {
	i := strings.IndexByte(u, '?')
	if i < 0 {
		return false
	}
	for pair := range strings.SplitSeq(u[i+1:], "&") {
		key, value, _ := strings.Cut(pair, "=")
		if key == "w" || key == "width" {
			n, err := strconv.Atoi(value)
			return err == nil && n > 0 && n < leastPicture
		}
	}
	return false
}
