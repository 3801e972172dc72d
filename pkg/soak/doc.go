// Command soak holds Copydesk to its bounds at full size: the import of a large web
// archive, replays of many captures, live pages beside a replay, and an export of
// many articles. Each is a trial with a name, in trials.go.
//
// It makes invented pages and starts a broker, indexers, extractors and commands as
// an operator would. What others do on the machine slows all alike, so that ratios
// of one run count and not rates; but it is meant for a quiet one.
package main
