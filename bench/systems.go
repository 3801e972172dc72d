package main

import (
	"bytes"
	"slices"

	readability "github.com/go-shiori/go-readability"
	distiller "github.com/markusmobius/go-domdistiller"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/extract"
)

// system is one way to read a page. What it finds is thrown away, and so are
// its errors: a page that is refused has been read too.
type system struct {
	name string
	read func(page)
}

const (
	floor = "html.Parse"
	ours  = "copydesk"
)

var systems = []system{
	{floor, parse},
	{ours, extractOurs},
	{"go-readability", func(p page) {
		parser := readability.NewParser()
		_, _ = parser.Parse(bytes.NewReader(p.body), p.url)
	}},
	{"go-trafilatura", func(p page) { readTrafilatura(p, false) }},
	{"go-trafilatura, fallback", func(p page) { readTrafilatura(p, true) }},
	{"go-domdistiller", func(p page) {
		_, _ = distiller.ApplyForReader(bytes.NewReader(p.body), &distiller.Options{OriginalURL: p.url, SkipPagination: true})
	}},
}

func parse(p page) { _, _ = html.Parse(bytes.NewReader(p.body)) }

func extractOurs(p page) {
	address := p.url.String()
	_, _ = extract.Extract(extract.Input{Body: p.body, ContentType: p.contentType, URL: address, RequestedURL: address})
}

func readTrafilatura(p page, fallback bool) {
	_, _ = trafilatura.Extract(bytes.NewReader(p.body), trafilatura.Options{
		OriginalURL: p.url, EnableFallback: fallback, ExcludeComments: true,
	})
}

// choose is all systems, or the floor and the one of that name.
func choose(only string) []system {
	if only == "" {
		return systems
	}
	return slices.DeleteFunc(slices.Clone(systems), func(s system) bool { return s.name != only && s.name != floor })
}
