package search

import (
	fields "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/numeric"
	index "github.com/blevesearch/bleve_index_api"
)

// entry is a story as bleve takes it in. What is indexed of it, and how, it says
// itself: that costs less than to have bleve find it out story by story.
type entry struct {
	id     string
	fields []index.Field
}

var _ index.Document = (*entry)(nil)

// entry has all fields, also those that say nothing: parts of the index that have
// the same fields are merged without a look into them.
func (d document) entry(id string) *entry {
	return &entry{id: id, fields: []index.Field{
		newTextField("headline", d.Headline...),
		newTextField("deck", d.Deck...),
		newTextField("body", d.Body),
		newTextField("author", d.Author...),
		newTextField("agency", d.Agency...),
		exactField("site", d.Site),
		exactField("lang", d.Lang),
		exactField("type", d.Type),
		ifStated(rangeField, "day", d.Day),
		ifStated(sortField, "time", d.Time),
	}}
}

// exactField is found by its value.
func exactField(name, value string) index.Field {
	return fields.NewTextFieldCustom(name, nil, []byte(value), index.IndexField, nil)
}

// rangeField is found by what its value lies between.
func rangeField(name string, value float64) index.Field {
	return fields.NewNumericFieldWithIndexingOptions(name, nil, value, index.IndexField)
}

// sortField is not found by its value, only put in order by it.
func sortField(name string, value float64) index.Field {
	term := numeric.MustNewPrefixCodedInt64(numeric.Float64ToInt64(value), 0)
	return fields.NewTextFieldCustom(name, nil, term, index.IndexField|index.DocValues, nil)
}

// unstated is a field that says nothing.
type unstated struct{ index.Field }

// Analyze finds nothing.
func (unstated) Analyze() {}

func ifStated(field func(string, float64) index.Field, name string, value *float64) index.Field {
	if value == nil {
		return unstated{field(name, 0)}
	}
	return field(name, *value)
}

// ID is the story's.
func (e *entry) ID() string { return e.id }

// AddIDField has the story found by its ID, and named by it.
func (e *entry) AddIDField() {
	e.fields = append(e.fields, fields.NewTextFieldCustom("_id", nil, []byte(e.id), index.IndexField|index.StoreField, nil))
}

// VisitFields shows all fields.
func (e *entry) VisitFields(visit index.FieldVisitor) {
	for _, f := range e.fields {
		visit(f)
	}
}

// The rest is for what we do not use, and for counts of bleve that nobody reads.

func (*entry) VisitComposite(index.CompositeFieldVisitor) {}
func (*entry) HasComposite() bool                         { return false }
func (*entry) Size() int                                  { return 0 }
func (*entry) NumPlainTextBytes() uint64                  { return 0 }
func (*entry) StoredFieldsBytes() uint64                  { return 0 }
func (*entry) Indexed() bool                              { return false }
