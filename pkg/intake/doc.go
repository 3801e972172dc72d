// Package intake reads the files that other people keep pages in: web archives
// (WARC, and WET text), WACZ files, JSON lines with the pages' HTML in them, and
// folders of saved pages with a manifest.
//
// What comes out, in the order of the file, are [Record]s: those of a web archive
// as they are, pages made of what the other kinds say, and what could not be read
// with the reason. The promise: nothing that can be read is lost for what stands
// before it; memory stays bounded, however long the file; and reading goes on
// from any [Place], giving the same records as if it had never stopped.
//
// It does not say which records are pages, nor what is on them.
//
// Start reading at [Open], [Source.Records] and [Record.Original].
package intake
