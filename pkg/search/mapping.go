package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// layout numbers what the index holds of a row. An index of another layout is
// made again from the rows: raise it with every change to words, document or
// entry.
const layout = "2"

// newMapping has bleve find nothing in documents by itself: what is indexed of
// one, and how, its [entry] says.
func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.ScoringModel = index.BM25Scoring
	return m
}
