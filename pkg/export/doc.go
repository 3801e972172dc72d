// Package export writes records of the index into files that others' programs
// read: JSON lines, CSV, Parquet and ninjs.
//
// In go lines, each the JSON of a [news.StoredRow] or a [news.CaptureRow], as
// an export over the broker brings them; out come files, and a [Manifest] that
// says which. What is held in memory does not grow with the number of lines. Files
// are held in a [Stage] until they are whole, and whatever comes between, the
// manifest tells which count.
//
// It asks nobody for rows and knows neither the store nor the broker. It is the
// only importer of the library for Parquet. Start reading at [Writer]; what is
// where in each format is told in docs/export.md.
package export
