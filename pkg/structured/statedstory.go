package structured

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

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

const (
	// longestDescription is in bytes; mostListed bounds what is read of a list.
	longestDescription = 1200
	mostListed         = 60
)

// Story is what one object says of a story.
type Story struct {
	Published, Modified, Section, Description string
	// PublishedKey is the key that has the date of publication.
	PublishedKey    string
	Authors, Topics []string
}

// ReadStory reads a text that is one such object and no more, as some meta
// elements hold it.
func ReadStory(text string, order when.Order) (Story, bool) {
	values, ok := parseLenient(text)
	if !ok {
		return Story{}, false
	}
	m, ok := values[0].(map[string]any)
	if !ok {
		return Story{}, false
	}
	return stateReader{order: order}.story(m), true
}

// Empty says whether nothing is known of the story.
func (a *Story) Empty() bool { return a.facts() == 0 }

// facts counts what is known.
func (a *Story) facts() int {
	n := len(a.Authors[:min(1, len(a.Authors))]) + len(a.Topics[:min(1, len(a.Topics))])
	for _, v := range [...]string{a.Published, a.Published, a.Modified, a.Section, a.Description} {
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

// story reads the object of a story.
func (r stateReader) story(m map[string]any) Story {
	var a Story
	a.Published, a.PublishedKey = r.date(m, stateDateKeys)
	a.Modified, _ = r.date(m, stateChangeKeys)
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
	a.Section = first(stateSectionKeys, 60)
	a.Description = first(stateDeckKeys, longestDescription)
	a.Authors = all(stateAuthorKeys, "by")
	a.Topics = slices.DeleteFunc(all(stateTopicKeys, "tags"), isSlug)
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
		if v = prose.Squash(Unescape(v)); v != "" && !IsUnfilled(v) {
			return []string{v}
		}
	case float64:
		if b, err := json.Marshal(int64(v)); err == nil {
			return []string{string(b)}
		}
	case []any:
		var all []string
		for _, x := range v[:min(len(v), mostListed)] {
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
