// Package compat says whether a JSON Schema of today still promises what a frozen
// one did. Inside a version changes only add: whoever reads by the frozen schema
// reads today's documents, and documents of then hold today.
//
// It understands the keywords that docs/schema/gen writes, and takes any other
// for a break, so that nothing passes unjudged.
package compat

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// node is a schema, or a part of one.
type node = map[string]any

// silent keywords promise nothing to a program.
var silent = []string{"$schema", "$defs", "title", "description"}

// kept keywords are today as they were. To loosen one breaks readers, to tighten
// one breaks what is stored.
var kept = []string{"type", "format", "pattern", "const", "minimum", "maximum"}

// grown keywords are compared part by part.
var grown = []string{"properties", "required", "items", "additionalProperties", valuesKey}

// valuesKey lists the values of a text that are known.
const valuesKey = "x-extensible-enum"

// Result is what became of a schema.
type Result struct {
	// Breaks says, a sentence each, which promises today's schema does not keep.
	Breaks []string
	// Added names what is new by its path: `images[].height` for a property,
	// `body[].kind: "sidebar"` for a value.
	Added []string
}

// Compare compares two schemas.
func Compare(frozen, today []byte) (Result, error) {
	var c comparison
	for of, text := range map[*node][]byte{&c.frozen: frozen, &c.today: today} {
		if err := json.Unmarshal(text, of); err != nil {
			return Result{}, fmt.Errorf("read schema: %w", err)
		}
	}
	c.compare("", c.frozen, c.today)
	slices.Sort(c.Breaks)
	slices.Sort(c.Added)
	return c.Result, nil
}

// comparison of two schemas.
type comparison struct {
	Result
	frozen, today node
	// open are the pairs of definitions that are being compared: a schema may
	// contain itself.
	open []pair
}

type pair struct{ before, after string }

func (c *comparison) broken(path, format string, args ...any) {
	if path == "" {
		path = "the document"
	}
	c.Breaks = append(c.Breaks, path+": "+fmt.Sprintf(format, args...))
}

func (c *comparison) compare(path string, before, after node) {
	var names pair
	before, names.before = definition(c.frozen, before)
	after, names.after = definition(c.today, after)
	if names.before != "" && slices.Contains(c.open, names) {
		return
	}
	c.open = append(c.open, names)
	defer func() { c.open = c.open[:len(c.open)-1] }()

	c.judgeable(path, before)
	c.judgeable(path, after)
	for _, word := range kept {
		if !reflect.DeepEqual(before[word], after[word]) {
			c.broken(path, "%s was %s, is %s", word, shown(before[word]), shown(after[word]))
		}
	}
	c.values(path, before, after)
	c.required(path, before, after)
	c.properties(path, before, after)
	c.part(path+"[]", before, after, "items")
	c.part(path+"{}", before, after, "additionalProperties")
}

// definition is what a schema is, by what name where it refers to that.
func definition(whole, s node) (node, string) {
	name, _ := s["$ref"].(string)
	if name == "" {
		return s, ""
	}
	all, _ := whole["$defs"].(node)
	found, ok := all[strings.TrimPrefix(name, "#/$defs/")].(node)
	if !ok {
		return node{"$ref": name}, name
	}
	return found, name
}

// judgeable holds a schema to the keywords that are understood.
func (c *comparison) judgeable(path string, s node) {
	for word := range s {
		if !slices.Contains(slices.Concat(silent, kept, grown), word) {
			c.broken(path, "%s is not judged here", word)
		}
	}
}

func (c *comparison) values(path string, before, after node) {
	was, is := texts(before[valuesKey]), texts(after[valuesKey])
	for _, v := range was {
		if !slices.Contains(is, v) {
			c.broken(path, "the value %q is gone", v)
		}
	}
	for _, v := range is {
		if !slices.Contains(was, v) {
			c.Added = append(c.Added, fmt.Sprintf("%s: %q", path, v))
		}
	}
}

func (c *comparison) required(path string, before, after node) {
	was, is := texts(before["required"]), texts(after["required"])
	properties, _ := after["properties"].(node)
	for _, name := range was {
		if _, there := properties[name]; there && !slices.Contains(is, name) {
			c.broken(below(path, name), "was required, is not")
		}
	}
	for _, name := range is {
		if !slices.Contains(was, name) {
			c.broken(below(path, name), "is required, and older documents may lack it")
		}
	}
}

func (c *comparison) properties(path string, before, after node) {
	was, _ := before["properties"].(node)
	is, _ := after["properties"].(node)
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if is[name] == nil {
			c.broken(below(path, name), "is gone")
			continue
		}
		c.compare(below(path, name), part(was[name]), part(is[name]))
	}
	for name := range is {
		if was[name] == nil {
			c.Added = append(c.Added, below(path, name))
		}
	}
}

// part compares what a list or a map holds.
func (c *comparison) part(path string, before, after node, word string) {
	was, is := before[word], after[word]
	_, both := was.(node)
	if _, ok := is.(node); ok && both {
		c.compare(path, part(was), part(is))
		return
	}
	if !reflect.DeepEqual(was, is) {
		c.broken(path, "%s was %s, is %s", word, shown(was), shown(is))
	}
}

func part(of any) node {
	n, _ := of.(node)
	return n
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func texts(of any) []string {
	list, _ := of.([]any)
	var all []string
	for _, v := range list {
		all = append(all, fmt.Sprint(v))
	}
	return all
}

func shown(of any) string {
	if of == nil {
		return "open"
	}
	text, err := json.Marshal(of)
	if err != nil {
		return fmt.Sprint(of)
	}
	return string(text)
}
