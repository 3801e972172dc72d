// Package pins keeps pages with the records that somebody accepted of them, in a
// folder that can be committed: regression cases of one's own.
//
// A pin is a folder with three files: page.json says how the page came, body is
// its body as received, and record.json is the accepted record; where the page is
// accepted to be no article, page.json says why and record.json is absent.
//
// It deliberately neither extracts nor compares. Start reading at [Read].
package pins
