package freeport_test

import (
	"net"
	"slices"
	"strconv"
	"testing"

	"github.com/copydesk/copydesk/pkg/freeport"
)

// None is one that a system gives to who asks for any, and none is named twice.
func TestAddresses(t *testing.T) {
	const n, firstOfAny = 100, 32_768
	all := freeport.Addresses(t, n)
	for _, address := range all {
		host, port, err := net.SplitHostPort(address)
		if number, bad := strconv.Atoi(port); err != nil || bad != nil || host != "127.0.0.1" || number < 1024 || number >= firstOfAny {
			t.Errorf("%q: %v, %v", address, err, bad)
		}
	}
	slices.Sort(all)
	if got := len(slices.Compact(all)); got != n {
		t.Errorf("%d of %d are different", got, n)
	}
}
