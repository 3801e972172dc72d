package extract

import (
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// dated is a candidate for a date.
type dated struct {
	candidate
	moment
}

// publishedMetas and changedMetas are the names under which pages state their
// dates, the most believable first.
var (
	publishedMetas = []string{
		"article:published_time", "og:article:published_time", "og:published_time", "article:published", "article.published", "datepublished", "parsely-pub-date", "sailthru.date",
		"rnews:datepublished", "dc.date.issued", "dcterms.issued", "dc.issued", "dc.date.published", "bt:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "pubdate", "publishdate",
		"publish-date", "publish_date", "publication_date", "publication-date", "published-date", "published_time", "published", "originalpublicationdate", "iso-8601-publish-date", "shareaholic:article_published_time",
		"article_date_original", "displaydate", "ptime", "gentime", "og:pubdate", "citation_publication_date", "citation_date", "prism.publicationdate", "og:release_date", "release_date", "dc.date.created",
		"dcterms.created", "dc.created", "created", "dc.date", "dcterms.date", "date", "article:post_date", "_pubdate", "doc_date", "pub_date", "pagerender", "article:created_time", "datecreated", "video:release_date", "pdate", "weibo:article:create_at",
	}
	changedMetas = []string{
		"article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified", "datemodified", "dcterms.modified", "dc.date.modified", "dc.modified", "last-modified",
		"lastmod", "last_updated_date", "article:updated", "modified_time", "revised", "iso-8601-modified-date", "lastmodified", "updated",
	}
)

// dates finds when the story was published and when it was last changed.
func (s *story) dates() {
	published := s.publishedDates()
	changed := s.changedDates()
	if d, rest, ok := s.settle(published); ok {
		s.rec.DatePublished = d.date()
		s.credit("datePublished", d.candidate, rest...)
	}
	if d, rest, ok := s.settle(changed); ok && !(s.rec.DatePublished != nil && s.rec.DatePublished.Value == d.moment.value()) {
		s.rec.DateModified = d.date()
		s.credit("dateModified", d.candidate, rest...)
	}
}

// settle takes the first of the candidates, or one further down that is of
// the same day and says the time.
func (s *story) settle(all []dated) (dated, []candidate, bool) {
	if len(all) == 0 {
		return dated{}, nil, false
	}
	best := all[0]
	agree := 0
	var rest []candidate
	for _, d := range all[1:] {
		rest = append(rest, d.candidate)
		if !d.sameDay(best.moment) {
			continue
		}
		agree++
		if best.precision == news.ToDay && d.precision != news.ToDay && d.confidence >= 0.5 {
			best = d
		}
	}
	best.confidence = min(0.99, best.confidence+0.03*float64(agree))
	best.inLocalZone(all[1:])
	return best, rest, true
}

// inLocalZone writes an instant that metadata states in UTC as the page's
// readers know it, if the page prints another day for it: the same instant with an
// offset, the same minute on a local clock, or the day that a local midnight
// begins.
func (d *dated) inLocalZone(all []dated) {
	if !d.zoned || d.offset != 0 || d.precision == news.ToDay {
		return
	}
	for _, o := range all {
		if o.precision == news.ToDay {
			continue
		}
		ahead := int(o.time().Sub(d.time()).Seconds())
		switch {
		case o.zoned && o.offset != 0 && ahead == 0:
			if !d.sameDate(o.moment) {
				d.shift(o.offset)
			}
			return
		case !o.zoned:
			// Wall clocks differ by whole half hours, seconds apart.
			offset := (ahead + 59) / 1800 * 1800
			if ahead < 0 {
				offset = (ahead - 59) / 1800 * 1800
			}
			if off := ahead - offset; offset != 0 && offset <= 14*3600 && offset >= -12*3600 && off > -60 && off < 60 {
				if !d.sameDate(o.moment) {
					d.shift(offset)
					d.elsewhere = true
				}
				return
			}
		}
	}
	if d.minute != 0 || d.sec != 0 || d.hour < 20 {
		return
	}
	for _, o := range all {
		if next := d.time().Add(4 * time.Hour); o.precision == news.ToDay && o.year == next.Year() && o.month == int(next.Month()) && o.day == next.Day() {
			raw := d.raw
			d.moment = o.moment
			d.raw = raw
			return
		}
	}
}

// shift writes the same instant with another offset.
func (d *dated) shift(offset int) {
	t := d.time().In(time.FixedZone("", offset))
	d.year, d.month, d.day, d.hour, d.minute, d.offset = t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), offset
}

