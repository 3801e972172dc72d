// Package feed turns the bytes of a source document into what it lists: RSS
// 0.9x to 2.0, RSS 1.0 (RDF), Atom 1.0 and 0.3, JSON Feed 1.0 and 1.1,
// sitemaps (XML and text), news sitemaps, sitemap indexes and OPML.
//
// What goes in is a body, its content type and its address; what comes out is
// a [Document] with items in their order, each with a normal web address, or
// other sources to read. The promise: whatever the bytes are, the same bytes
// give the same document, memory stays in proportion to [Limits], and what was
// cut, dropped or not understood is said in [Document.Warnings]. A document
// that is no list at all gives a [NotFeedError], which says what it looks like.
//
// It asks no network and no clock, it does not read what an item says beside
// its title, and it does not decide whether an address may be fetched: a feed
// can list the pages of anybody.
//
// XML is read with encoding/xml over a text that repair.go has made readable,
// and a place that is broken all the same costs one item, not the document.
//
// Start reading at [Parse], then rss.go.
package feed
