package extract

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// dated is a candidate for a date.
type dated struct {
	candidate
	when.Moment
	// shown says that the page prints it by the headline, in an element that is
	// for dates.
	shown bool
	// elsewhere says that the offset follows from another date of the page.
	elsewhere bool
	// beside says that it stands by the headline.
	beside bool
	// apart says that it stands with other stories or with comments.
	apart bool
	// relative says that it was told from the time of the fetch.
	relative bool
	// written is the date alone, as the text that it was read in writes it.
	written string
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
	shown, shownChanges := s.printedDates()
	changed := s.changedDates(shownChanges)
	published := s.agreed(s.publishedDates(shown, changed), changed)
	if len(changed) > 0 && (len(published) == 0 || published[0].apart && slices.ContainsFunc(changed, func(d dated) bool { return d.beside })) {
		// Some outlets state the last change only. It stands in, and says so.
		d := changed[0]
		d.path, d.confidence = d.path+" (last change)", 0.4
		published = []dated{d}
		s.warn("no date of publication: that of the last change stands in")
	}
	if d, rest, ok := s.settle(published); ok {
		s.rec.DatePublished = d.date()
		s.credit("datePublished", d.candidate, rest...)
	}
	if d, rest, ok := s.settle(changed); ok && !(s.rec.DatePublished != nil && s.rec.DatePublished.Value == d.Moment.Value()) {
		s.rec.DateModified = d.date()
		s.credit("dateModified", d.candidate, rest...)
	}
}

const (
	// stated is the confidence from which on a date was stated as that of
	// publication; below, systems write what they like.
	stated = 0.8
	// doubted is the confidence in a date that the page's print contradicts.
	doubted = 0.75
	// moved is how many days the date in an address is older than all others if
	// the story was moved here from another system, which dated it anew.
	moved = 60
)

// agreed puts the date first that the rest of the page bears out, where the best
// of the candidates stands against it.
func (s *story) agreed(all, changed []dated) []dated {
	if len(all) < 2 {
		return all
	}
	lead, at := all[0], 0
	printed := -1
	for i, d := range all {
		if d.shown && printed < 0 {
			printed = i
		}
	}
	if printed >= 0 && !all[printed].Near(lead.Moment) {
		for i, d := range all {
			if d.method != news.FromSelector && i > 0 && d.confidence >= stated && d.SameDay(all[printed].Moment) {
				at = i
				break
			}
		}
	}
	if at == 0 && printed > 0 && lead.method != news.FromSelector && lead.confidence < stated && !all[printed].SameDay(lead.Moment) && !isOf(all[printed], changed) {
		at = printed
	}
	if at == 0 && isAt(lead, changed) {
		for i, d := range all {
			if d.method != news.FromSelector && d.confidence >= stated && d.Time().Before(lead.Time()) && !d.Near(lead.Moment) {
				at = i
				break
			}
		}
	}
	if at == 0 && printed > 0 && all[printed].confidence >= 0.75 && !all[printed].Near(lead.Moment) && !isOf(all[printed], changed) && s.isAlone(all, lead) {
		at = printed
	}
	for i, d := range all {
		if d.method == news.FromURL && at == 0 && lead.Time().Sub(d.Time()) > moved*24*time.Hour {
			at = i
		}
	}
	if at > 0 {
		best := all[at]
		all = slices.Insert(slices.Delete(slices.Clone(all), at, at+1), 0, best)
	}
	return all
}

// isAlone says whether nothing of the page's data states another date, or this
// one again.
func (s *story) isAlone(all []dated, lead dated) bool {
	for _, d := range all[1:] {
		if d.confidence >= stated && d.method != news.FromSelector || d.SameDay(lead.Moment) {
			return false
		}
	}
	return lead.method != news.FromSelector
}

// isOf says whether a date is of the day of one of the changes, isAt whether it
// is of its minute.
func isOf(d dated, changed []dated) bool {
	return slices.ContainsFunc(changed, func(c dated) bool { return c.SameDay(d.Moment) })
}

func isAt(d dated, changed []dated) bool {
	return d.Precision != news.ToDay && slices.ContainsFunc(changed, func(c dated) bool {
		return c.method != news.FromSelector && c.Precision != news.ToDay && c.Time().Sub(d.Time()).Abs() < time.Minute
	})
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
		if !d.SameDay(best.Moment) {
			continue
		}
		agree++
		if best.Precision == news.ToDay && d.Precision != news.ToDay && d.confidence >= 0.5 {
			best = d
		}
	}
	best.confidence = min(0.99, best.confidence+float64(0.03*float64(agree)))
	if i := slices.IndexFunc(all, func(d dated) bool { return d.shown }); i >= 0 && !all[i].Near(best.Moment) {
		best.confidence = min(best.confidence, doubted) // readers see another day
	}
	best.inLocalZone(all[1:])
	s.inPageZone(&best, all)
	return best, rest, true
}

