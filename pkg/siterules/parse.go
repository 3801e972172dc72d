package siterules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	// mostBytes bounds a file, mostRules its rules: they are meant to be few.
	mostBytes = 1 << 20
	mostRules = 1000
)

// Parse reads a file of rules; name is what errors call it.
func Parse(name string, text []byte) (*Set, error) {
	if len(text) > mostBytes {
		return nil, fmt.Errorf("%s: more than %d kB: site rules are meant to be few", name, mostBytes>>10)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &parser{name: name}
	set := &Set{bySite: map[string][]*Rule{}}
	sum := sha256.Sum256(text)
	set.digest = "sha256:" + hex.EncodeToString(sum[:])[:12]
	if len(doc.Content) == 0 {
		return nil, fmt.Errorf("%s: empty: begin with \"schema: %s\" and a list of \"rules\" or \"agencies\"", name, Schema)
	}
	p.file(doc.Content[0], set)
	for _, r := range set.rules {
		for _, o := range set.bySite[r.Site] {
			if r.overlaps(o) {
				p.wrong(r.Line, "two rules hold for %s at one time, the other from line %d: give one of them an \"until\"", r.Site, o.Line)
			}
		}
		set.bySite[r.Site] = append(set.bySite[r.Site], r)
	}
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return set, nil
}

// parser gathers everything that is wrong with a file.
type parser struct {
	name string
	errs []error
}

func (p *parser) wrong(line int, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", p.name, line, fmt.Errorf(format, args...)))
}

func (p *parser) file(n *yaml.Node, set *Set) {
	schema := ""
	p.mapping(n, func(key string, line int, value *yaml.Node) {
		switch key {
		case "schema":
			schema = value.Value
		case "rules":
			if value.Kind != yaml.SequenceNode {
				p.wrong(value.Line, "rules: write a list, each entry with a dash")
				return
			}
			for _, entry := range value.Content[:min(len(value.Content), mostRules)] {
				set.rules = append(set.rules, p.rule(entry))
			}
			if len(value.Content) > mostRules {
				p.wrong(value.Content[mostRules].Line, "more than %d rules: they are meant to be few", mostRules)
			}
		case "agencies":
			p.agencies(value, set)
		default:
			p.wrong(line, "there is no %q: write \"schema\", \"rules\" and \"agencies\"", key)
		}
	})
	if schema != Schema {
		p.wrong(n.Line, "schema %q: write \"schema: %s\"", schema, Schema)
	}
}

func (p *parser) rule(n *yaml.Node) *Rule {
	r := &Rule{Line: n.Line, Selectors: map[Field][]Selector{}}
	p.mapping(n, func(key string, line int, value *yaml.Node) {
		switch {
		case key == "site":
			r.Site = p.site(value)
		case key == "since":
			r.Since = p.time(key, value)
		case key == "until":
			r.Until = p.time(key, value)
		case key == "note":
		case slices.Contains(Fields, Field(key)):
			r.Selectors[Field(key)] = p.selectors(key, value)
		default:
			p.wrong(line, "there is no %q: write one of site, since, until, note, %s", key, fieldList())
		}
	})
	if r.Site == "" {
		p.wrong(r.Line, "a rule without site: write \"site: news.example\"")
	}
	if r.Since.IsZero() {
		p.wrong(r.Line, "a rule without since: write the day from which the site looks so, \"since: 2026-04-01\"")
	}
	if !r.Until.IsZero() && !r.Until.After(r.Since) {
		p.wrong(r.Line, "until is not after since: the rule would never hold")
	}
	if len(r.Selectors) == 0 {
		p.wrong(r.Line, "a rule that selects nothing: write one of %s", fieldList())
	}
	return r
}

func fieldList() string {
	names := make([]string, len(Fields))
	for i, f := range Fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// mapping hands on every key of a mapping, each once.
func (p *parser) mapping(n *yaml.Node, each func(key string, line int, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.wrong(n.Line, "write keys and values, such as \"site: news.example\"")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case seen[key.Value]:
			p.wrong(key.Line, "%q stands here twice", key.Value)
		case value.Kind == yaml.AliasNode:
			p.wrong(value.Line, "%s: write the value out, aliases are not read", key.Value)
		default:
			each(key.Value, key.Line, value)
		}
		seen[key.Value] = true
	}
}

func (p *parser) site(n *yaml.Node) string {
	normal, err := weburl.Normalize("https://" + n.Value + "/")
	host := weburl.Host(normal)
	if err != nil || n.Kind != yaml.ScalarNode || normal != "https://"+host+"/" || !strings.Contains(host, ".") || strings.Contains(host, ":") {
		p.wrong(n.Line, "site %q: write a host or domain alone, such as news.example", n.Value)
		return ""
	}
	return host
}

func (p *parser) time(key string, n *yaml.Node) time.Time {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, n.Value); err == nil {
			return t.UTC()
		}
	}
	p.wrong(n.Line, "%s %q: write a day such as 2026-04-01, or a time such as 2026-04-01T12:00:00Z", key, n.Value)
	return time.Time{}
}

// selectors reads one selector or a list.
func (p *parser) selectors(key string, n *yaml.Node) []Selector {
	entries := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		entries = n.Content
	}
	var all []Selector
	for _, e := range entries {
		if e.Kind != yaml.ScalarNode {
			p.wrong(e.Line, "%s: write a CSS selector such as \"h1.title\", or a list of them", key)
			continue
		}
		s, err := compile(e.Value)
		if err != nil {
			p.wrong(e.Line, "%s: %w", key, err)
			continue
		}
		all = append(all, s)
	}
	return all
}
