// Package quote reads who says what in a story: the direct quotations, each
// with its speaker and verb, and everyone and everything that the story names
// as an origin. Text goes in, block by block; names come out as the story
// prints them at their fullest.
//
// The rules know grammar, not names: what is particular to a language is data,
// one pack a language. It promises no speaker rather than a wrong one; a
// language without a pack gives quotations without speakers. It does not judge
// what is true, and reads no picture captions.
//
// Start reading at [Read], then hear.go.
package quote
