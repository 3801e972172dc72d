// Package robots reads robots.txt (RFC 9309).
//
// What goes in is the text and the name of a crawler; what comes out is the
// [Rules] for it. The promise: any bytes give rules, never an error; lines that
// cannot be read are passed over, and matching is linear in the path.
//
// It does not fetch and does not know what a missing or broken robots.txt
// means. Crawl-delay, which the standard does not know, is read as most
// crawlers do.
package robots
