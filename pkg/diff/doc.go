// Package diff says how the records of two extractions of the same pages differ:
// which articles changed, which were gained and lost, in which fields, and what a
// person should look at first. The records go in pair by pair, a [Report] comes
// out, which is also written for people as one HTML page.
//
// The promise: two records differ if and only if a field of them does that says
// something of the story; what only says how the record was made, and what is
// computed from other fields, is compared by nobody. The same pairs give the same
// report, whatever their order. Memory grows with the number of articles that
// differ, never with the length of their texts: of a text only the words around
// its changes are kept. The HTML page is inert: it has no script, asks the network
// for nothing, and all that comes from a fetched page is text in it.
//
// Start reading at [Compare], then words.go, which finds the words that differ, and
// suspicion.go, which says what looks worst.
package diff
