// Package newsroom is a small internet to try Copydesk on: invented outlets
// with invented stories, served on loopback by the program itself.
//
// Each folder of outlets is one host: an outlet.json that says what the host
// answers, a robots.txt, a style sheet, a layout.html with everything that
// stands around a story, and the pages. Beside an article's page lies what a
// reader should find on it, as NAME.expected.json, and for a story that is
// edited NAME.2.expected.json for the second edition. All files are UTF-8; what
// goes over the wire may be coded otherwise, as the manifest says.
//
// Stories are added, edited and taken away from one edition to the next, and
// [Room.Advance] prints the next: templates see its number. The outlets' feeds
// and sitemaps ([Room.Sources]) are made from their manifests and follow.
//
// The promise: the same request, made the same number of times after [Start]
// and in the same edition, gets the same bytes; what an edition does not change
// is 304 to who has it. There is no clock, no chance and no network in it.
//
// It knows nothing of fetching or extraction. The names end in ".example"
// (RFC 2606) and resolve nowhere: whoever fetches maps them with [Room.Hosts].
//
// To add a story, write the page and its expected.json, and a line in
// outlet.json; the tests tell what is missing. Start reading at room.go.
package newsroom
