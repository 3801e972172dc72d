package structured

import (
	"strings"

	"golang.org/x/net/html"
)

// RDFa (RDFa Lite 1.1, and 1.0 as content systems write it) is read as microdata
// with other attributes: typeof for itemtype, property for itemprop.

// rdfaPrefix is how pages write the vocabulary of schema.org.
const rdfaPrefix = "schema:"

// rdfaTerms are the properties of other vocabularies by the names that schema.org
// has for them.
var rdfaTerms = map[string]string{
	"dc:title": "headline", "dc:date": "dateCreated", "dc:created": "dateCreated", "dc:issued": "datePublished", "dc:modified": "dateModified", "dc:creator": "creator", "dc:subject": "keywords",
	"rnews:datePublished": "datePublished", "rnews:dateCreated": "dateCreated", "rnews:dateModified": "dateModified", "rnews:headline": "headline", "rnews:creator": "creator", "rnews:name": "name",
	"rnews:articleSection": "articleSection", "rnews:keywords": "keywords", "foaf:name": "name",
}

// rdfaStories are types of stories in other vocabularies.
var rdfaStories = map[string]bool{"sioc:Item": true, "sioc:Post": true, "sioct:BlogPost": true, "foaf:Document": true}

// bareTerms are the properties of schema.org that count without a prefix, inside
// an item.
var bareTerms = map[string]bool{"headline": true, "name": true, "datePublished": true, "dateModified": true, "dateCreated": true, "author": true, "creator": true, "articleSection": true, "keywords": true, "publisher": true, "articleBody": true}

// rdfaName is the name that schema.org has for a property, "" for none.
func rdfaName(n *html.Node, property string) string {
	if name, ok := strings.CutPrefix(property, rdfaPrefix); ok {
		return name
	}
	prefix, name, ok := strings.Cut(property, ":")
	if !ok {
		if bareTerms[property] {
			return property
		}
		return ""
	}
	if prefix == "dcterms" || prefix == "dct" {
		property = "dc:" + name
	}
	if property == "foaf:name" && isAccount(n) {
		return "creator"
	}
	return rdfaTerms[property]
}

// isPrefixed says whether a property names its vocabulary.
func isPrefixed(property string) bool { return strings.Contains(property, ":") }

// isAccount says whether an element is the account of who wrote the page; its text
// is the name.
func isAccount(n *html.Node) bool { return strings.HasSuffix(attr(n, "typeof"), ":UserAccount") }

// StatesBody says whether one of the names of a property is that of the story's
// text.
func StatesBody(names string) bool {
	return strings.Contains(names, "articleBody") || names == rdfaPrefix+"text"
}

// States says whether one of the names in a property attribute is read.
func States(n *html.Node, names string) bool {
	for name := range strings.FieldsSeq(names) {
		if rdfaName(n, name) != "" {
			return true
		}
	}
	return false
}
