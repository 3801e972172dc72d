package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// longestWait bounds what a Retry-After can ask for.
	longestWait = 24 * time.Hour
	// throttledWait is left after 429 where the host does not say how long.
	throttledWait = time.Minute
)

// asksToWait is how long a host wants to be left alone: the Retry-After of an
// answer of 429 or 503 (RFC 9110, section 10.2.3; RFC 6585, section 4).
func asksToWait(r *http.Response, now time.Time) time.Duration {
	switch r.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
	default:
		return 0
	}
	if value := r.Header.Get("Retry-After"); value != "" {
		return retryAfter(value, now)
	}
	if r.StatusCode == http.StatusTooManyRequests {
		return throttledWait
	}
	return 0
}

// retryAfter reads seconds or an HTTP date, from 0 to longestWait. What is
// neither asks for nothing.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(longestWait/time.Second))) * time.Second
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(date.Sub(now), 0), longestWait)
}
