package structured

import (
	"slices"

	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Graph is all structured data of a page, and what of it tells of its story.
type Graph struct {
	// Things are the objects that stand at the top levels, in order.
	Things []Thing
	// Broken are the scripts that are no JSON.
	Broken []string
	// Article is the one of the page, nil for none.
	Article Thing

	at   int              // its place among the things
	byID map[string]Thing // what others refer to by @id
}

// maxDepth bounds how deep structured data is followed.
const maxDepth = 12

// ReadGraph reads the scripts of a page that hold JSON-LD.
func ReadGraph(scripts []string, pageURL string) *Graph {
	g := &Graph{byID: map[string]Thing{}}
	for _, s := range scripts {
		values, ok := parseLenient(s)
		if !ok {
			g.Broken = append(g.Broken, s)
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
func (g *Graph) top(v any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			g.top(x, depth+1)
		}
	case map[string]any:
		t := Thing(v)
		if id := t.Text("@id"); id != "" && len(v) > 1 {
			if old, ok := g.byID[id]; !ok || len(old) < len(v) {
				g.byID[id] = t
			}
		}
		g.Things = append(g.Things, t)
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

// pickArticle takes the object that is the most like the story of the page.
func (g *Graph) pickArticle(pageURL string) {
	g.Article = nil
	bestScore := 0
	page := weburl.Bare(pageURL)
	for i, t := range g.Things {
		rank := 0
		for _, name := range t.Types() {
			rank = max(rank, articleTypes[name])
		}
		if rank == 0 {
			continue
		}
		score := rank * 4
		if t.Text("headline") != "" {
			score += 3
		}
		if t.Text("datePublished") != "" {
			score += 3
		}
		if t.Has("articleBody") {
			score++
		}
		if t.Has("author") {
			score++
		}
		if page != "" {
			for _, u := range []string{t.Text("url"), t.Text("@id"), t.Text("mainEntityOfPage")} {
				if u != "" && weburl.Bare(u) == page {
					score += 6
					break
				}
			}
		}
		if score > bestScore {
			g.Article, g.at, bestScore = t, i, score
		}
	}
}

// DropArticle takes the article out of the graph and picks another; without one it
// does nothing.
func (g *Graph) DropArticle(pageURL string) {
	if g.Article == nil {
		return
	}
	g.Things = slices.Delete(g.Things, g.at, g.at+1)
	g.pickArticle(pageURL)
}

// Objects holds the objects that the key has; a reference by @id is followed,
// a plain string becomes an object with that name.
func (g *Graph) Objects(t Thing, key string) []Thing {
	var all []Thing
	var add func(v any, depth int)
	add = func(v any, depth int) {
		if depth > maxDepth {
			return
		}
		switch v := v.(type) {
		case string:
			if s := prose.Squash(Unescape(v)); s != "" && !IsUnfilled(s) {
				all = append(all, Thing{"name": s})
			}
		case []any:
			for _, x := range v {
				add(x, depth+1)
			}
		case map[string]any:
			o := Thing(v)
			if id, ok := v["@id"].(string); ok && !o.Has("name") {
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
