// Package wacz opens WACZ files (Web Archive Collection Zipped 1.1.1): web
// archives in a zip, with a description and indexes.
//
// What comes out are the archives in it, each to be read from any offset by
// [github.com/copydesk/copydesk/pkg/warc]. The promise: memory stays bounded
// whatever the file is, and a zip that is broken, or made to unfold to far more
// than it is, is an error that says so. Nothing is unpacked to the disk; the
// indexes and the list of pages are not read, for the records say what they do.
//
// Start reading at [Open].
package wacz
