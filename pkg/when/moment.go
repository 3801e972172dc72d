package when

import (
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// Moment is a point in time as a page states it, no more exact than that.
type Moment struct {
	Year, Month, Day     int // of the Gregorian calendar
	Hour, Minute, Second int // 0 beyond the precision; second 60 is a leap second
	Precision            news.Precision
	// Zoned says that the text states a zone, which Offset is: seconds east of
	// Greenwich.
	Zoned  bool
	Offset int
	// Raw is the date as the text writes it.
	Raw string

	clock int // the token of a time that stands inside the date, 0 for none
}

// Value writes the moment as [news.Date] wants it.
func (m Moment) Value() string {
	day := fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day)
	if m.Precision == news.ToDay {
		return day
	}
	at := fmt.Sprintf("%sT%02d:%02d:%02d", day, m.Hour, m.Minute, m.Second)
	switch {
	case !m.Zoned:
		return at
	case m.Offset == 0:
		return at + "Z"
	case m.Offset < 0:
		return at + fmt.Sprintf("-%02d:%02d", -m.Offset/3600, -m.Offset%3600/60)
	}
	return at + fmt.Sprintf("+%02d:%02d", m.Offset/3600, m.Offset%3600/60)
}

// Date is the moment as a record holds it.
func (m Moment) Date() *news.Date {
	d := &news.Date{Value: m.Value(), Raw: m.Raw, Precision: m.Precision}
	if m.Zoned && m.Precision != news.ToDay {
		d.Timezone = news.ZoneExplicit
	}
	return d
}

// Time places the moment, read as UTC where it has no zone.
func (m Moment) Time() time.Time {
	return time.Date(m.Year, time.Month(m.Month), m.Day, m.Hour, m.Minute, m.Second, 0, time.FixedZone("", m.Offset))
}

// SameDay says whether two moments may be of one day, their zones allowing.
func (m Moment) SameDay(o Moment) bool {
	if m.SameDate(o) {
		return true
	}
	return m.Zoned && o.Zoned && m.Time().UTC().YearDay() == o.Time().UTC().YearDay() && m.Time().UTC().Year() == o.Time().UTC().Year()
}

// In is the same instant on the clocks of another offset, in seconds east of
// Greenwich.
func (m Moment) In(offset int) Moment {
	t := m.Time().In(time.FixedZone("", offset))
	m.Year, m.Month, m.Day, m.Hour, m.Minute = t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute()
	m.Offset = offset
	return m
}

// SameDate says whether two moments are written with the same date.
func (m Moment) SameDate(o Moment) bool {
	return m.Year == o.Year && m.Month == o.Month && m.Day == o.Day
}

// Near says whether two moments are a day apart or less, as the stamp of a system
// and the day on a printed paper are.
func (m Moment) Near(o Moment) bool {
	return m.Time().Truncate(24*time.Hour).Sub(o.Time().Truncate(24*time.Hour)).Abs() <= 24*time.Hour
}

// real says whether the calendar has the day and the clock the time, and
// whether a web page can be of that year.
func (m Moment) real() bool {
	if m.Year < 1990 || m.Year > 2100 || m.Month < 1 || m.Month > 12 || m.Day < 1 ||
		m.Hour > 23 || m.Minute > 59 || m.Second > 60 {
		return false
	}
	return time.Date(m.Year, time.Month(m.Month), m.Day, 0, 0, 0, 0, time.UTC).Day() == m.Day
}
