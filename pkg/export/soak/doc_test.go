// Package soak_test exports more than a machine should hold: how fast, beside
// reading the rows alone, and in how much memory. "make soak" runs it.
package soak_test
