package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	index "github.com/blevesearch/bleve_index_api"
)

// layout numbers what the index holds of a row. An index of another layout is
// made again from the rows: raise it with every change to words, document or
// mapping.
const layout = "1"

// analyzerName is the name under which bleve finds [words].
const analyzerName = "copydesk_words"

// bleve looks analyzers up by name when it opens an index.
func init() {
	if err := registry.RegisterAnalyzer(analyzerName,
		func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return analyzer{}, nil }); err != nil {
		panic(err)
	}
}

// analyzer shows [words] to bleve.
type analyzer struct{}

// Analyze gives the terms of a text.
func (analyzer) Analyze(text []byte) analysis.TokenStream {
	found := words(string(text))
	tokens := make([]analysis.Token, len(found))
	stream := make(analysis.TokenStream, len(found))
	size := 0
	for _, w := range found {
		size += len(w.term)
	}
	terms := make([]byte, 0, size)
	for i, w := range found {
		at := len(terms)
		terms = append(terms, w.term...)
		tokens[i] = analysis.Token{Term: terms[at:len(terms):len(terms)], Start: w.start, End: w.end, Position: w.position}
		stream[i] = &tokens[i]
	}
	return stream
}

func newMapping() mapping.IndexMapping {
	text := func() *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = analyzerName
		f.Store, f.IncludeInAll, f.DocValues = false, false, false
		f.IncludeTermVectors = true // phrases need positions
		return f
	}
	exact := func() *mapping.FieldMapping {
		f := text()
		f.Analyzer, f.IncludeTermVectors = keyword.Name, false
		return f
	}
	number := func() *mapping.FieldMapping {
		f := bleve.NewNumericFieldMapping()
		f.Store, f.IncludeInAll = false, false
		return f
	}
	document := bleve.NewDocumentStaticMapping()
	document.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	for _, name := range []string{"headline", "deck", "body", "author", "agency"} {
		document.AddFieldMappingsAt(name, text())
	}
	for _, name := range []string{"site", "lang", "type"} {
		document.AddFieldMappingsAt(name, exact())
	}
	for _, name := range []string{"day", "time"} {
		document.AddFieldMappingsAt(name, number())
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = document
	m.ScoringModel = index.BM25Scoring
	return m
}
