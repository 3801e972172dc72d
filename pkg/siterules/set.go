package siterules

import (
	"net/url"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/agency"
)

// Set is the rules of one file. A nil set has none.
type Set struct {
	digest   string
	rules    []*Rule
	bySite   map[string][]*Rule
	agencies []*Agency
	names    agency.Table
}

// Digest names the set by the bytes of its file: "sha256:" and 12 hex digits;
// empty for none.
func (s *Set) Digest() string {
	if s == nil {
		return ""
	}
	return s.digest
}

// Rules are all rules in the order of the file.
func (s *Set) Rules() []*Rule {
	if s == nil {
		return nil
	}
	return s.rules
}

// Agencies are all agencies in the order of the file.
func (s *Set) Agencies() []*Agency {
	if s == nil {
		return nil
	}
	return s.agencies
}

// Rule is the rule for a page of that address, fetched at that time: that of the
// longest site among those that hold. It is nil where there is none.
func (s *Set) Rule(address string, fetchedAt time.Time) *Rule {
	if s == nil || len(s.rules) == 0 {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	for host := strings.ToLower(u.Hostname()); host != ""; {
		for _, r := range s.bySite[host] {
			if r.holds(fetchedAt) {
				return r
			}
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return nil
}

// Names says which agencies names stand for: the world's, and those of the file.
func (s *Set) Names() agency.Table {
	if s == nil {
		return agency.Table{}
	}
	return s.names
}
