package feed

import (
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// Kind is the format of a source document.
type Kind string

// The kinds of document.
const (
	// Unknown is the kind of a [Source] that nobody has stated.
	Unknown      Kind = "unknown"
	RSS          Kind = "rss"          // RSS 0.91 to 2.0
	RDF          Kind = "rdf"          // RSS 0.9 and 1.0
	Atom         Kind = "atom"         // RFC 4287, and Atom 0.3
	JSONFeed     Kind = "jsonfeed"     // JSON Feed 1.0 and 1.1
	Sitemap      Kind = "sitemap"      // sitemaps.org 0.9, XML or text
	NewsSitemap  Kind = "newssitemap"  // a sitemap with the news extension
	SitemapIndex Kind = "sitemapindex" // lists sitemaps
	OPML         Kind = "opml"         // lists feeds
)

// Document is what a source document lists.
type Document struct {
	Kind Kind
	// Title is plain text.
	Title string
	// Language is a language tag as stated (BCP 47), "_" written as "-".
	Language string
	// URL is the page that the feed belongs to.
	URL string
	// Self is the address that the feed gives as its own, which is the topic
	// to subscribe to at a hub (WebSub, section 4).
	Self string
	// Hubs are the addresses that push what is new (WebSub, section 4).
	Hubs []string
	// Interval is the least time between two polls that the publisher asks
	// for, 0 for none, at most [MaxInterval].
	Interval time.Duration
	// SkipHours are the hours of the day, in UTC, at which the publisher asks
	// not to be polled (RSS 2.0, skipHours).
	SkipHours []int
	// SkipDays are such days of the week (RSS 2.0, skipDays).
	SkipDays []time.Weekday
	// Items are the pages listed, in their order, no address twice.
	Items []Item
	// Sources are the sitemaps of an index or the feeds of an OPML list, in
	// their order, no address twice.
	Sources []Source
	// Warnings says what was cut, dropped or not understood.
	Warnings []string
}

// Item is one page that a document lists.
type Item struct {
	// URL is the normal form of an absolute web address, as pkg/weburl gives it.
	URL string
	// ID is what the publisher calls the item: guid, rdf:about or id.
	ID string
	// Title is plain text.
	Title string
	// Published is zero where it is not stated. A date of change is never
	// passed off as one of publication.
	Published news.Date
	// Updated is zero where it is not stated.
	Updated news.Date
	// Language is the item's own, else the document's.
	Language string
	// Keywords are categories, tags and subjects, in their order.
	Keywords []string
}

// Hints is what the item says of its page, for the extractor; source is the
// address of the document.
func (i Item) Hints(source string) news.Hints {
	return news.Hints{Title: i.Title, DatePublished: i.Published.Value, Language: i.Language, Source: source}
}

// Source is another document to read.
type Source struct {
	// URL is the normal form of an absolute web address.
	URL string
	// Kind is [Unknown] where it is not stated.
	Kind Kind
	// Title is plain text.
	Title string
	// Groups are the titles of the outlines around an OPML entry, outermost
	// first.
	Groups []string
	// Updated is the lastmod of a sitemap, zero where it is not stated.
	Updated news.Date
}
