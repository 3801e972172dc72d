// Package siterules reads what an operator knows of single sites, and of news
// agencies that pkg/agency does not have: a YAML file of dated rules and agencies
// goes in, a set comes out that has the one rule for a page, and what names stand
// for.
//
// The promise: a set that was read is one that can be used. Selectors are
// compiled once, and what cannot be right (a typo, a field that is not there, two
// rules for one day, a word for an agency's name) is an error that names the file, the line and the remedy.
//
// It deliberately does not look at pages: pkg/extract does. Selectors that count
// or look inside are refused, for a page could make them slow.
//
// Start reading at [Parse]; [File] keeps a set up to date with its file.
package siterules
