// Package config is the only reader of settings: what may be set, its default,
// and where its value came from.
//
// Each section is a struct that commands embed, so that a setting has the same
// name everywhere: the flag --fetch-workers, the variable
// COPYDESK_FETCH_WORKERS and the key "workers" under "fetch" in the YAML file
// are one. Later beats earlier: default, file, variable, flag. A value that
// cannot be right is refused with its name and where it stands; nothing falls
// back silently.
//
// Start reading at sections.go, then parse.go.
package config
