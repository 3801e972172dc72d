// Package explain shows people how a page came to its record: an
// [extract.Explanation] goes in, one HTML page comes out that lays the
// extraction over the page itself: where each field stands, what was left out and
// why, and who says what.
//
// The promise: the page is inert and whole. It has no script, asks the network
// for nothing, and nothing of the fetched page but its text, its languages and
// the shapes of its lists and tables gets into it: tags and attributes are
// written from a list of ours, never copied. Its content security policy, which
// allows our own style sheet by its hash and nothing else, would hold even if
// that were wrong.
//
// It deliberately does not look like the fetched page: pictures are boxes with
// their words, and styles stay away.
//
// Start reading at [Write], then sheet.go, which writes the page's markup, and
// speech.go, which marks in it who says what.
package explain
