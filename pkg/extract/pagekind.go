package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// refuse says of a page that is no article what it is. A wrong refusal loses a
// story, so it needs proof: little text, or an address and a structure that no
// story has.
func (s *story) refuse() error {
	body := len(s.rec.ArticleBody)
	title := strings.ToLower(s.title + "\n" + s.rec.Headline)
	visible := 0
	if len(s.els) > 0 {
		visible = int(s.els[0].text)
	}
	told := s.saysArticle()
	certain := told && !s.saysSoByDefault()
	switch {
	case body < 800 && !told && s.isConsent(title):
		return skip(news.ConsentWall, "a question about consent stands in the way: %q", s.title)
	case body < 800 && !told && isBotCheck(title, s.pageHead()):
		return skip(news.BotWall, "a check for robots stands in the way: %q", s.title)
	case body < 800 && !certain && isError(s.title, s.rec.Headline):
		return skip(news.ErrorPage, "an error served as a page: %q", s.title)
	case s.isHome() && !told && s.isIndex():
		return skip(news.HomePage, "the front page of a site")
	case !certain && s.isHome() && s.isTeaserList(0):
		return skip(news.HomePage, "the front page of a site")
	case !certain && s.root > 0 && s.isTeaserList(s.root) && s.namesSection():
		return skip(news.SectionPage, "a list of stories")
	case !told && s.isIndex() && (body < 400 || s.isSectionAddress() || s.saysList()):
		return skip(news.SectionPage, "a list of stories")
	case !told && len(s.rec.Images) > 8 && (body < 200 || body < 40*len(s.rec.Images) && s.longest() < 100):
		return skip(news.GalleryPage, "%d pictures and %d bytes of story", len(s.rec.Images), body)
	case visible == 0 && body == 0:
		return skip(news.NoText, "the page shows no text")
	case body < 200 && s.rec.Headline == "":
		return skip(news.NotArticle, "neither headline nor story")
	case body == 0 && !told:
		return skip(news.NotArticle, "no story under the headline %q", s.rec.Headline)
	}
	return nil
}

// saysArticle says whether the page's own data call it a story.
func (s *story) saysArticle() bool {
	if s.recipe != "" {
		return true
	}
	if s.ld != nil && s.ld.IsArticle() && (s.ld.Has("datePublished") || s.ld.Has("headline")) {
		return true
	}
	for _, m := range s.metas {
		switch m.name {
		case "og:type":
			if strings.Contains(strings.ToLower(m.content), "article") {
				return true
			}
		case "article:published_time":
			return true
		}
	}
	for i := range s.els {
		if s.els[i].own&propBody != 0 && s.mass[i] > 200 {
			return true
		}
	}
	return false
}

// saysSoByDefault says that nothing but the type for social media calls the
// page a story: content systems write that on every page.
func (s *story) saysSoByDefault() bool {
	for _, m := range s.metas {
		if m.name == "article:published_time" {
			return false
		}
	}
	return s.ld == nil || !s.ld.IsArticle()
}

// saysList says whether the structured data call the page a list.
func (s *story) saysList() bool {
	for _, t := range s.graph.Things {
		for _, kind := range t.Types() {
			switch kind {
			case "collectionpage", "searchresultspage":
				return true
			}
		}
	}
	return false
}

func (s *story) isHome() bool {
	u, err := url.Parse(s.base)
	if err != nil || u.Host == "" || u.RawQuery != "" {
		return false
	}
	p := strings.Trim(u.Path, "/")
	switch p {
	case "", "index.html", "index.htm", "index.php", "home", "home.html":
		return true
	}
	return len(p) == 2
}

// isSectionAddress says whether the address is that of a list: one short word,
// or a path that lists are kept under.
func (s *story) isSectionAddress() bool {
	u, err := url.Parse(s.base)
	if err != nil || u.Host == "" {
		return false
	}
	p := strings.Trim(u.Path, "/")
	for _, w := range [...]string{"tag/", "tags/", "category/", "topic/", "topics/", "thema/", "author/", "search", "section/"} {
		if strings.HasPrefix(p, w) {
			return true
		}
	}
	return p != "" && !strings.ContainsAny(p, "/-_.0123456789") && len(p) < 20
}

