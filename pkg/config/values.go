package config

import (
	"fmt"
	"strconv"

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
