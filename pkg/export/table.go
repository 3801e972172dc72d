package export

import (
	"reflect"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// Table is what is exported.
type Table string

// The tables.
const (
	// Articles has the newest revision of every story, Revisions all of them;
	// their lines are each a [news.StoredRow].
	Articles  Table = "articles"
	Revisions Table = "revisions"
	// Captures has what is in the archive; a line is a [news.CaptureRow].
	Captures Table = "captures"
)

// row is the type that a line of the table is the JSON of.
func (t Table) row() reflect.Type {
	if t == Captures {
		return reflect.TypeFor[news.CaptureRow]()
	}
	return reflect.TypeFor[news.StoredRow]()
}

// Columns are the names of the table's columns, in order: those of the fields of
// its lines. Between versions of Copydesk columns are only added.
func (t Table) Columns() []string {
	var names []string
	for _, f := range fieldsOf(t.row()) {
		names = append(names, f.name)
	}
	return names
}

// field is one that JSON has of a struct.
type field struct {
	reflect.StructField
	name string
	// absent says that JSON leaves the field out where it is empty.
	absent bool
}

// fieldsOf are the fields of a struct as JSON has them, those of structs that it
// embeds in their place.
func fieldsOf(t reflect.Type) []field {
	var all []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		if f.Anonymous && tag == "" {
			all = append(all, fieldsOf(f.Type)...)
			continue
		}
		if tag == "-" || !f.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		all = append(all, field{f, name, strings.HasPrefix(options, "omit")})
	}
	return all
}
