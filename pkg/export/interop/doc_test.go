// Package interop_test has other people's programs read what an export writes:
// DuckDB and pandas open its CSV and Parquet, and have the rows and values of its
// JSON lines. "make interop" runs it. Every record is invented at the time of the
// test.
package interop_test
