// Package weburl says what a web address means to Copydesk: its normal form,
// the site that it belongs to, whether it can be a story's own address, and the
// key that archives have it under.
//
// Two addresses of one page should have one normal form; normalising twice
// changes nothing. The package never asks the network.
package weburl
