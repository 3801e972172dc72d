// Package extract turns a page into its record: bytes, address, content type and
// time of fetch go in, a [news.Article] comes out, or a fault that says why the
// page is none.
//
// The promise: [Extract] is a pure function. It touches no network, no clock and
// no global state, it panics on no bytes, and the same input gives the same
// record, byte for byte, on every machine: products that are added to are
// converted by float64(), or some processors would round them differently. Every
// field of the record says in its provenance where it was found; what the page
// does not state is absent.
//
// It deliberately does not fetch what a page refers to, run its scripts, follow
// its further pages, or know any outlet: no code names a site. What holds for one
// site only comes in with the input, as rules of pkg/siterules (siterule.go).
//
// Start reading at [Extract]. A page is parsed once, as pkg/markup leaves it, and
// laid flat by outline.go, which also reads the names of elements (hints.go);
// everything else looks at that outline. Each field has a file: headline.go,
// kicker.go, deck.go, dates.go, byline.go, pictures.go, sources.go and so on; what
// is read from a line of text alone, without the page around it, is read by
// packages of their own: pkg/when, pkg/byline, pkg/photocredit, pkg/storycredit,
// pkg/agency, pkg/quote. Structured data and what pages hand to their own scripts
// is read by pkg/structured, and judged by trust.go. The body is found in body.go, its blocks are chosen in pick.go
// by what judge.go says of each, its beginning and end in edges.go, what looks
// unlike the rest goes by signs.go and likely.go, the entries of live blogs are
// found in live.go, and all is written in blocks.go. A page of which only the text
// survives goes by textroute.go, and so does one that would take more than a page
// may (limits.go). Pages that are no articles are refused in pagekind.go. Why a
// record is as it is, or is none, [Explain] tells (explain.go, verdict.go).
package extract
