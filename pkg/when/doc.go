// Package when reads the dates of news pages: machine-made, as printed in the
// languages that news is read in, as told from today ("3 hours ago"), and in
// addresses. Text goes in, a [Moment] comes out that is no more exact than the
// text: a day stays a day, a time without a zone stays without one. Whether the
// date is the one that is wanted is not its business. No clock, no network.
//
// Start reading at [Find].
package when
