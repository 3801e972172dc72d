// Package structured reads what a page states in machine form: JSON-LD
// ([ReadGraph]), microdata and RDFa ([Properties]), and the application state that
// it hands to its own scripts ([State]). Scripts and elements go in; objects,
// properties and what is said of one story come out.
//
// The promise: whatever stands there, the work is bounded, and what systems left
// unfilled is no value. What is stated may still be wrong: whether to believe it,
// and what it is a field of, is the business of pkg/extract, which also gathers
// meta elements, for they need no reading.
//
// Start reading at [Graph] and [Thing].
package structured
