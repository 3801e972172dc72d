// Package store keeps the truth about articles and about what became of every
// visit, and where in the archive each capture lies, as rows of one SQLite file.
//
// In go articles ([Store.PutArticles]) and events ([Store.PutEvents]), in
// batches of one commit each; out come stories in all their versions
// ([Store.Story]), the journey of a URL ([Store.Journey]), what there is of
// each ([Store.Counts]), and every revision in the order of its row number
// ([Store.RowsAfter]), from which the text search is derived.
//
// The promise: the rows depend on what came in, not on how often it came, and
// the journey not on its order either. Whoever is not sure that a batch was
// stored gives it again.
//
// The package does not speak to the broker, does not search, and removes no row
// but those of captures that the archive has no more, or elsewhere. Only one
// process may open a file for writing; its owner sees to that.
//
// Start reading at schema.go, then history.go (what a version is) and fold.go
// (how a visit ends).
package store
