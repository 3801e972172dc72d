package feed

import (
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		raw, want string
		precision news.Precision
	}{
		// RFC 3339 and W3C.
		{"2026-03-04T10:00:05Z", "2026-03-04T10:00:05Z", news.ToSecond},
		{"2026-03-04T10:00:05.123456-03:30", "2026-03-04T10:00:05-03:30", news.ToSecond},
		{"2026-03-04t10:00:05z", "2026-03-04T10:00:05Z", news.ToSecond},
		{"2026-03-04T10:00+01:00", "2026-03-04T10:00:00+01:00", news.ToMinute},
		{"2026-03-04T10:00:05", "2026-03-04T10:00:05", news.ToSecond},
		{"2026-03-04", "2026-03-04", news.ToDay},
		{"2026-03-04T23:59:60Z", "2026-03-04T23:59:59Z", news.ToSecond},
		// Their relatives.
		{"2026-03-04 10:00:05 +0100", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"2026-03-04 10:00:05 UTC", "2026-03-04T10:00:05Z", news.ToSecond},
		{"2026-3-4 9:05", "2026-03-04T09:05:00", news.ToMinute},
		{"2026/03/04 10:00:05", "2026-03-04T10:00:05", news.ToSecond},
		{"20260304", "2026-03-04", news.ToDay},
		{"20260304T10:00:05Z", "2026-03-04T10:00:05Z", news.ToSecond},
		{"2026-03-04 10:00:05 +0000 UTC", "2026-03-04T10:00:05Z", news.ToSecond},
		// RFC 822 and 5322.
		{"Wed, 04 Mar 2026 10:00:05 +0100", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"Wed, 4 Mar 26 10:00 GMT", "2026-03-04T10:00:00Z", news.ToMinute},
		{"04 Mar 2026 10:00:05 EST", "2026-03-04T10:00:05-05:00", news.ToSecond},
		{"Wed,04 March 2026 10:00:05 -0000", "2026-03-04T10:00:05Z", news.ToSecond},
		// Their faults.
		{"Wednesday, 4 March 2026 - 10:00", "2026-03-04T10:00:00", news.ToMinute},
		{"Wed, 04 Mar 2026 10:00:05 --0700", "2026-03-04T10:00:05-07:00", news.ToSecond},
		{"Wed, 04 Mar 2026 10:00:05 -700", "2026-03-04T10:00:05-07:00", news.ToSecond},
		{"Wed, 04 Mar 2026 10:00:05 GMT+0100", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"Wed Mar 04 2026 10:00:05 GMT+0100 (Central European Standard Time)", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"Wed Mar 04 10:00:05 CET 2026", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"Wed Mar  4 10:00:05 +0100 2026", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"March 4, 2026 at 9:05 p.m. EDT", "2026-03-04T21:05:00-04:00", news.ToMinute},
		{"Mar 4, 2026 12:05 AM", "2026-03-04T00:05:00", news.ToMinute},
		{"Wed, 04 Mar 2026", "2026-03-04", news.ToDay},
		{"Wed, 04-Mar-2026 10:00:05 GMT", "2026-03-04T10:00:05Z", news.ToSecond},
		{"Wed, 04 Mar 2026 10:00:05 IST", "2026-03-04T10:00:05", news.ToSecond}, // India or Israel
		{"04.03.2026 10:00", "2026-03-04T10:00:00", news.ToMinute},
		{"25/03/2026", "2026-03-25", news.ToDay},
		{"03/25/2026", "2026-03-25", news.ToDay},
		{"4/4/2026", "2026-04-04", news.ToDay},
		{"1772618405", "2026-03-04T10:00:05Z", news.ToSecond},
		{"1772618405123", "2026-03-04T10:00:05Z", news.ToSecond},
		{"Wed, 04 Mar 2026 10:0:5 -0500 GMT", "2026-03-04T10:00:05-05:00", news.ToSecond},
		{"Wed, 2026-03-04 10:00", "2026-03-04T10:00:00", news.ToMinute},
		{"2026-03-04T10:00:05:-0700", "2026-03-04T10:00:05-07:00", news.ToSecond},
		// Other languages.
		{"Mi, 04 März 2026 10:00:05 MEZ", "2026-03-04T10:00:05+01:00", news.ToSecond},
		{"mar., 03 févr. 2026 10:00:05 +0100", "2026-02-03T10:00:05+01:00", news.ToSecond},
		{"14 juillet 2026", "2026-07-14", news.ToDay},
		{"Çar, 4 Ağustos 2026 10:00:05 +0300", "2026-08-04T10:00:05+03:00", news.ToSecond},
		{"4 de agosto de 2026", "2026-08-04", news.ToDay},
	}
	for _, tt := range tests {
		t.Run(tt.raw, func(t *testing.T) {
			got, ok := parseDate(tt.raw)
			if !ok || got.Value != tt.want || got.Precision != tt.precision || got.Raw != tt.raw {
				t.Errorf("parseDate = %+v, %v, want %s to the %s", got, ok, tt.want, tt.precision)
			}
		})
	}
	for _, bad := range []string{
		"", "today", "2 hours ago", "0000-00-00 00:00:00", "Mon, 01 Jan 0001 00:00:00 +0000", "1970-01-01T00:00:00Z",
		"2026-02-30", "2026-13-01", "2026-03-04T25:00:00Z", "2026-03-04T10:00:00+99:00", "2026-03", "2026",
		"3/4/2026", // the day may be either
		"Wed, 04 Mar", "10:00:05", "20260304100005",
	} {
		if got, ok := parseDate(bad); ok {
			t.Errorf("parseDate(%q) = %+v, want none", bad, got)
		}
	}
}

// readsBack says whether a date has the form that [news.Date] promises.
func readsBack(d news.Date) bool {
	layouts := []string{time.RFC3339, "2006-01-02T15:04:05"}
	if d.Precision == news.ToDay {
		layouts = []string{time.DateOnly}
	}
	for _, layout := range layouts {
		if _, err := time.Parse(layout, d.Value); err == nil {
			return true
		}
	}
	return false
}
