// Package cli is the command line of Copydesk: one file a command. Commands
// that ask a running desk do so through its broker only; "extract" needs none.
//
// Answers go to standard output, everything else to standard error. With
// --json every command answers in JSON. Exit codes are in exit.go.
package cli
