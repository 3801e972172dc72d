// Package schema holds the JSON Schema of every message, generated from the
// types of pkg/news, beside an example of each. Subscribers may rely on them:
// inside a version changes only add, and readers ignore what they do not know.
//
// After a change of a type run "make schema"; a test compares.
package schema

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed *.schema.json
var files embed.FS

//go:embed *.example.json
var examples embed.FS

// Validator checks documents against the schemas.
type Validator struct {
	schemas map[string]*jsonschema.Schema
}

// NewValidator compiles all schemas.
func NewValidator() (*Validator, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	v := &Validator{schemas: map[string]*jsonschema.Schema{}}
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource(e.Name(), doc); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		compiled, err := compiler.Compile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		v.schemas[Name(strings.TrimSuffix(e.Name(), ".schema.json"))] = compiled
	}
	return v, nil
}

// Name is the schema name, such as "article/1", of the file "article.1".
func Name(file string) string { return strings.Replace(file, ".", "/", 1) }

// File is the file name without ending, such as "article.1", of "article/1".
func File(name string) string { return strings.Replace(name, "/", ".", 1) }

// Example is the example of a schema by its name.
func Example(name string) ([]byte, error) { return examples.ReadFile(File(name) + ".example.json") }

// Validate checks a JSON document against the schema of that name. The
// document's own "schema" field must have the same name.
func (v *Validator) Validate(name string, doc []byte) error {
	schema, ok := v.schemas[name]
	if !ok {
		return fmt.Errorf("there is no schema %q", name)
	}
	var own struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(doc, &own); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if own.Schema != name {
		return fmt.Errorf("document says schema %q, want %q", own.Schema, name)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return schema.Validate(parsed)
}
