// Package s3 keeps files in a bucket of an S3-compatible store. It is the only
// importer of the store's client.
//
// A file is there whole or not at all, and [Bucket.Put] returns when it was read
// back and found to be the same. Where the store is away, calls fail within a
// minute or two of silence and may be made again; nothing is kept open between
// them.
//
// The package makes no buckets and changes no rights.
package s3
