package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// The version of ninjs that is written. Later ones of the same number before the
// point only add.
const (
	ninjsVersion = "3.0"
	ninjsSchema  = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"
)

// ninjsCanceled is the state of what is not to be used any more.
const ninjsCanceled = "canceled"

func ninjsStandardOf() *ninjsStandard {
	return &ninjsStandard{Name: "ninjs", Version: ninjsVersion, Schema: ninjsSchema}
}

type ninjsWriter struct{ lines Writer }

// NewNinJS writes each article as an object of IPTC's ninjs 3, one a line.
func NewNinJS(w io.Writer) Writer { return ninjsWriter{NewJSONL(w)} }

func (n ninjsWriter) Write(line []byte) error {
	var row news.StoredRow
	if err := json.Unmarshal(line, &row); err != nil {
		return fmt.Errorf("read the record: %w", err)
	}
	text, err := json.Marshal(ninjsOf(&row.Stored))
	if err != nil {
		return err
	}
	return n.lines.Write(text)
}

func (n ninjsWriter) Flush() error { return n.lines.Flush() }

func ninjsOf(s *news.Stored) ninjs {
	n := ninjs{
		URI: storyURI(s.StoryID), Type: "text", RepresentationType: "full",
		Standard: ninjsStandardOf(),
		Version:  strconv.Itoa(s.Version), FirstCreated: moment(s.FirstSeen), VersionCreated: moment(s.Raw.FetchedAt),
		ContentCreated: exactly(s.DatePublished), PubStatus: "usable",
		Language: s.InLanguage.Declared, By: s.Byline,
		Headlines: headlinesOf(s), Descriptions: descriptionsOf(s), Subjects: subjectsOf(s),
		AltIDs: []ninjsAltID{{"revision", s.ID}, {"capture", s.Raw.CaptureID}},
	}
	if n.Language == "" {
		n.Language = s.InLanguage.Detected
	}
	if s.Raw.Truncated || s.AccessEvidence == news.AccessByTruncation {
		n.RepresentationType = "partial"
	}
	if !s.WithdrawnAt.IsZero() {
		n.PubStatus = ninjsCanceled
	}
	if s.ArticleBody != "" {
		n.Bodies = []ninjsBody{{
			Role: "main", ContentType: "text/plain", Value: s.ArticleBody,
			CharCount: utf8.RuneCountInString(s.ArticleBody), WordCount: s.WordCount,
		}}
	}
	if s.Dateline != nil {
		n.Located = s.Dateline.Place
	}
	if s.Type != "" {
		n.Genres = []ninjsConcept{{Name: string(s.Type), URI: "https://schema.org/" + string(s.Type)}}
	}
	for _, page := range []struct{ name, url string }{{"web", s.URL}, {"canonical", s.CanonicalURL}, {"short", s.ShortURL}} {
		if href := uri(page.url); href != "" {
			n.Renditions = append(n.Renditions, ninjsRendition{Name: page.name, Href: href, ContentType: "text/html"})
		}
	}
	n.nameParties(s)
	n.associate(s)
	return n
}

// nameParties names who wrote, published and supplied the story.
func (n *ninjs) nameParties(s *news.Stored) {
	for _, group := range []struct {
		rel    string
		people []news.Person
	}{{"author", s.Author}, {"contributor", s.Contributors}} {
		for _, p := range group.people {
			party := ninjsConcept{Name: p.Name, Rel: group.rel, URI: uri(p.URL), Literal: p.Initials}
			if p.Kind == news.KindOrganization || p.Kind == news.KindDesk {
				n.Organisations = append(n.Organisations, party)
			} else {
				n.People = append(n.People, party)
			}
		}
	}
	if p := s.Publisher; p != nil {
		n.Organisations = append(n.Organisations, ninjsConcept{Name: p.Name, Rel: "publisher", Literal: p.Domain})
	}
	for _, source := range s.InfoSources {
		n.InfoSources = append(n.InfoSources, ninjsSource{
			Name: source.Name, Literal: source.Literal, Role: sourceRole + string(source.Role) + ":" + string(source.Scope),
		})
	}
}

// associate names the pictures and recordings of the story.
func (n *ninjs) associate(s *news.Stored) {
	for i, image := range s.Images {
		name := fmt.Sprint("image", i+1)
		a := ninjs{
			Name: name, URI: partURI(s, name), Type: "picture", By: image.CreditText,
			Descriptions: descriptions("caption", image.Caption, "alternativeText", image.Alt),
		}
		if href := uri(image.URL); href != "" {
			a.Renditions = append(a.Renditions, ninjsRendition{Name: "main", Href: href})
		}
		for j, r := range image.Renditions {
			if href := uri(r.URL); href != "" {
				a.Renditions = append(a.Renditions, ninjsRendition{Name: fmt.Sprint("size", j+1), Href: href, Width: r.Width})
			}
		}
		n.Associations = append(n.Associations, a)
	}
	for i, m := range s.Media {
		name := fmt.Sprint("media", i+1)
		a := ninjs{
			Name: name, URI: partURI(s, name), Type: string(m.Kind), By: m.CreditText, Title: m.Title,
			Descriptions: descriptions("caption", m.Caption),
		}
		for _, r := range []struct{ name, url string }{{"main", m.URL}, {"player", m.EmbedURL}, {"poster", m.Poster}} {
			if href := uri(r.url); href != "" {
				a.Renditions = append(a.Renditions, ninjsRendition{Name: r.name, Href: href})
			}
		}
		n.Associations = append(n.Associations, a)
	}
}

func headlinesOf(s *news.Stored) []ninjsText {
	all := descriptions("main", s.Headline)
	for _, kicker := range s.Kicker {
		all = append(all, descriptions("kicker", kicker)...)
	}
	for _, other := range s.AlternativeHeadlines {
		all = append(all, descriptions("alternative", other)...)
	}
	return all
}

func descriptionsOf(s *news.Stored) []ninjsText {
	all := descriptions("deck", s.Deck, "summary", s.Description)
	for _, correction := range s.Correction {
		all = append(all, descriptions("correction", correction)...)
	}
	return all
}

// descriptions are texts in their roles: role, text, role, text; those that are
// empty are left out.
func descriptions(rolesAndTexts ...string) (all []ninjsText) {
	for i := 0; i+1 < len(rolesAndTexts); i += 2 {
		if text := rolesAndTexts[i+1]; text != "" {
			all = append(all, ninjsText{Role: rolesAndTexts[i], ContentType: "text/plain", Value: text})
		}
	}
	return all
}

func subjectsOf(s *news.Stored) (all []ninjsConcept) {
	if s.Section != "" {
		all = append(all, ninjsConcept{Name: s.Section, Rel: "section"})
	}
	for _, word := range s.Keywords {
		all = append(all, ninjsConcept{Name: word, Rel: "keyword"})
	}
	return all
}
