// Package metrics counts what a process does, for Prometheus.
//
// In go the calls of the engines, each of which knows an interface of its own
// and not this package, and readings of what the broker and the rows say, made
// when somebody asks; out comes the text of /metrics. Each process has one
// [Metrics] with a registry of its own.
//
// The promise: labels are from closed lists, so that the number of series does
// not grow with the pages, and a scrape ends within a few seconds, whoever is
// away.
//
// Metrics are hints. They start from nothing with the process, and what is done
// twice after a crash is counted twice. What became of a page is in the
// indexer's journeys, and copydesk_visits is the sum of those.
//
// Start reading at names.go, which has every metric of Copydesk's own.
package metrics
