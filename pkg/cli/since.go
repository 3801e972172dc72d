package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// since is a moment in the past, said as an age, which is kept, or as a time.
type since struct {
	time.Time
	age time.Duration
}

// said is the moment, or the age if it was said so.
func (s since) said() (time.Time, time.Duration) {
	if s.age > 0 {
		return time.Time{}, s.age
	}
	return s.Time, 0
}

// UnmarshalText reads 90m, 7d, a day, which begins at midnight here, or a time
// in RFC 3339.
func (s *since) UnmarshalText(text []byte) error {
	value := string(text)
	if age, ok := ageOf(value); ok {
		s.Time, s.age = time.Now().Add(-age), age
		return nil
	}
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(form, value, time.Local); err == nil {
			s.Time = t
			return nil
		}
	}
	return fmt.Errorf("%q is no time: write an age such as 90m or 7d, a day such as 2026-01-31, or 2026-01-31T10:00:00Z", value)
}

// ageOf reads a duration, also one in days.
func ageOf(value string) (time.Duration, bool) {
	if days, ok := strings.CutSuffix(value, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err == nil
	}
	age, err := time.ParseDuration(value)
	return age, err == nil && age >= 0
}

// ageWords says a duration as [ageOf] reads it.
func ageWords(age time.Duration) string {
	if days := age / (24 * time.Hour); age > 0 && age%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", days)
	}
	return age.String()
}
