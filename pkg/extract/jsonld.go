package extract

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// thing is an object of structured data (JSON-LD 1.1, schema.org).
type thing map[string]any

// graph is all structured data of a page that stands at its top levels, in
// order, with the objects that others refer to by @id.
type graph struct {
	things  []thing
	byID    map[string]thing
	broken  []string // scripts that are no JSON
	article thing    // the one of the page, nil for none
	at      int      // its place among the things
}

// maxDepth bounds how deep structured data is followed.
const maxDepth = 12

func readGraph(scripts []string, pageURL string) *graph {
	g := &graph{byID: map[string]thing{}}
	for _, s := range scripts {
		values, ok := parseLenient(s)
		if !ok {
			g.broken = append(g.broken, s)
		}
		for _, v := range values {
			g.top(v, 0)
		}
	}
	g.pickArticle(pageURL)
	return g
}

// top takes the objects that stand for the page: at the root, in arrays, in
// @graph, and as the main entity of others.
func (g *graph) top(v any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			g.top(x, depth+1)
		}
	case map[string]any:
		t := thing(v)
		if id := t.text("@id"); id != "" && len(v) > 1 {
			if old, ok := g.byID[id]; !ok || len(old) < len(v) {
				g.byID[id] = t
			}
		}
		g.things = append(g.things, t)
		if inner, ok := v["@graph"]; ok {
			g.top(inner, depth+1)
		}
		for _, key := range [...]string{"mainEntity", "mainEntityOfPage", "liveBlogUpdate"} {
			if inner, ok := v[key].(map[string]any); ok && len(inner) > 2 {
				g.top(inner, depth+1)
			}
		}
	}
}

// articleTypes ranks the types that a story may have; a type in no list is no
// story.
var articleTypes = map[string]int{
	"newsarticle": 5, "reportagenewsarticle": 5, "opinionnewsarticle": 5, "analysisnewsarticle": 5, "backgroundnewsarticle": 5,
	"reviewnewsarticle": 5, "asknewsarticle": 5, "liveblogposting": 5, "article": 4, "blogposting": 4, "socialmediaposting": 2, "report": 4,
	"techarticle": 4, "scholarlyarticle": 4, "advertisercontentarticle": 4, "satiricalarticle": 4, "review": 2, "medicalwebpage": 1, "blog": 1,
	"videoobject": 1, "webpage": 1, "itempage": 1, "discussionforumposting": 2, "podcastepisode": 1, "recipe": 3, "interview": 4, "mediaobject": 1,
}

// pickArticle takes the object that is the most like the story of the page.
func (g *graph) pickArticle(pageURL string) {
	g.article = nil
	bestScore := 0
	page := bareURL(pageURL)
	for i, t := range g.things {
		rank := 0
		for _, name := range t.types() {
			rank = max(rank, articleTypes[name])
		}
		if rank == 0 {
			continue
		}
		score := rank * 4
		if t.text("headline") != "" {
			score += 3
		}
		if t.text("datePublished") != "" {
			score += 3
		}
		if t.has("articleBody") {
			score++
		}
		if t.has("author") {
			score++
		}
		if page != "" {
			for _, u := range []string{t.text("url"), t.text("@id"), t.text("mainEntityOfPage")} {
				if u != "" && bareURL(u) == page {
					score += 6
					break
				}
			}
		}
		if score > bestScore {
			g.article, g.at, bestScore = t, i, score
		}
	}
}

// dropArticle takes the article out of the graph and picks another.
func (g *graph) dropArticle(pageURL string) {
	g.things = slices.Delete(g.things, g.at, g.at+1)
	g.pickArticle(pageURL)
}

// bareURL is a URL without scheme, query, fragment and closing slash.
func bareURL(u string) string {
	if i := strings.Index(u, "://"); i >= 0 {
		u = u[i+3:]
	}
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}

// isArticle says whether the thing is of a type that only stories have.
func (t thing) isArticle() bool {
	for _, name := range t.types() {
		if articleTypes[name] >= 4 {
			return true
		}
	}
	return false
}

// types holds the thing's type names in lower case, without a namespace.
func (t thing) types() []string {
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

// has says whether the key has any value.
func (t thing) has(key string) bool {
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

// text is the first text that the key has.
func (t thing) text(key string) string {
	if all := t.texts(key); len(all) > 0 {
		return all[0]
	}
	return ""
}

// texts holds the texts that the key has: its strings, the names (else values,
// URLs, identities) of its objects.
func (t thing) texts(key string) []string {
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
		if s := prose.Squash(unescape(v)); s != "" && !isUnfilled(s) {
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

// objects holds the objects that the key has; a reference by @id is followed,
// a plain string becomes an object with that name.
func (g *graph) objects(t thing, key string) []thing {
	var all []thing
	var add func(v any, depth int)
	add = func(v any, depth int) {
		if depth > maxDepth {
			return
		}
		switch v := v.(type) {
		case string:
			if s := prose.Squash(unescape(v)); s != "" && !isUnfilled(s) {
				all = append(all, thing{"name": s})
			}
		case []any:
			for _, x := range v {
				add(x, depth+1)
			}
		case map[string]any:
			o := thing(v)
			if id, ok := v["@id"].(string); ok && !o.has("name") {
				if full, ok := g.byID[id]; ok {
					o = full
				}
			}
			all = append(all, o)
		}
	}
	add(t[key], 0)
	return all
}
