package search

import (
	index "github.com/blevesearch/bleve_index_api"
)

// textField is found by the words of its texts.
type textField struct {
	name   string
	texts  []string
	terms  index.TokenFrequencies
	length int // in terms
}

var _ index.Field = (*textField)(nil)

func newTextField(name string, texts ...string) *textField {
	return &textField{name: name, texts: texts, terms: index.TokenFrequencies{}}
}

// Analyze finds the words.
func (f *textField) Analyze() {
	for i, text := range f.texts {
		var number []uint64 // tells places of several texts apart, for phrases end with theirs
		if len(f.texts) > 1 {
			number = []uint64{uint64(i)}
		}
		f.note(words(text), number)
	}
}

// note notes where words are. There are thousands in a batch: those of a text share
// a few pieces of memory.
func (f *textField) note(found []word, number []uint64) {
	f.length += len(found)
	places := make([]index.TokenLocation, len(found))
	lists := make([]*index.TokenLocation, len(found))
	terms := make([]*index.TokenFreq, len(found))
	for i, w := range found {
		term := f.terms[w.term]
		if term == nil {
			term = new(index.TokenFreq)
			f.terms[w.term] = term
		}
		term.SetFrequency(term.Frequency() + 1)
		terms[i] = term
	}
	for i, w := range found {
		term := terms[i]
		if term.Locations == nil {
			n := term.Frequency()
			term.Locations, lists = lists[:0:n], lists[n:]
		}
		places[i] = index.TokenLocation{ArrayPositions: number, Position: w.position}
		term.Locations = append(term.Locations, &places[i])
	}
}

// Name is the field's.
func (f *textField) Name() string { return f.name }

// Options say that places are kept with the words, which phrases need, and nothing
// else.
func (*textField) Options() index.FieldIndexingOptions {
	return index.IndexField | index.IncludeTermVectors
}

// AnalyzedTokenFrequencies are the words, with the places of each.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// AnalyzedLength is how many words there are.
func (f *textField) AnalyzedLength() int { return f.length }

// EncodedFieldType is bleve's letter for texts.
func (*textField) EncodedFieldType() byte { return 't' }

// The rest is of fields that are kept.

func (*textField) Value() []byte             { return nil }
func (*textField) ArrayPositions() []uint64  { return nil }
func (*textField) NumPlainTextBytes() uint64 { return 0 }
