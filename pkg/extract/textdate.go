package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/when"
)

const (
	// dateAbove is how many lines before the headline a date may stand,
	// dateBehind how many behind the story.
	// labelledBehind is how many there are to one that says what it is.
	dateAbove, dateBehind, labelledBehind = 8, 3, 16
	// proseBefore is how many lines of running text may stand before it.
	proseBefore = 2
	// dateBesides is how much a line with a date may say beside it, in bytes;
	// any more only where it tells what it is.
	dateBesides     = 40
	longestDateLine = 160
	// longestDateAlone is the longest line that is a date and little else, in
	// bytes.
	longestDateAlone = 80
)

// The ranks of dates, the best first.
const (
	saidPublished = iota
	belowHeadline
	aboveHeadline
	inTitle
	inAddress
	saidToday
	behindStory
	saidChanged
	noDate
)

// textDates reads when the story was published, and changed, from the lines
// around its headline and from its address. Where only a change is stated, that
// is the date there is.
func (s *story) textDates(p *textPage, head int) {
	rank := noDate
	take := func(r int, d dated) {
		if r < rank {
			rank = r
			s.rec.DatePublished = d.date()
			s.credit("datePublished", d.candidate)
		}
	}
	running := 0 // lines of running text so far
	for i := max(0, head-dateAbove); i < min(len(p.lines), p.end+labelledBehind); i++ {
		line := p.lines[i].text
		if p.lines[i].weight > 0 && i > head {
			running++
		}
		if p.lines[i].weight > 0 || running > proseBefore && i < p.end || s.isCredited(line) {
			continue
		}
		line, change := s.cutChange(line)
		if d, before, ok := s.textDate(change, i); ok && i < p.end+dateBehind && when.SaysChanged(before) {
			s.rec.DateModified = d.date()
			s.credit("dateModified", d.candidate)
		}
		d, before, ok := s.textDate(line, i)
		if today, is := s.clockAlone(line, i); is && i > head && i < p.end {
			take(saidToday, today)
		}
		switch {
		case !ok:
		case when.SaysChanged(before) && i < p.end+dateBehind:
			s.rec.DateModified = d.date()
			s.credit("dateModified", d.candidate)
			take(saidChanged, d)
		case i >= p.end:
			if i < p.end+dateBehind || when.SaysPublished(before) {
				take(behindStory, d)
			}
		case when.SaysPublished(before):
			take(saidPublished, d)
		case i > head:
			take(belowHeadline, d)
		default:
			take(aboveHeadline, d)
		}
	}
	if d, ok := s.dated(p.titleDate, news.FromText, lineName(0), 0.7); ok {
		take(inTitle, d)
	}
	if m, ok := when.InURL(s.in.URL); ok && !s.ahead(m) {
		take(inAddress, dated{candidate: candidate{m.Value(), news.FromURL, "url", 0.6}, Moment: m})
	}
}

// textDate is the date of a line that says little else, and what stands before
// it.
func (s *story) textDate(line string, i int) (d dated, before string, ok bool) {
	if len(line) > longestDateLine {
		return dated{}, "", false
	}
	if m, at, found := when.Find(line, s.order); found {
		before = line[:at]
		if len(line) > len(m.Raw)+dateBesides && !when.SaysChanged(before) && !when.SaysPublished(before) && !s.isByLine(line) && !strings.ContainsAny(line, "|•·/") {
			return dated{}, "", false
		}
		line = line[at:]
	}
	d, ok = s.dated(line, news.FromText, lineName(i), 0.8)
	return d, before, ok
}

// cutChange parts a line that tells two dates at the words that call the second
// one a change: "3 May 2024 10:00 Updated: 4 May 2024 11:00".
func (s *story) cutChange(line string) (first, change string) {
	m, at, ok := when.Find(line, s.order)
	if !ok || !strings.HasPrefix(line[at:], m.Raw) {
		return line, ""
	}
	end := at + len(m.Raw)
	if _, at, ok := when.Find(line[end:], s.order); ok && when.SaysChanged(line[end:end+at]) {
		return line[:end], line[end:]
	}
	return line, ""
}

// longestClock is the longest line that is a time of the day, in bytes: "13:37
// Uhr".
const longestClock = 10

// clockAlone is the day of the fetch, where a line is a time of the day and no
// more: pages print it so on the day itself.
func (s *story) clockAlone(line string, i int) (dated, bool) {
	if len(line) > longestClock || strings.IndexAny(line, "0123456789") != 0 || !strings.ContainsAny(line, ":.") {
		return dated{}, false
	}
	m, ok := when.Ago("today, "+line, s.in.FetchedAt)
	if !ok || s.ahead(m) || m.Precision == news.ToDay {
		return dated{}, false
	}
	m.Raw = line
	return dated{candidate: candidate{m.Value(), news.FromText, lineName(i), 0.4}, Moment: m, relative: true}, true
}

// isDateLine says whether a line is a date and little else.
func (s *story) isDateLine(line string) bool {
	if line, _ = s.cutChange(line); len(line) > longestDateAlone {
		return false
	}
	m, _, ok := when.Find(line, s.order)
	return ok && !s.ahead(m) && len(line) < len(m.Raw)+dateBesides
}

// tellsDate says whether a line tells a date and perhaps whose or where it is.
func (s *story) tellsDate(line string) bool {
	_, _, ok := s.textDate(line, 0)
	return ok
}
