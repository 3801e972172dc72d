package newsroom

import (
	"encoding/json"
	"fmt"
	"html"
	"path"
	"slices"
	"strings"
	"text/template"
	"time"
)

// listsFolder holds a template for each format of feed and sitemap.
const listsFolder = "lists"

// Source is a feed or sitemap of the newsroom.
type Source struct {
	URL string
	// Format is rss, rdf, atom, feed (JSON Feed), sitemap, newssitemap or
	// sitemapindex.
	Format string
}

// Sources holds every feed and sitemap, by outlet. Those of one outlet may
// list the same stories.
func (r *Room) Sources() []Source {
	var sources []Source
	for _, o := range r.inOrder {
		for _, p := range o.Lists {
			sources = append(sources, Source{o.url(p.Path), p.format()})
		}
	}
	return sources
}

// entry is a story as lists name it. Dates are in RFC 3339 unless they say
// otherwise, and empty where nobody knows them.
type entry struct {
	URL, Link      string // Link is the address with what the list puts behind it
	Tag            string
	Headline, Deck string
	Language       string
	Authors        []string
	Sent, RFC822   string
	Day            string // the day of publication
	Changed        string // the last change that the page itself states
	Updated        string // never empty
}

// entries holds the stories that a list names in an edition, the last sent
// first.
func (p *page) entries(edition int) ([]entry, error) {
	var stories []entry
	for _, story := range p.outlet.Pages {
		if story.golden(edition) == "" || story.Path != story.Canonical || !story.in(edition) || !strings.HasPrefix(story.Path, p.Under) {
			continue
		}
		var e Expectation
		if err := readJSON(files, story.golden(edition), &e); err != nil {
			return nil, err
		}
		s := entry{
			URL: story.url(), Link: story.url() + p.Tracking, Tag: p.outlet.host + ",2026:" + story.Path,
			Headline: e.Headline, Deck: e.Deck, Language: e.Language, Authors: e.Authors,
			Sent: story.Sent, Day: e.Published.Value[:min(len("2006-01-02"), len(e.Published.Value))], Changed: e.Modified.Value,
		}
		if _, err := time.Parse(time.RFC3339, e.Published.Value); err == nil && s.Sent == "" {
			s.Sent = e.Published.Value
		}
		if sent, err := time.Parse(time.RFC3339, s.Sent); err == nil {
			s.RFC822 = sent.Format(time.RFC1123Z)
		}
		s.Updated = editionTime(max(1, story.From)).Format(time.RFC3339)
		stories = append(stories, s)
	}
	slices.SortStableFunc(stories, func(a, b entry) int { return strings.Compare(b.Sent, a.Sent) })
	return stories, nil
}

// sitemaps holds the addresses of the sitemaps that an index names.
func (o *outlet) sitemaps() []string {
	var all []string
	for _, p := range o.Lists {
		if f := p.format(); f == "sitemap" || f == "newssitemap" {
			all = append(all, o.url(p.Path))
		}
	}
	return all
}

// format is the name of the list's template, without its suffix.
func (p *page) format() string { return strings.TrimSuffix(p.List, path.Ext(p.List)) }

// listTypes are the media types of lists.
var listTypes = map[string]string{
	"rss": "application/rss+xml", "rdf": "application/rdf+xml", "atom": "application/atom+xml",
	"feed": "application/feed+json", "sitemap": "application/xml", "newssitemap": "text/xml", "sitemapindex": "application/xml",
}

func (p *page) renderList(edition int) (string, error) {
	source, err := files.ReadFile(path.Join(listsFolder, p.List))
	if err != nil {
		return "", err
	}
	t, err := template.New(p.List).Funcs(template.FuncMap{"esc": html.EscapeString, "json": quoted}).Parse(string(source))
	if err != nil {
		return "", err
	}
	stories, err := p.entries(edition)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, struct {
		view
		Printed  string
		Stories  []entry
		Sitemaps []string
	}{p.view(edition), editionTime(edition).Format(time.RFC3339), stories, p.outlet.sitemaps()})
	if err != nil {
		return "", fmt.Errorf("list %s: %w", p.List, err)
	}
	return out.String(), nil
}

func quoted(s string) (string, error) {
	b, err := json.Marshal(s)
	return string(b), err
}
