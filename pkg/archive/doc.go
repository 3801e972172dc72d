// Package archive keeps every page as it came, in WARC files, and reads them
// again.
//
// In go pages with the bytes that were received, or the records of somebody
// else's archive; out come [news.Capture]s, which say where each is, and the
// same pages again, byte for byte. The one promise: what [Archive.Append]
// returned without an error is on the disk, whole, and everything that is known
// of it can be read from the files alone ([Archive.Scan]).
//
// The records of one capture are a unit: the request, the main record, and a
// metadata record of ours, which says the rest and comes last, so that a unit
// that a crash cut short is known and cut off at the next start. Units lie in
// segments, of which one is open: its name ends in ".open".
//
// The package knows neither rows nor messages: what it must look up in an index
// it asks through an interface.
//
// Start reading at [Open], [Archive.Append] and [Archive.Get].
package archive
