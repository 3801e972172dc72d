package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzBytes states that a size that was read is written as one that is read as
// about the same: people read two digits.
func FuzzBytes(f *testing.F) {
	for _, s := range []string{"10MB", "512 kB", "1GiB", "4096", "1.5 MB", "1,024", "9e18", "-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b, again Bytes
		if err := b.UnmarshalText([]byte(text)); err != nil {
			if b != 0 {
				t.Errorf("%q is refused and %d", text, b)
			}
			return
		}
		if b < 0 {
			t.Errorf("%q is %d bytes", text, b)
		}
		if err := again.UnmarshalText([]byte(b.String())); err != nil || max(b-again, again-b) > b/20+1 {
			t.Errorf("%q is %q, read as %q, %v", text, b, again, err)
		}
	})
}

// FuzzCount states that a count is a number from 0 up, or refused.
func FuzzCount(f *testing.F) {
	for _, s := range []string{"0", "16", "-1", "1e3", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var c Count
		if err := c.UnmarshalText([]byte(text)); err == nil && c < 0 || err != nil && c != 0 {
			t.Errorf("%q is %d, %v", text, c, err)
		}
	})
}

// FuzzFile states that a configuration file is settings that are known, each
// with a text, or an error that names the file.
func FuzzFile(f *testing.F) {
	f.Add("fetch:\n  workers: 3\n  host-delay: 4s\n  hosts: {a.example: \"127.0.0.1:80\"}\nlog:\n  level: debug\n")
	f.Add("fetch-workers: 1.5e3")
	f.Add("fetch: {workers: [1, 2]}")
	f.Add("a: &a [*a]")
	f.Add("? {x: y}\n: z")
	known, err := knownSettings()
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(f.TempDir(), "copydesk.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var read file
		if err := read.read(path, nil); err != nil {
			if !strings.Contains(err.Error(), path) {
				t.Errorf("error %q does not name the file", err)
			}
			return
		}
		for name, value := range read.settings {
			_, isText := value.(string)
			if _, isMap := value.(map[string]any); !isText && (!isMap || name != hosts) {
				t.Errorf("%s is %v", name, value)
			}
		}
		if len(read.settings) > len(known) {
			t.Errorf("%d settings, there are %d", len(read.settings), len(known))
		}
	})
}

// FuzzAddresses states that a value that is taken is one that fetching can use.
func FuzzAddresses(f *testing.F) {
	f.Add("127.0.0.1:53", "a.example", "127.0.0.1")
	f.Add("[::1]:53", "", "::1")
	f.Add("localhost:53", "a.example", "127.0.0.1:x")
	f.Fuzz(func(t *testing.T, resolver, host, address string) {
		s := Fetch{Workers: 1, UserAgent: "x", Timeout: 1e9, BodyLimit: 1, Resolver: resolver, Hosts: map[string]string{host: address}}
		if s.Validate() != nil {
			return
		}
		if host == "" || resolver != "" && !strings.Contains(resolver, ":") || address == "" {
			t.Errorf("resolver %q and %s=%s are taken", resolver, host, address)
		}
	})
}
