// Package language tells which language a text is in, by its script or by its
// common words: text goes in, a primary subtag of BCP 47 comes out, or nothing
// where there are too few signs.
//
// What a page says of its language is not its business.
package language
