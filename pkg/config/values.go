package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// Bytes is a size, written with or without a unit: 10MB, 512kB, 1GiB, 4096.
type Bytes int64

// UnmarshalText reads a size.
func (b *Bytes) UnmarshalText(text []byte) error {
	n, err := humanize.ParseBytes(string(text))
	if err != nil || n > 1<<62 {
		return fmt.Errorf("%q is no size: write it like 10MB or 512kB", text)
	}
	*b = Bytes(n)
	return nil
}

// String is the size as people read it.
func (b Bytes) String() string {
	if b < 0 {
		return fmt.Sprint(int64(b))
	}
	return humanize.Bytes(uint64(b))
}

// MarshalText writes a size as people read it.
func (b Bytes) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// Ages are times by site, written news.example=2160h,other.example=0.
type Ages map[string]time.Duration

// UnmarshalText reads ages.
func (a *Ages) UnmarshalText(text []byte) error {
	all := Ages{}
	for part := range strings.SplitSeq(string(text), ",") {
		site, age, _ := strings.Cut(strings.TrimSpace(part), "=")
		d, err := time.ParseDuration(age)
		if site == "" || err != nil || d < 0 {
			return fmt.Errorf("%q is no site with an age: write it like news.example=2160h", part)
		}
		all[site] = d
	}
	*a = all
	return nil
}

// MarshalText writes ages as they are read.
func (a Ages) MarshalText() ([]byte, error) {
	var parts []string
	for _, site := range slices.Sorted(maps.Keys(a)) {
		parts = append(parts, fmt.Sprintf("%s=%s", site, a[site]))
	}
	return []byte(strings.Join(parts, ",")), nil
}

// Count is a number of things, 0 or more.
type Count int

// UnmarshalText reads a count.
func (c *Count) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n > 1<<30 {
		return fmt.Errorf("%q is no count: write a whole number, 0 or more", text)
	}
	*c = Count(n)
	return nil
}

// Secret is a text that is never shown.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// MarshalText hides the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
