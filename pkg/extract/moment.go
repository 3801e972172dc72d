package extract

import (
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// moment is a point in time as a page states it, no more exact than that.
type moment struct {
	year, month, day  int
	hour, minute, sec int
	precision         news.Precision
	zoned             bool
	offset            int // seconds east of Greenwich
	// clock is the token of a time that stands inside the date, 0 for none.
	clock int
	// elsewhere says that the offset follows from another date of the page.
	elsewhere bool
	raw       string
}

// value writes the moment as [news.Date] wants it.
func (m moment) value() string {
	day := fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
	if m.precision == news.ToDay {
		return day
	}
	at := fmt.Sprintf("%sT%02d:%02d:%02d", day, m.hour, m.minute, m.sec)
	switch {
	case !m.zoned:
		return at
	case m.offset == 0:
		return at + "Z"
	case m.offset < 0:
		return at + fmt.Sprintf("-%02d:%02d", -m.offset/3600, -m.offset%3600/60)
	}
	return at + fmt.Sprintf("+%02d:%02d", m.offset/3600, m.offset%3600/60)
}

func (m moment) date() *news.Date {
	d := &news.Date{Value: m.value(), Raw: m.raw, Precision: m.precision}
	if m.zoned && m.precision != news.ToDay {
		d.Timezone = news.ZoneExplicit
		if m.elsewhere {
			d.Timezone = news.ZonePage
		}
	}
	return d
}

// time places the moment, read as UTC where it has no zone.
func (m moment) time() time.Time {
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.sec, 0, time.FixedZone("", m.offset))
}

// sameDay says whether two moments may be of one day, their zones allowing.
func (m moment) sameDay(o moment) bool {
	if m.sameDate(o) {
		return true
	}
	return m.zoned && o.zoned && m.time().UTC().YearDay() == o.time().UTC().YearDay() && m.time().UTC().Year() == o.time().UTC().Year()
}

// sameDate says whether two moments are written with the same date.
func (m moment) sameDate(o moment) bool {
	return m.year == o.year && m.month == o.month && m.day == o.day
}

// near says whether two moments are a day apart or less, as the stamp of a system
// and the day on a printed paper are.
func (m moment) near(o moment) bool {
	return m.time().Truncate(24*time.Hour).Sub(o.time().Truncate(24*time.Hour)).Abs() <= 24*time.Hour
}

// real says whether the calendar has the day and the clock the time, and
// whether a web page can be of that year.
func (m moment) real() bool {
	if m.year < 1990 || m.year > 2100 || m.month < 1 || m.month > 12 || m.day < 1 ||
		m.hour > 23 || m.minute > 59 || m.sec > 60 {
		return false
	}
	return time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Day() == m.day
}
