// Package version says which Copydesk this is.
package version

// Version follows semantic versioning. It says nothing of records: these carry
// the extractor's own version.
const Version = "0.1.0"
