package stream

import (
	"errors"
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

func TestCredentialsAreNotShown(t *testing.T) {
	for url, want := range map[string]string{
		"nats://127.0.0.1:4222":                           "nats://127.0.0.1:4222",
		"nats://desk:s3cret@a.example, tls://t@b.example": "nats://a.example,tls://b.example",
		"desk:s3c@ret@a.example":                          "nats://a.example",
		"nats://desk:s3cret":                              "(unreadable)",
		"nats://desk:s3%cret@a.example":                   "(unreadable)",
		"nats://desk:s3,cret@a.example":                   "(unreadable),nats://a.example",
		"":                                                "(unreadable)",
	} {
		if got := Address(url); got != want {
			t.Errorf("address of %q: %q, want %q", url, got, want)
		}
	}
}

// What cannot be an address is not waited for, and is not shown.
func TestNoAddress(t *testing.T) {
	for _, url := range []string{
		"nats://desk:s3cret", "nats://desk:s3%cret@a.example", "nats://desk:s3cret@a.example:99999",
		"nats://desk:s3,cret@a.example", "natz://desk:s3cret@a.example", "nats://a.example,", "nats://desk:s3cret@",
	} {
		_, err := Connect(t.Context(), Config{URL: url}, zerolog.Nop())
		if !errors.Is(err, ErrAddress) || strings.Contains(err.Error(), "s3") || strings.Contains(err.Error(), "cret") {
			t.Errorf("Connect to %q: %v", url, err)
		}
	}
}
