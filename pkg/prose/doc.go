// Package prose knows what can be said of a piece of text by itself: how two
// prints of the same words compare, how long it is in words of any script, which
// script it is in, whether a sentence ends with it, which hash it shares with texts
// like it. Text goes in, text or a number comes out, and all of it takes time
// linear in the text.
//
// It knows no language, no markup and no lists of words.
//
// Start reading at [Fold] and [Squash].
package prose