// dated reads a candidate; what lies ahead of the fetch is no date of a page.
func (s *story) dated(text string, method news.Method, path string, confidence float64) (dated, bool) {
	text = squash(text)
	m, ok := parseDate(text, s.order)
	if !ok || s.ahead(m) {
		return dated{}, false
	}
	if runes(text) <= 60 {
		m.raw = text
	}
	return dated{candidate{m.value(), method, path, confidence}, m}, true
}

func (s *story) ahead(m moment) bool {
	if s.in.FetchedAt.IsZero() {
		return false
	}
	slack := 15 * time.Minute
	if !m.zoned || m.precision == news.ToDay {
		slack = 14 * time.Hour // the furthest zone east
	}
	return m.time().After(s.in.FetchedAt.Add(slack))
}

// datedList gathers the dates that can be read.
type datedList struct {
	s     *story
	dates []dated
}

func (l *datedList) add(text string, method news.Method, path string, confidence float64) {
	if text == "" {
		return
	}
	if d, ok := l.s.dated(text, method, path, confidence); ok {
		l.dates = append(l.dates, d)
	}
}

func (s *story) publishedDates() []dated {
	all := datedList{s: s}
	add := all.add
	if s.ld != nil {
		add(s.ld.text("datePublished"), news.FromJSONLD, "datePublished", 0.95)
	}
	add(s.prop("datePublished"), news.FromMicrodata, "datePublished", 0.9)
	for i, name := range publishedMetas {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.92-0.005*float64(i))
		}
	}
	if s.ld != nil {
		add(s.ld.text("dateCreated"), news.FromJSONLD, "dateCreated", 0.75)
		add(s.ld.text("uploadDate"), news.FromJSONLD, "uploadDate", 0.7)
	}
	if len(all.dates) == 0 {
		for _, t := range s.graph.things {
			add(t.text("datePublished"), news.FromJSONLD, "datePublished", 0.7)
		}
	}
	add(s.prop("dateCreated"), news.FromMicrodata, "dateCreated", 0.7)
	all.dates = append(all.dates, s.printedDates(false)...)
	if m, ok := dateInURL(s.base); ok && !s.ahead(m) {
		d := dated{candidate{m.value(), news.FromURL, "url", 0.75}, m}
		// What the address says is believed before what merely stands near.
		at := len(all.dates)
		for at > 0 && all.dates[at-1].confidence < 0.7 {
			at--
		}
		all.dates = slices.Insert(all.dates, at, d)
	}
	if len(all.dates) == 0 {
		for _, line := range s.farLines() {
			add(line, news.FromHeuristic, "text", 0.35)
		}
	}
	if s.in.Hints.DatePublished != "" {
		add(s.in.Hints.DatePublished, news.FromFeed, s.in.Hints.Source, 0.6)
	}
	return all.dates
}

func (s *story) changedDates() []dated {
	all := datedList{s: s}
	add := all.add
	if s.ld != nil {
		add(s.ld.text("dateModified"), news.FromJSONLD, "dateModified", 0.95)
	}
	add(s.prop("dateModified"), news.FromMicrodata, "dateModified", 0.9)
	for i, name := range changedMetas {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.9-0.01*float64(i))
		}
	}
	return append(all.dates, s.printedDates(true)...)
}
