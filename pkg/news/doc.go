// Package news holds the words that Copydesk speaks: the page that was
// fetched, the article that was found on it, the faults that may befall
// either, and what is said of them on the way.
//
// What goes in and out of every service is a type of this package, as JSON,
// and every such type carries a schema name like "article/1". Inside a version
// changes only add; readers ignore fields and values that they do not know.
//
// The package does nothing: no network, no disk, no clock. It imports the
// standard library only, and every other package may import it.
//
// Start reading at [Article], then [Page]; how a piece of work can end is in
// [Outcome], [Reason] and [Fault]; who is who is in identity.go.
package news
