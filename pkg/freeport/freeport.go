// Package freeport names loopback ports to tests whose programs are told theirs
// before they listen there, or that come back to the one that they had.
//
// No port that the system gave to who asked for any will do: while nobody listens
// there it may give it to another process that asks. These are below all those.
package freeport

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// The ports that are tried. Linux gives ports from 32768 on to who asks for any,
// other systems from 49152 on.
const lowest, count = 20_000, 12_000

// Address is a loopback address that nobody listens on.
func Address(t testing.TB) string {
	t.Helper()
	return Addresses(t, 1)[0]
}

// Addresses are n of them.
func Addresses(t testing.TB, n int) []string {
	t.Helper()
	var all []string
	for range count {
		if len(all) == n {
			break
		}
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(lowest+rand.IntN(count)))
		if listener, err := net.Listen("tcp", address); err == nil {
			defer listener.Close() // at the end, so that none is named twice
			all = append(all, address)
		}
	}
	if len(all) < n {
		t.Fatalf("of %d ports from %d on %d can be listened on, want %d", count, lowest, len(all), n)
	}
	return all
}

// Port is the port of [Address] alone.
func Port(t testing.TB) int {
	t.Helper()
	_, text, err := net.SplitHostPort(Address(t))
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return port
}
