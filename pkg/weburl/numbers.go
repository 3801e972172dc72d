package weburl

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// endsInNumber says whether a host can only be an IPv4 address: its last part
// is a number (URL standard, section 3.5).
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, err := parseNumber(last)
	return err == nil
}

// parseNumbers reads an IPv4 address as browsers and many resolvers do: up to
// four numbers, decimal, octal or hexadecimal, of which the last fills the rest
// of the address (URL standard, section 3.5). 2130706433, 0x7f.1 and 0177.0.0.1
// are all 127.0.0.1; that they are must not depend on who is asked.
func parseNumbers(host string) (netip.Addr, error) {
	parts := strings.Split(host, ".")
	wrong := fmt.Errorf("host %q is neither a name nor an IPv4 address", host)
	if len(parts) > 4 {
		return netip.Addr{}, wrong
	}
	address := uint64(0)
	for i, part := range parts {
		n, err := parseNumber(part)
		rest := 4 - i // bytes that the last number may fill
		last := i == len(parts)-1
		switch {
		case err != nil || !last && n > 255 || last && n >= 1<<(8*rest):
			return netip.Addr{}, wrong
		case last:
			address |= n
		default:
			address |= n << (8 * (rest - 1))
		}
	}
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(address)))), nil
}

// parseNumber reads a number with the prefix of its base: 0x, 0 or none.
func parseNumber(s string) (uint64, error) {
	base := 10
	switch lower := strings.ToLower(s); {
	case strings.HasPrefix(lower, "0x"):
		s, base = s[2:], 16
		if s == "" {
			return 0, nil // the standard reads 0x as 0
		}
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	return strconv.ParseUint(s, base, 64)
}
