package extract

import (
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/when"
)

// inLocalZone writes an instant that metadata states in UTC as the page's
// readers know it, if the page prints another day for it: the same instant with an
// offset, the same minute on a local clock, or the day that a local midnight
// begins.
func (d *dated) inLocalZone(all []dated) {
	if !d.Zoned || d.Offset != 0 || d.Precision == news.ToDay {
		return
	}
	for _, o := range all {
		if o.Precision == news.ToDay {
			continue
		}
		ahead := int(o.Time().Sub(d.Time()).Seconds())
		switch {
		case o.Zoned && o.Offset != 0 && ahead == 0:
			if !d.SameDate(o.Moment) {
				d.Moment = d.In(o.Offset)
			}
			return
		case !o.Zoned:
			if offset, ok := wallOffset(ahead); ok {
				if !d.SameDate(o.Moment) {
					d.Moment = d.In(offset)
					d.elsewhere = true
				}
				return
			}
		}
	}
	if d.Minute != 0 || d.Second != 0 || d.Hour < 20 {
		return
	}
	for _, o := range all {
		if next := d.Time().Add(4 * time.Hour); o.Precision == news.ToDay && o.Year == next.Year() && o.Month == int(next.Month()) && o.Day == next.Day() {
			raw := d.Raw
			d.Moment = o.Moment
			d.Raw = raw
			return
		}
	}
}

// wallOffset is the offset of a wall clock that is so many seconds ahead of the
// same minute in UTC. Zones differ by whole half hours, clocks by seconds.
func wallOffset(ahead int) (offset int, ok bool) {
	offset = (ahead + 59) / 1800 * 1800
	if ahead < 0 {
		offset = (ahead - 59) / 1800 * 1800
	}
	off := ahead - offset
	return offset, offset != 0 && offset <= 14*3600 && offset >= -12*3600 && off > -60 && off < 60
}

// inPageZone writes an instant in UTC as the page's readers know it, if the
// address or the print has the day before or after, and the page tells elsewhere
// which zone makes it that day: by a wall clock in its state, or by the offset of
// other times.
func (s *story) inPageZone(d *dated, all []dated) {
	if !d.Zoned || d.Offset != 0 || d.Precision == news.ToDay {
		return
	}
	for _, o := range all {
		if o.Precision != news.ToDay || o.SameDate(d.Moment) || !o.Near(d.Moment) {
			continue
		}
		offset, ok := s.stateOffset(o.Moment, d.Moment)
		if !ok {
			offset, ok = s.timesOffset(o.Moment, d.Moment)
		}
		if ok {
			d.Moment = d.In(offset)
			d.elsewhere = true
			return
		}
	}
}

// stateOffset finds the wall clock of an instant in the scripts that name the day.
func (s *story) stateOffset(day, instant when.Moment) (int, bool) {
	name := day.Value()
	for _, text := range s.scriptState().Texts() {
		for {
			i := strings.Index(text, name)
			if i < 0 {
				break
			}
			text = text[i:]
			m, ok := when.Parse(text[:min(len(text), len("2006-01-02T15:04:05.000+00:00"))], s.order)
			text = text[len(name):]
			if !ok || m.Zoned || m.Precision == news.ToDay {
				continue
			}
			if offset, ok := wallOffset(int(m.Time().Sub(instant.Time()).Seconds())); ok {
				return offset, true
			}
		}
	}
	return 0, false
}

// timesOffset finds an offset among the times of the page that makes the instant
// one of the day.
func (s *story) timesOffset(day, instant when.Moment) (int, bool) {
	for _, at := range s.times {
		if m, ok := when.Parse(attr(s.els[at].node, "datetime"), s.order); ok && m.Zoned && m.Offset != 0 && instant.In(m.Offset).SameDate(day) {
			return m.Offset, true
		}
	}
	return 0, false
}
