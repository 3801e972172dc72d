package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"

	"github.com/invopop/jsonschema"

	"github.com/copydesk/copydesk/pkg/news"
)

// valuesKey lists in a schema the values that a text has, without closing the
// list: a later build may add to it, and a validator passes over the word.
const valuesKey = "x-extensible-enum"

// known are the values of each text type of a package, by the type's name, in the
// order of the sources.
type known map[string][]string

// valuesIn reads the constants of a package's folder.
func valuesIn(folder string) (known, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	values := known{}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return nil, fmt.Errorf("read constants: %w", err)
		}
		for _, d := range tree.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.CONST {
				values.add(d)
			}
		}
	}
	return values, nil
}

func (k known) add(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		of, ok := spec.Type.(*ast.Ident)
		if !ok {
			continue
		}
		for _, v := range spec.Values {
			if v, ok := v.(*ast.BasicLit); ok && v.Kind == token.STRING {
				if text, err := strconv.Unquote(v.Value); err == nil {
					k[of.Name] = append(k[of.Name], text)
				}
			}
		}
	}
}

// schema is that of a type whose values are known, else nil.
func (k known) schema(t reflect.Type) *jsonschema.Schema {
	if t.Kind() != reflect.String || t.PkgPath() != reflect.TypeFor[news.Article]().PkgPath() || len(k[t.Name()]) == 0 {
		return nil
	}
	return &jsonschema.Schema{Type: "string", Extras: map[string]any{valuesKey: k[t.Name()]}}
}
