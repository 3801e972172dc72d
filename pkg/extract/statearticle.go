package extract

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// The names under which state keeps the parts of a story, the most believable
// first. stateDateKeys and stateChangeKeys are of dates.
var (
	stateDateKeys = []string{"datePublished", "publishedDate", "published_date", "publishDate", "publish_date", "publicationDate", "publication_date", "publishedAt", "published_at", "firstPublished", "firstPublishedAt", "webPublicationDate", "first_publish_date",
		"displayDate", "display_date", "pubDate", "pub_date", "publishTime", "publish_time", "published", "releaseDate", "createdAt", "created_at", "date"}
	stateChangeKeys  = []string{"dateModified", "modifiedDate", "modified_date", "updatedAt", "updated_at", "lastModified", "last_modified", "last_updated_date", "modifiedAt", "updateDate", "modified"}
	stateAuthorKeys  = []string{"authors", "author", "byline", "bylines", "writers", "contributors", "journalists", "credits", "creator"}
	stateSectionKeys = []string{"section", "primarySection", "primary_section", "sectionName", "articleSection", "taxonomy", "category", "primaryCategory", "channel"}
	stateTopicKeys   = []string{"keywords", "tags", "topics", "taxonomy"}
	stateDeckKeys    = []string{"description", "summary", "dek", "standfirst", "subheadlines", "subheadline", "subtitle", "excerpt", "teaser", "abstract"}
	// innerKeys hold the value of an object that stands for one.
	innerKeys = []string{"by", "primary_section", "basic", "name", "displayName", "display_name", "fullName", "full_name", "title", "label", "text", "value", "iso", "date"}
)

// stateArticle is what the state of a page says of its story, or a meta element
// that holds all of it.
type stateArticle struct {
	from                                      candidate // where it stands; its confidence is that in the date
	published, modified, section, description string
	publishedKey                              string
	authors, topics                           []string
}

// facts counts what is known.
func (a *stateArticle) facts() int {
	n := len(a.authors[:min(1, len(a.authors))]) + len(a.topics[:min(1, len(a.topics))])
	for _, v := range [...]string{a.published, a.published, a.modified, a.section, a.description} {
		if v != "" {
			n++
		}
	}
	return n
}

// stateReader reads an object of state with those that it refers to.
type stateReader struct {
	order when.Order
	// refer gives the object that a reference names, nil if it is not known.
	refer func(id string) map[string]any
}

// article reads the object of a story.
func (r stateReader) article(m map[string]any) stateArticle {
	var a stateArticle
	a.published, a.publishedKey = r.date(m, stateDateKeys)
	a.modified, _ = r.date(m, stateChangeKeys)
	first := func(keys []string, most int) string {
		for _, key := range keys {
			for _, v := range r.values(m[key], 0) {
				if len(v) <= most && !strings.ContainsAny(v, "<>") && unicode.IsLetter(prose.FirstRune(v)) {
					return v
				}
			}
		}
		return ""
	}
	all := func(keys []string, inner string) []string {
		for _, key := range keys {
			v := m[key]
			if o, ok := v.(map[string]any); ok && o[inner] != nil {
				v = o[inner]
			}
			if values := r.values(v, 0); len(values) > 0 {
				return values
			}
		}
		return nil
	}
	a.section = first(stateSectionKeys, 60)
	a.description = first(stateDeckKeys, longestDeck)
	a.authors = all(stateAuthorKeys, "by")
	a.topics = slices.DeleteFunc(all(stateTopicKeys, "tags"), isSlug)
	return a
}

// isSlug says whether a topic is written for machines only: "story-has-edit-branch".
func isSlug(topic string) bool {
	return !strings.Contains(topic, " ") && strings.Contains(topic, "-") && (topic == strings.ToLower(topic) || strings.ContainsAny(topic, "0123456789"))
}

