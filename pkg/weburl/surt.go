package weburl

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// SURT is the key under which indexes of web archives have an address, so that
// those of one site stand together: "example,news)/a?b=1" for
// "https://www.news.example/A/?b=1#c". It is the Sort-friendly URI Reordering
// Transform of the address without what rarely tells pages apart: scheme, case,
// order of parameters, session identities. An address of another scheme than
// http and https is its own key.
func SURT(address string) string {
	address = strings.TrimSpace(address)
	scheme, rest, ok := strings.Cut(address, "://")
	scheme = strings.ToLower(scheme)
	if scheme == "file" {
		return "file:" + strings.ToLower(rest)
	}
	if !ok || scheme != "http" && scheme != "https" {
		return address
	}
	rest, _, _ = strings.Cut(rest, "#")
	authority, path := rest, ""
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		authority, path = rest[:end], rest[end:]
	}
	path, query, _ := strings.Cut(path, "?")
	key := surtHost(authority, scheme) + ")" + surtPath(path)
	if query = surtQuery(query); query != "" {
		key += "?" + query
	}
	return key
}

// worldWideWeb begins names of hosts that are those without it.
var worldWideWeb = regexp.MustCompile(`^www\d*\.`)

func surtHost(authority, scheme string) string {
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	port := ""
	if at := strings.LastIndexByte(host, ':'); at > strings.LastIndexByte(host, ']') {
		host, port = host[:at], host[at:]
	}
	if port == ":" || scheme == "http" && port == ":80" || scheme == "https" && port == ":443" {
		port = ""
	}
	host = strings.Trim(allUnescaped(host), ".")
	if strings.HasPrefix(host, "[") {
		return strings.ToLower(strings.Trim(host, "[]")) + port
	}
	if ascii, err := idna.Punycode.ToASCII(host); err == nil {
		host = ascii
	}
	host = worldWideWeb.ReplaceAllString(strings.ToLower(host), "")
	if n, err := strconv.ParseUint(host, 10, 32); err == nil {
		host = netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}).String()
	}
	labels := strings.Split(host, ".")
	slices.Reverse(labels)
	return strings.Join(labels, ",") + port
}

// sessionSegment is what ASP.NET puts before the name of a page.
var sessionSegment = regexp.MustCompile(`^(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/|\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$`)

func surtPath(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(strings.TrimPrefix(allUnescaped(path), "/"), "/") {
		switch {
		case segment == ".":
		case segment == ".." && len(kept) > 0:
			kept = kept[:len(kept)-1]
		default:
			kept = append(kept, segment)
		}
	}
	kept = slices.DeleteFunc(kept, func(segment string) bool { return segment == "" })
	path = strings.ToLower(minimalEscapes("/" + strings.Join(kept, "/")))
	return sessionSegment.ReplaceAllString(path, "$1$2")
}

// sessions are parameters that tell visits apart, not pages. Of each the last is
// left out, wherever its name ends so.
var sessions = []*regexp.Regexp{
	session(`jsessionid=[0-9a-z]{32}`),
	session(`phpsessid=[0-9a-z]{32}`),
	session(`sid=[0-9a-z]{32}`),
	session(`aspsessionid[a-z]{8}=[a-z]{24}`),
	session(`cfid=[^&]+&cftoken=[^&]+`),
}

func session(parameter string) *regexp.Regexp {
	return regexp.MustCompile(`^(.*)` + parameter + `(?:&(.*))?$`)
}

func surtQuery(query string) string {
	query = strings.ToLower(minimalEscapes(allUnescaped(query)))
	for _, s := range sessions {
		query = s.ReplaceAllString(query, "$1$2")
	}
	if query == "" {
		return ""
	}
	pairs := strings.Split(query, "&")
	slices.SortFunc(pairs, func(a, b string) int {
		nameA, valueA, hasA := strings.Cut(a, "=")
		nameB, valueB, hasB := strings.Cut(b, "=")
		switch {
		case nameA != nameB:
			return strings.Compare(nameA, nameB)
		case hasA != hasB && hasA:
			return 1
		case hasA != hasB:
			return -1
		}
		return strings.Compare(valueA, valueB)
	})
	return strings.Join(pairs, "&")
}

// allUnescaped undoes escapes, and escapes of escapes, in one pass: what an escape
// stands for may end another.
func allUnescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	plain := make([]byte, 0, len(s))
	for i := range len(s) {
		plain = append(plain, s[i])
		for n := len(plain); n >= 3 && plain[n-3] == '%'; n = len(plain) {
			c, err := strconv.ParseUint(string(plain[n-2:]), 16, 8)
			if err != nil {
				break
			}
			plain = append(plain[:n-3], byte(c))
		}
	}
	return string(plain)
}

// minimalEscapes escapes what cannot stand in a line of an index, and what would
// be read otherwise.
func minimalEscapes(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '#' || c == '%' {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
