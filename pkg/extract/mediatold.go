package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// toldMedia adds what the article's structured data and the page's metadata say
// of recordings to those that were found, or as others.
func (s *story) toldMedia() {
	if len(s.played) > 0 {
		s.credit("media", candidate{method: news.FromSelector, path: "video, audio, iframe, figure", confidence: 0.7})
	}
	if s.ld != nil {
		for _, kind := range [...]news.MediaKind{news.Video, news.Audio} {
			for _, o := range s.graph.Objects(s.ld, string(kind)) {
				if s.addTold(s.thingMedia(o, kind)) {
					s.credit("media", candidate{method: news.FromJSONLD, path: string(kind), confidence: 0.8})
				}
			}
		}
	}
	if len(s.played) > 0 {
		return
	}
	for _, kind := range [...]news.MediaKind{news.Video, news.Audio} {
		name := "og:" + string(kind)
		v, from := s.lookup(name+":secure_url", name+":url", name)
		m := news.Media{Kind: kind, URL: s.webAddress(v)}
		if typ, _ := s.lookup(name + ":type"); strings.HasPrefix(typ, "text/html") {
			m.URL, m.EmbedURL = "", m.URL
		}
		if s.addTold(m) {
			s.credit("media", candidate{method: news.FromMeta, path: from, confidence: 0.6})
		}
	}
}

// thingMedia reads a VideoObject or an AudioObject.
func (s *story) thingMedia(o structured.Thing, kind news.MediaKind) news.Media {
	m := news.Media{
		Kind: kind, URL: s.webAddress(o.Text("contentUrl")), EmbedURL: s.webAddress(o.Text("embedUrl")),
		Poster: s.webAddress(o.Text("thumbnailUrl")), Title: prose.Squash(structured.Unescape(o.Text("name"))), Duration: o.Text("duration"),
	}
	if !strings.HasPrefix(m.Duration, "P") {
		m.Duration = ""
	}
	var img news.Image
	text, label := s.photoLines().CutLabel(prose.Squash(structured.Unescape(o.Text("creditText"))))
	s.setCredit(&img, photocredit.Credit{Text: text, Label: label})
	m.CreditText, m.CreditLabel, m.Creator, m.SourceOrganization = img.CreditText, img.CreditLabel, img.Creator, img.SourceOrganization
	return m
}

// addTold adds a recording, or what is known of it to the one that it is. It says
// whether there was anything to add.
func (s *story) addTold(m news.Media) bool {
	if m.URL == "" && m.EmbedURL == "" || len(s.played) >= mostMedia {
		return false
	}
	for i := range s.played {
		if old := &s.played[i].Media; old.Kind == m.Kind && sameMedia(old, &m) {
			fillMedia(old, &m)
			return false
		}
	}
	s.played = append(s.played, played{Media: m, el: -1})
	return true
}

// sameMedia says whether two descriptions are of one recording. A player without
// an address is the one that the page tells of.
func sameMedia(a, b *news.Media) bool {
	switch {
	case a.URL != "" && a.URL == b.URL, sameEmbed(a.EmbedURL, b.EmbedURL):
		return true
	case a.Title != "" && prose.Same(a.Title, b.Title), a.Caption != "" && prose.Same(a.Caption, b.Title):
		return true
	}
	return a.URL == "" && a.EmbedURL == "" || a.Poster != "" && b.Poster != "" && samePicture(a.Poster, b.Poster)
}

// sameEmbed says whether two players play one recording, whatever their settings.
// Where it is named among the settings, all of these count.
func sameEmbed(a, b string) bool {
	if a == "" || b == "" || a == b {
		return a != "" && a == b
	}
	for _, key := range [...]string{"url=", "id=", "v="} {
		if strings.Contains(a, key) || strings.Contains(b, key) {
			return false
		}
	}
	return weburl.Bare(a) == weburl.Bare(b)
}

func fillMedia(m, from *news.Media) {
	for _, f := range [...]struct{ to, from *string }{
		{&m.URL, &from.URL}, {&m.EmbedURL, &from.EmbedURL}, {&m.Poster, &from.Poster}, {&m.Title, &from.Title}, {&m.Duration, &from.Duration},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if m.CreditText == "" {
		m.CreditText, m.CreditLabel, m.Creator, m.SourceOrganization = from.CreditText, from.CreditLabel, from.Creator, from.SourceOrganization
	}
}