// date is the first of the keys that holds a date, as text.
func (r stateReader) date(m map[string]any, keys []string) (value, key string) {
	for _, key := range keys {
		for _, v := range r.values(m[key], 0) {
			if _, ok := when.Parse(v, r.order); ok && len(v) < 60 {
				return v, key
			}
		}
	}
	return "", ""
}

// values are the texts that a value has: itself, its members, the name that an
// object goes by.
func (r stateReader) values(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if v = prose.Squash(unescape(v)); v != "" && !isUnfilled(v) {
			return []string{v}
		}
	case float64:
		if b, err := json.Marshal(int64(v)); err == nil {
			return []string{string(b)}
		}
	case []any:
		var all []string
		for _, x := range v[:min(len(v), mostKeywords)] {
			all = append(all, r.values(x, depth+1)...)
		}
		return all
	case map[string]any:
		for _, key := range [...]string{"__ref", "id", "$ref"} {
			if id, ok := v[key].(string); ok && len(v) <= 3 && r.refer != nil {
				if o := r.refer(id); o != nil {
					v = o
				}
			}
		}
		for _, key := range innerKeys {
			if values := r.values(v[key], depth+1); len(values) > 0 {
				return values
			}
		}
		given, _ := v["firstName"].(string)
		family, _ := v["lastName"].(string)
		if name := prose.Squash(given + " " + family); name != "" {
			return []string{name}
		}
	}
	return nil
}

// state is what the application state of the page says of the story, read when
// it is first asked for: nothing if no object of it has the headline.
func (s *story) state() *stateArticle {
	if s.stateRead == nil {
		a := s.readState()
		s.stateRead = &a
	}
	return s.stateRead
}

func (s *story) readState() stateArticle {
	if v, name := s.lookup("parsely-page"); v != "" {
		if values, ok := parseLenient(v); ok {
			if m, ok := values[0].(map[string]any); ok {
				a := stateReader{order: s.order}.article(m)
				a.from = candidate{method: news.FromMeta, path: name, confidence: 0.9}
				return a
			}
		}
	}
	var best stateArticle
	needles := titleNeedles(s.rec.Headline)
	if len(needles) == 0 {
		return best
	}
	isTitle := func(v string) bool { return prose.Same(unescape(v), s.rec.Headline) }
	left := mostState
	for _, text := range s.stateTexts(needles) {
		if left -= len(text); left < 0 {
			break
		}
		for _, o := range stateObjects(text, isTitle) {
			r := stateReader{order: s.order, refer: o.refer}
			if a := r.article(o.fields); a.facts() > best.facts() {
				best = a
				best.from = candidate{method: news.FromState, path: "state", confidence: 0.78}
			}
		}
	}
	return best
}

// fillFromState takes section, topics and description from the state where nothing
// else states them, if it was read for date or authors, or if both section and
// topics are missing: for one of them alone it is too long.
func (s *story) fillFromState() {
	if s.stateRead == nil && (s.rec.Section != "" || len(s.rec.Keywords) > 0) {
		return
	}
	a := s.state()
	if s.rec.Section == "" && a.section != "" {
		s.rec.Section = a.section
		s.credit("section", a.found(a.section, "section", 0.6))
	}
	if s.rec.Description == "" && a.description != "" {
		s.rec.Description = a.description
		s.credit("description", a.found(a.description, "description", 0.6))
	}
	if len(s.rec.Keywords) == 0 {
		if topics := s.cutKeywords(a.topics); len(topics) > 0 {
			s.setKeywords(topics, a.found("", "keywords", 0.55))
		}
	}
}

// stateAuthors are the people whom the state names.
func (s *story) stateAuthors() ([]news.Person, candidate) {
	var all []news.Person
	for _, name := range s.state().authors {
		for _, p := range s.bylines().Told(name) {
			all = byline.AddPerson(all, p)
		}
	}
	return all, s.state().found("", "author", 0.6)
}

// found is a value of the state as a candidate.
func (a *stateArticle) found(value, field string, confidence float64) candidate {
	return candidate{value, a.from.method, a.from.path + "." + field, confidence}
}
