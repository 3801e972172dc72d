// Package archive tells what the records of a web archive say of pages.
//
// Start reading at [PageOf].
package archive
