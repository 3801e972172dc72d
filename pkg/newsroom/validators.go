package newsroom

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// validators says what an answer carries for a later request to be made
// conditional with (RFC 9110, section 8.8).
type validators string

const (
	bothValidators validators = ""
	etagOnly       validators = "etag"
	dateOnly       validators = "date"
	noValidators   validators = "none"
)

// entityTag is the strong entity tag of a body in a content coding.
func entityTag(body []byte, coding string) string {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:8])
	if coding != "" {
		tag += "-" + coding
	}
	return `"` + tag + `"`
}

// validate sets the validators of an answer and says whether the client has
// it already (RFC 9110, section 13.2.2).
func (v validators) validate(w http.ResponseWriter, req *http.Request, tag string, modified time.Time) (known bool) {
	if v == bothValidators || v == etagOnly {
		w.Header().Set("ETag", tag)
		if field := req.Header.Get("If-None-Match"); field != "" {
			return matches(field, tag)
		}
	}
	if v == bothValidators || v == dateOnly {
		w.Header().Set("Last-Modified", modified.Format(http.TimeFormat))
		since, err := http.ParseTime(req.Header.Get("If-Modified-Since"))
		return err == nil && req.Header.Get("If-None-Match") == "" && !modified.After(since)
	}
	return false
}

// matches is the weak comparison of a tag with an If-None-Match field.
func matches(field, tag string) bool {
	for item := range strings.SplitSeq(field, ",") {
		item = strings.TrimSpace(item)
		if item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}
