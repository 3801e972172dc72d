package feed

// vocabularies gives the namespaces that are read besides a document's own
// their usual prefix. Feeds forget to declare prefixes, which encoding/xml then
// hands on as they are.
var vocabularies = map[string]string{
	"http://www.w3.org/2005/Atom": "atom", "http://purl.org/atom/ns#": "atom", "atom": "atom", "atom10": "atom",
	"http://purl.org/dc/elements/1.1/": "dc", "dc": "dc",
	"http://purl.org/dc/terms/": "dcterms", "dcterms": "dcterms",
	"http://search.yahoo.com/mrss/": "media", "http://search.yahoo.com/mrss": "media", "media": "media",
	"http://rssnamespace.org/feedburner/ext/1.0": "feedburner", "feedburner": "feedburner",
	"http://purl.org/rss/1.0/modules/syndication/": "sy", "sy": "sy",
	"http://www.google.com/schemas/sitemap-news/0.9": "news", "news": "news",
}

// native are the namespaces of the formats themselves.
var native = map[string]bool{
	"": true, "rss": true, "rdf": true,
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#":   true,
	"http://purl.org/rss/1.0/":                      true,
	"http://channel.netscape.com/rdf/simple/0.9/":   true,
	"http://my.netscape.com/rdf/simple/0.9/":        true,
	"http://www.sitemaps.org/schemas/sitemap/0.9":   true,
	"http://www.google.com/schemas/sitemap/0.84":    true,
	"http://www.google.com/schemas/sitemap/0.9":     true,
	"http://backend.userland.com/rss2":              true,
	"http://blogs.law.harvard.edu/tech/rss":         true,
	"http://cyber.law.harvard.edu/rss/rss.html":     true,
	"https://www.sitemaps.org/schemas/sitemap/0.9":  true,
	"http://www.sitemaps.org/schemas/sitemap/0.9/":  true,
	"https://www.sitemaps.org/schemas/sitemap/0.9/": true,
}

// term names an element within a document of that root: by its local name if
// it belongs to the document's own format, with the usual prefix if its
// vocabulary is known ("dc:date"), else not at all.
func term(root, e element) string {
	if e.space == root.space || native[e.space] {
		return e.name
	}
	if prefix, ok := vocabularies[e.space]; ok {
		return prefix + ":" + e.name
	}
	return ""
}
