// Package term writes for people at a terminal: colours only where they can be
// seen, tables that fit, progress that does not scroll. Where the output is no
// terminal, the same text comes plain and whole, so that scripts can read it.
package term
