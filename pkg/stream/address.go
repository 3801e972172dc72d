package stream

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// ErrAddress is returned by [Connect] for an address that cannot be one. The
// error does not show it: what cannot be read may be a password.
var ErrAddress = errors.New("not the address of a NATS server: write it like nats://host:4222, and more of them with commas between; a password is written with %40 for @ and %2C for a comma")

// Address is one or more addresses of brokers, separated by commas, for people:
// without the credentials that they may hold, or what looks like any.
func Address(urls string) string {
	var all []string
	for one := range strings.SplitSeq(urls, ",") {
		if u, err := parseAddress(one); err == nil {
			all = append(all, u.Scheme+"://"+u.Host)
		} else {
			all = append(all, "(unreadable)")
		}
	}
	return strings.Join(all, ",")
}

// checkAddress says whether all addresses can be ones.
func checkAddress(urls string) error {
	for i, one := range strings.Split(urls, ",") {
		if _, err := parseAddress(one); err != nil {
			return fmt.Errorf("address %d: %w", i+1, err)
		}
	}
	return nil
}

// parseAddress reads an address as nats.go does, to which one without a scheme
// is nats://.
func parseAddress(one string) (*url.URL, error) {
	one = strings.TrimSpace(one)
	if !strings.Contains(one, "://") {
		one = "nats://" + one
	}
	u, err := url.Parse(one)
	if err != nil || u.Hostname() == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
		return nil, ErrAddress
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, ErrAddress
		}
	}
	return u, nil
}
