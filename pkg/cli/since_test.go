package cli

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	now := time.Now()
	for _, tt := range []struct {
		text string
		want time.Time
	}{
		{"90m", now.Add(-90 * time.Minute)},
		{"7d", now.Add(-7 * 24 * time.Hour)},
		{"2026-01-31", time.Date(2026, 1, 31, 0, 0, 0, 0, time.Local)},
		{"2026-01-31T10:30", time.Date(2026, 1, 31, 10, 30, 0, 0, time.Local)},
		{"2026-01-31T10:30:00+02:00", time.Date(2026, 1, 31, 8, 30, 0, 0, time.UTC)},
	} {
		var got since
		if err := got.UnmarshalText([]byte(tt.text)); err != nil || got.Sub(tt.want).Abs() > time.Minute {
			t.Errorf("%s: got %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
	for _, bad := range []string{"", "yesterday", "-1h", "-1d", "d", "99999999d", "2026-13-01", "10:30"} {
		var got since
		if err := got.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was read as %v", bad, got)
		}
	}
}
