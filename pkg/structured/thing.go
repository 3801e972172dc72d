package structured

import (
	"encoding/json"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// Thing is an object of structured data (JSON-LD 1.1, schema.org).
type Thing map[string]any

// articleTypes ranks the types that a story may have; a type in no list is no
// story.
var articleTypes = map[string]int{
	"newsarticle": 5, "reportagenewsarticle": 5, "opinionnewsarticle": 5, "analysisnewsarticle": 5, "backgroundnewsarticle": 5,
	"reviewnewsarticle": 5, "asknewsarticle": 5, "liveblogposting": 5, "article": 4, "blogposting": 4, "socialmediaposting": 2, "report": 4,
	"techarticle": 4, "scholarlyarticle": 4, "advertisercontentarticle": 4, "satiricalarticle": 4, "review": 2, "medicalwebpage": 1, "blog": 1,
	"videoobject": 1, "webpage": 1, "itempage": 1, "discussionforumposting": 2, "podcastepisode": 1, "recipe": 3, "interview": 4, "mediaobject": 1,
}

// IsArticle says whether the thing is of a type that only stories have.
func (t Thing) IsArticle() bool {
	for _, name := range t.Types() {
		if articleTypes[name] >= 4 {
			return true
		}
	}
	return false
}

// Types holds the thing's type names in lower case, without a namespace.
func (t Thing) Types() []string {
	var names []string
	add := func(v any) {
		if s, ok := v.(string); ok {
			if i := strings.LastIndexAny(s, "/#:"); i >= 0 {
				s = s[i+1:]
			}
			names = append(names, strings.ToLower(s))
		}
	}
	switch v := t["@type"].(type) {
	case []any:
		for _, x := range v {
			add(x)
		}
	default:
		add(v)
	}
	return names
}

// Has says whether the key has any value.
func (t Thing) Has(key string) bool {
	switch v := t[key].(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

// Text is the first text that the key has.
func (t Thing) Text(key string) string {
	if all := t.Texts(key); len(all) > 0 {
		return all[0]
	}
	return ""
}

// Texts holds the texts that the key has: its strings, the names (else values,
// URLs, identities) of its objects.
func (t Thing) Texts(key string) []string {
	var all []string
	collectTexts(t[key], 0, &all)
	return all
}

func collectTexts(v any, depth int, all *[]string) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case string:
		if s := prose.Squash(Unescape(v)); s != "" && !IsUnfilled(s) {
			*all = append(*all, s)
		}
	case float64:
		if b, err := json.Marshal(v); err == nil {
			*all = append(*all, string(b))
		}
	case []any:
		for _, x := range v {
			collectTexts(x, depth+1, all)
		}
	case map[string]any:
		for _, key := range [...]string{"name", "@value", "url", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				collectTexts(s, depth+1, all)
				return
			}
		}
		if x, ok := v["name"]; ok {
			collectTexts(x, depth+1, all)
		}
	}
}