// date is the date as the record holds it.
func (d dated) date() *news.Date {
	date := d.Moment.Date()
	if d.elsewhere && date.Timezone == news.ZoneExplicit {
		date.Timezone = news.ZonePage
	}
	return date
}

// dated reads a candidate; what lies ahead of the fetch is no date of a page.
func (s *story) dated(text string, method news.Method, path string, confidence float64) (dated, bool) {
	text = prose.Squash(text)
	m, ok := when.Parse(text, s.order)
	relative := !ok
	if relative {
		m, ok = when.Ago(text, s.in.FetchedAt)
		confidence = min(confidence, 0.5)
	}
	if !ok || s.ahead(m) {
		return dated{}, false
	}
	written := m.Raw
	if utf8.RuneCountInString(text) <= 60 {
		m.Raw = text
	}
	return dated{candidate: candidate{m.Value(), method, path, confidence}, Moment: m, relative: relative, written: written}, true
}

func (s *story) ahead(m when.Moment) bool {
	if s.in.FetchedAt.IsZero() {
		return false
	}
	slack := 15 * time.Minute
	if !m.Zoned || m.Precision == news.ToDay {
		slack = 14 * time.Hour // the furthest zone east
	}
	return m.Time().After(s.in.FetchedAt.Add(slack))
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

// insert puts a date before the weakest at the end of the list.
func (l *datedList) insert(d dated) {
	at := len(l.dates)
	for at > 0 && l.dates[at-1].confidence < 0.72 {
		at--
	}
	l.dates = slices.Insert(l.dates, at, d)
}

// publishedDates gathers the dates of publication, the most believable first. What
// a weak name states is dropped if the page was changed before.
func (s *story) publishedDates(shown, changed []dated) []dated {
	all := datedList{s: s}
	add := all.add
	if s.ld != nil {
		add(s.ld.Text("datePublished"), news.FromJSONLD, "datePublished", 0.95)
	}
	add(s.prop("datePublished"), news.FromMicrodata, "datePublished", 0.9)
	for i, name := range publishedMetas {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.92-float64(0.005*float64(i)))
		}
	}
	if s.ld != nil {
		add(s.ld.Text("dateCreated"), news.FromJSONLD, "dateCreated", 0.75)
		add(s.ld.Text("uploadDate"), news.FromJSONLD, "uploadDate", 0.7)
	}
	if len(all.dates) == 0 {
		for _, t := range s.graph.Things {
			add(t.Text("datePublished"), news.FromJSONLD, "datePublished", 0.7)
		}
	}
	add(s.prop("dateCreated"), news.FromMicrodata, "dateCreated", 0.7)
	if !slices.ContainsFunc(all.dates, func(d dated) bool { return d.confidence >= stated }) {
		a := s.state()
		add(a.Published, a.from.method, a.from.path+"."+a.PublishedKey, a.from.confidence)
	}
	all.dates = slices.DeleteFunc(all.dates, func(d dated) bool {
		return d.confidence < stated && slices.ContainsFunc(changed, func(c dated) bool {
			return c.method == news.FromSelector && c.shown && d.Time().Sub(c.Time()) > 12*time.Hour
		})
	})
	all.dates = append(all.dates, shown...)
	// What the title or the address say is believed before what merely stands near.
	if i := strings.LastIndex(s.title, " | "); i >= 0 && utf8.RuneCountInString(s.title[i:]) < 30 {
		if d, ok := s.dated(s.title[i+3:], news.FromSelector, "title", 0.76); ok {
			all.insert(d)
		}
	}
	if m, ok := when.InURL(s.base); ok && !s.ahead(m) {
		all.insert(dated{candidate: candidate{m.Value(), news.FromURL, "url", 0.75}, Moment: m})
	}
	if len(all.dates) == 0 && len(changed) == 0 {
		for _, line := range s.farLines() {
			add(line, news.FromHeuristic, "text", 0.35)
		}
	}
	if len(all.dates) == 0 && len(changed) == 0 {
		if v, key := s.scriptState().Date(s.rec.Headline, s.graph.Broken, s.order); v != "" {
			add(v, news.FromState, key, 0.5)
		}
	}
	if s.in.Hints.DatePublished != "" {
		add(s.in.Hints.DatePublished, news.FromFeed, s.in.Hints.Source, 0.6)
	}
	return all.dates
}

func (s *story) changedDates(shown []dated) []dated {
	all := datedList{s: s}
	add := all.add
	if s.ld != nil {
		add(s.ld.Text("dateModified"), news.FromJSONLD, "dateModified", 0.95)
	}
	add(s.prop("dateModified"), news.FromMicrodata, "dateModified", 0.9)
	for i, name := range changedMetas {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.9-float64(0.01*float64(i)))
		}
	}
	if len(all.dates) == 0 {
		a := s.state()
		add(a.Modified, a.from.method, a.from.path+".modified", 0.7)
	}
	return append(all.dates, shown...)
}
