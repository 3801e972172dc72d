package extract

import (
	"encoding/json"
	"strings"
)

// thing is an object of structured data (JSON-LD 1.1, schema.org).
type thing map[string]any

// graph is all structured data of a page that stands at its top levels, in
// order, with the objects that others refer to by @id.
type graph struct {
	things  []thing
	byID    map[string]thing
	broken  int // scripts that are no JSON
	article thing
}

// maxDepth bounds how deep structured data is followed.
const maxDepth = 12

func readGraph(scripts []string, pageURL string) *graph {
	g := &graph{byID: map[string]thing{}}
	for _, s := range scripts {
		values, ok := parseLenient(s)
		if !ok {
			g.broken++
		}
		for _, v := range values {
			g.top(v, 0)
		}
	}
	g.article = g.pickArticle(pageURL)
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

func (g *graph) pickArticle(pageURL string) thing {
	var best thing
	bestScore := 0
	page := bareURL(pageURL)
	for _, t := range g.things {
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
			best, bestScore = t, score
		}
	}
	return best
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
		if s := squash(unescape(v)); s != "" {
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
			if s := squash(unescape(v)); s != "" {
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

// parseLenient reads JSON as pages write it: with comments around it, raw line
// breaks in strings, commas before a closing bracket, several values in a row.
func parseLenient(s string) (values []any, ok bool) {
	s = strings.TrimSpace(s)
	for _, wrap := range [...][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		if strings.HasPrefix(s, wrap[0]) {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
		}
	}
	s = strings.TrimRight(s, "; \n\t")
	if values, ok = parseAll(s); ok {
		return values, true
	}
	return parseAll(repairJSON(s))
}

func parseAll(s string) (values []any, ok bool) {
	d := json.NewDecoder(strings.NewReader(s))
	for d.More() {
		var v any
		if err := d.Decode(&v); err != nil {
			return values, false
		}
		values = append(values, v)
	}
	return values, len(values) > 0
}

// repairJSON escapes control characters inside strings and drops commas that
// close nothing.
func repairJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c == '\\' && i+1 < len(s):
			if strings.IndexByte(`"\/bfnrtu`, s[i+1]) >= 0 {
				b.WriteByte(c)
			}
			i++
			b.WriteByte(s[i])
		case c == '"':
			inString = !inString
			b.WriteByte(c)
		case inString && c < ' ':
			b.WriteByte(' ')
		case !inString && c == ',':
			rest := strings.TrimLeft(s[i+1:], " \t\r\n,")
			if rest == "" || rest[0] == '}' || rest[0] == ']' {
				continue
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
