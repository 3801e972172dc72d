// Command soak holds the import of a large web archive to its bounds, in one run:
// its rate beside that of plain gunzip and of extraction alone, the memory of each
// process, and that kills change nothing of its result.
//
// It makes a file of invented pages and starts a broker, indexers, extractors and
// "copydesk import" as an operator would. What others do on the machine slows all
// alike, so that ratios count and not rates; but it is meant for a quiet one.
package main
