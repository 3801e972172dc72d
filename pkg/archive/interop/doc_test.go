// Package interop_test has other people's programs write web archives for ours to
// read, and read those that ours writes: warcio, pywb and py-wacz in Python,
// nlnwa/gowarc, wget, and a browser. "make interop" runs it. Every file is made at
// the time of the test, of invented pages.
package interop_test
