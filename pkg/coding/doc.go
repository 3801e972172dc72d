// Package coding takes content codings off a body and puts zstd on one
// (RFC 9110, section 8.4).
//
// What goes in is a body as received and its Content-Encoding; what comes out
// is the text inside. The promise: whatever the bytes are, memory and output
// stay bounded, and an error says which of four things was wrong.
//
// It does not guess: a body that is coded but not labelled stays as it is.
//
// Start reading at [Decode].
package coding