// isTeaserList says whether what stands inside an element is a list of
// teasers: headings that are links, and not more than a line or two below each.
func (s *story) isTeaserList(root int32) bool {
	if len(s.els) == 0 || s.longest() > 200 {
		return false
	}
	linked, plain := 0, 0
	for _, at := range s.headings {
		e := &s.els[at]
		if e.tag == atom.H1 || int32(at) < root || int32(at) >= s.els[root].end {
			continue
		}
		if s.leadsAway(at) {
			linked++
		} else {
			plain++
		}
	}
	return linked >= 4 && linked > plain && len(s.rec.ArticleBody) < linked*250
}

// leadsAway says whether a heading is a link.
func (s *story) leadsAway(at int32) bool {
	e := &s.els[at]
	return e.linked*10 > e.text*8 || s.closest(at, atom.A) >= 0
}

// namesSection says whether the headline is as short as a section's name; a
// story's says what happened.
func (s *story) namesSection() bool { return len(strings.Fields(s.rec.Headline)) <= 3 }

// isIndex says whether the page is mainly a list of links to stories: many
// headings that are links, and little running text beside them.
func (s *story) isIndex() bool {
	linked := 0
	for _, at := range s.headings {
		e := &s.els[at]
		if e.tag == atom.H1 || e.text < 15 {
			continue
		}
		if s.leadsAway(at) {
			linked++
		}
	}
	return linked >= 8 && len(s.rec.ArticleBody) < linked*250 && (s.root < 0 || s.longest() < 500)
}

// longest is the length of the body's longest paragraph.
func (s *story) longest() int {
	n := 0
	for _, b := range s.rec.Body {
		if b.Kind == news.Paragraph {
			n = max(n, len(b.Text))
		}
	}
	return n
}

// pageHead is the beginning of the page's text, in lower case.
func (s *story) pageHead() string {
	var b strings.Builder
	for i := range s.blocks {
		if b.Len() > 600 {
			break
		}
		b.WriteString(strings.ToLower(s.blocks[i].text))
		b.WriteByte('\n')
	}
	return b.String()
}

func (s *story) isConsent(title string) bool {
	text := title + "\n" + s.pageHead()
	n := 0
	for _, w := range [...]string{"cookie", "consent", "privacidad", "parceir", "aceitar", "personaliz", "informativa", "samtyk", "samtyck", "toestemming", "prywatno", "согласи", "конфиденциальн", "çerez", "同意", "隐私", "موافق", "zustimm", "einwillig", "datenschutz", "privacy", "tracking", "partner", "gdpr", "accepter", "confidentialité", "aceptar", "personalis", "werbung", "accept all", "alle akzeptieren"} {
		if strings.Contains(text, w) {
			n++
		}
	}
	return n >= 4
}

func isBotCheck(title, head string) bool {
	for _, w := range [...]string{"just a moment", "attention required", "access denied", "are you a robot", "are you human", "captcha", "checking your browser", "security check", "pardon our interruption", "bot verification", "verify you are human", "unusual activity", "human verification"} {
		if strings.Contains(title, w) || strings.Contains(head, w) && len(head) < 600 {
			return true
		}
	}
	return false
}

// errorTitles are what pages are called that tell of an error. Folded.
var errorTitles = prose.FoldAll("404", "404 not found", "not found", "page not found", "error 404", "404 error", "seite nicht gefunden", "page introuvable", "página no encontrada", "pagina non trovata", "pagina niet gevonden", "410 gone", "403 forbidden",
	"500 internal server error", "internal server error", "service unavailable", "bad gateway", "502 bad gateway", "503 service unavailable", "error", "fehler", "fehler 404", "oops", "nicht gefunden", "this page could not be found", "this page can't be found", "página não encontrada", "sidan hittades inte", "siden blev ikke fundet", "nie znaleziono strony", "страница не найдена", "we can't find that page", "page unavailable", "sorry page not found", "sorry this page isn't available", "die seite wurde nicht gefunden", "diese seite existiert nicht", "cette page n'existe pas", "gone")

func isError(title, headline string) bool {
	for _, text := range [...]string{title, headline} {
		for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|–—-:·", r) }) {
			f := prose.Fold(piece)
			for _, e := range errorTitles {
				if f == e || len(e) > 8 && strings.HasPrefix(f, e) {
					return true
				}
			}
		}
	}
	return false
}
