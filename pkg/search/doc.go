// Package search finds stories by their words. It is the only importer of
// bleve.
//
// In go rows ([Index.CatchUp]) and queries ([Parse], [Index.Search]); out come
// the IDs of stories, the best first. What a person is shown of a story comes
// from its row, with the matches marked by [Query.Snippet].
//
// The promise: the index is derived. It knows the last row that it has taken
// in and goes on from there after any crash; damaged, outdated or lost, it is
// made again from the rows while it answers.
//
// The package keeps no text, ranks by no fashion (BM25; the headline before the
// deck before the body), and stems no language: words match as they are
// written but for case, accents and width, and word* matches beginnings.
//
// Start reading at words.go (what a word is), then parse.go (what a query is),
// then follow.go.
package search
