package news

import (
	"reflect"
	"strings"
)

// ArticleFields are the names of the fields of an [Article] in JSON, in their order.
func ArticleFields() []string {
	var names []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Article]()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}
