package fetch

import (
	"net/http"
	"strconv"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name, value string
		want        time.Duration
	}{
		{"seconds", "120", 2 * time.Minute},
		{"seconds with space", " 5 ", 5 * time.Second},
		{"date", "Sat, 14 Mar 2026 12:01:30 GMT", 90 * time.Second},
		{"date of the old form", "Saturday, 14-Mar-26 12:01:30 GMT", 90 * time.Second},
		{"date in the past", "Fri, 13 Mar 2026 12:00:00 GMT", 0},
		{"a year of seconds", "31536000", 24 * time.Hour},
		{"a date next year", "Sun, 14 Mar 2027 12:00:00 GMT", 24 * time.Hour},
		{"more than fits", "99999999999999999999", 0},
		{"below zero", "-5", 0},
		{"no time at all", "soon", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := retryAfter(tt.value, now); got != tt.want {
				t.Errorf("retryAfter(%q) = %v, want %v", tt.value, got, tt.want)
			}
		})
	}
}

// No value makes us wait for less than nothing or longer than the limit, and
// both forms of the same wait mean the same.
func FuzzRetryAfter(f *testing.F) {
	f.Add("120", uint32(5))
	f.Add("Sat, 14 Mar 2026 12:01:30 GMT", uint32(90))
	f.Fuzz(func(t *testing.T, value string, seconds uint32) {
		now := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
		if got := retryAfter(value, now); got < 0 || got > longestWait {
			t.Errorf("retryAfter(%q) = %v", value, got)
		}
		number := retryAfter(strconv.FormatUint(uint64(seconds), 10), now)
		date := retryAfter(now.Add(time.Duration(seconds)*time.Second).Format(http.TimeFormat), now)
		if number != date {
			t.Errorf("%d seconds: %v as a number, %v as a date", seconds, number, date)
		}
	})
}
