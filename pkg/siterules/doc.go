// Package siterules reads what an operator knows of single sites: a YAML file
// of dated rules goes in, a set comes out that has the one rule for a page.
//
// The promise: a set that was read is one that can be used. Selectors are
// compiled once, and what cannot be right (a typo, a field that is not there, two
// rules for one day) is an error that names the file, the line and the remedy.
//
// It deliberately does not look at pages: pkg/extract does. Selectors that count
// or look inside are refused, for a page could make them slow.
//
// Start reading at [Parse]; [File] keeps a set up to date with its file.
package siterules
