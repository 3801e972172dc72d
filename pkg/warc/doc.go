// Package warc reads and writes web archives: WARC/1.1 (ISO 28500:2017), and
// 1.0 as well where it reads; plain, one gzip member a record, or one zstd frame
// a record.
//
// Reading is forgiving, for other people's archives are as they are: what cannot
// be read is told as a [Damage] with its offset, and reading goes on behind it.
// Writing is strict.
//
// Start reading at [Reader.Next] and [Writer.Write].
package warc
