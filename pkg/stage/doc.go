// Package stage is the three services: each takes messages from the stream,
// has an engine do the work, and hands the result on.
//
//	frontier ─▶ [Fetcher] ─raw▶ [Extractor] ─article▶ [Indexer] ─▶ rows ─▶ search
//
// The promise: a page leaves a stage only as what it became. Work is published
// or committed before its message is settled, and settling is done by the
// stream package alone, so a crash at any point repeats work and loses none;
// whatever is repeated has the same identity and changes nothing.
//
// A stage does not know its neighbours, and does not read settings.
//
// Start reading at extractor.go, the shortest. poller.go is the way in of feeds and
// sitemaps, and hands what they list to dispatcher.go.
package stage
