// Package interop_test has a browser open the page that a diff is written as:
// what its filters leave and hide, that it asks for nothing, and that words of
// fetched pages stay words. "make interop" runs it. Every record is invented at
// the time of the test.
package interop_test
