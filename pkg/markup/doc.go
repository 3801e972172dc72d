// Package markup reads the bytes of a page before they are a tree: which charset
// they are in, what of them is dear to parse and no part of any story, and whether
// a parser would make more of them than a page may take.
//
// It promises that the tree of a lean page is that of the whole one, but for the
// code of scripts, which [Page.CodeOf] gives, for styles and for drawings. Where
// only a parser can tell it keeps what there is.
//
// Start reading at [Decode] and [Lean].
package markup
