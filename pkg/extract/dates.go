package extract

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
)

// dated is a candidate for a date.
type dated struct {
	candidate
	moment
	changed bool // it says when the story was changed
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
	if d, rest, ok := s.settle(changed); ok {
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
// readers know it, if the page says so elsewhere: the same instant with an
// offset, the same minute on a local clock, or the day that a local midnight
// begins.
func (d *dated) inLocalZone(all []dated) {
	if !d.zoned || d.offset != 0 || d.precision == news.ToDay {
		return
	}
	for _, o := range all {
		if o.precision == news.ToDay || o.changed {
			continue
		}
		ahead := int(o.time().Sub(d.time()).Seconds())
		switch {
		case o.zoned && o.offset != 0 && ahead == 0:
			d.shift(o.offset)
			return
		case !o.zoned:
			// Wall clocks differ by whole half hours, seconds apart.
			offset := (ahead + 59) / 1800 * 1800
			if ahead < 0 {
				offset = (ahead - 59) / 1800 * 1800
			}
			if off := ahead - offset; offset != 0 && offset <= 14*3600 && offset >= -12*3600 && off > -60 && off < 60 {
				d.shift(offset)
				d.elsewhere = true
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
	return dated{candidate{m.value(), method, path, confidence}, m, false}, true
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

func (s *story) publishedDates() []dated {
	var all []dated
	add := func(text string, method news.Method, path string, confidence float64) {
		if text == "" {
			return
		}
		if d, ok := s.dated(text, method, path, confidence); ok {
			all = append(all, d)
		}
	}
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
	if len(all) == 0 {
		for _, t := range s.graph.things {
			add(t.text("datePublished"), news.FromJSONLD, "datePublished", 0.7)
		}
	}
	add(s.prop("dateCreated"), news.FromMicrodata, "dateCreated", 0.7)
	all = append(all, s.printedDates(false)...)
	if m, ok := dateInURL(s.in.URL); ok && !s.ahead(m) {
		d := dated{candidate{m.value(), news.FromURL, "url", 0.75}, m, false}
		// What the address says is believed before what merely stands near.
		at := len(all)
		for at > 0 && all[at-1].confidence < 0.7 {
			at--
		}
		all = append(all[:at:at], append([]dated{d}, all[at:]...)...)
	}
	if len(all) == 0 {
		for _, line := range s.farLines() {
			add(line, news.FromHeuristic, "text", 0.35)
		}
	}
	if s.in.Hints.DatePublished != "" {
		add(s.in.Hints.DatePublished, news.FromFeed, s.in.Hints.Source, 0.6)
	}
	return all
}

func (s *story) changedDates() []dated {
	var all []dated
	add := func(text string, method news.Method, path string, confidence float64) {
		if text == "" {
			return
		}
		if d, ok := s.dated(text, method, path, confidence); ok {
			all = append(all, d)
		}
	}
	if s.ld != nil {
		add(s.ld.text("dateModified"), news.FromJSONLD, "dateModified", 0.95)
	}
	add(s.prop("dateModified"), news.FromMicrodata, "dateModified", 0.9)
	for i, name := range changedMetas {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.9-0.01*float64(i))
		}
	}
	return append(all, s.printedDates(true)...)
}

// changeWords stand before the date of a change. Folded.
var changeWords = foldAll("updated", "last updated", "modified", "last modified", "update", "aktualisiert", "zuletzt aktualisiert", "geändert", "stand", "letzte änderung", "bearbeitet", "mis à jour", "mise à jour", "modifié", "actualizado", "actualización",
	"última actualización", "modificado", "atualizado", "atualizada", "aggiornato", "ultimo aggiornamento", "bijgewerkt", "laatste update", "gewijzigd", "uppdaterad", "oppdatert", "opdateret", "sist endret", "päivitetty", "aktualizacja", "aktualizováno", "upraveno", "обновлено", "оновлено", "güncelleme", "son güncelleme", "diperbarui", "更新", "最終更新", "수정", "frissítve", "ultima modifica")

// pubWords stand before the date of publication. Folded.
var pubWords = foldAll("published", "publishedon", "posted", "posted on", "first published", "veröffentlicht", "erstellt", "publié", "publié le", "publicado", "pubblicato", "gepubliceerd", "geplaatst", "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "data publikacji", "dodano", "publikováno", "vydáno", "опубликовано", "опубліковано", "yayınlanma", "giriş", "dipublikasikan", "发布", "公開", "掲載", "입력", "issued", "created", "date", "datum", "vom", "artikel vom", "megjelent", "am")

// saysChanged says whether the words just before a date call it a change.
func saysChanged(before string) bool {
	f := fold(tail(before, 40))
	change, pub := lastOf(f, changeWords), lastOf(f, pubWords)
	return change >= 0 && change >= pub
}

func saysPublished(before string) bool {
	f := fold(tail(before, 40))
	return lastOf(f, pubWords) >= 0 && !saysChanged(before)
}

func tail(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[len(s)-n:], "")
	}
	return s
}

// lastOf is the furthest end at which one of the words stands in f, -1 if none.
func lastOf(f string, list []string) int {
	best := -1
	for _, w := range list {
		if i := strings.LastIndex(f, w); i >= 0 {
			best = max(best, i+len(w))
		}
	}
	return best
}

// printedDates finds the dates that the page shows its readers near the
// headline and the body: in time elements, in elements that are named after
// dates, in short lines of text.
func (s *story) printedDates(changed bool) []dated {
	type found struct {
		dated
		rank float64
	}
	var all []found
	put := func(el int32, text, before string, base float64) {
		d, ok := s.dated(text, news.FromSelector, s.path(el), base)
		if !ok {
			return
		}
		isChange := s.els[el].own&hintChanged != 0 || s.els[el].around&hintChanged != 0 && s.parentOwn(el)&hintChanged != 0 || saysChanged(before)
		if s.els[el].own&hintDate != 0 && strings.Contains(strings.ToLower(attr(s.els[el].node, "class")+attr(s.els[el].node, "itemprop")), "publish") || saysPublished(before) {
			isChange = false
			d.confidence += 0.05
		}
		if isChange != changed {
			return
		}
		d.confidence += s.nearness(el)
		d.confidence = max(0.1, min(0.9, d.confidence))
		all = append(all, found{d, d.confidence})
	}
	for _, at := range s.times {
		n := s.els[at].node
		before := s.textBefore(at)
		shown := inlineText(n)
		if v := attr(n, "datetime"); v != "" {
			put(at, v, before, 0.62)
		} else if v := attr(n, "content"); v != "" {
			put(at, v, before, 0.62)
		}
		put(at, shown, before, 0.58)
	}
	for i := range s.els {
		e := &s.els[i]
		if e.own&(hintDate|hintChanged) == 0 || e.tag == atom.Time || e.text > 300 {
			continue
		}
		text := attr(e.node, "datetime")
		if text == "" {
			text = attr(e.node, "data-datetime")
		}
		if text == "" {
			if isBlock(e.node) && e.text == 0 {
				continue
			}
			text = s.textOf(int32(i))
		}
		s.eachDate(int32(i), text, 0.55, put)
	}
	// Lines near the headline.
	lo, hi := s.topBlocks()
	for i := lo; i < hi; i++ {
		b := &s.blocks[i]
		if len(b.text) > 250 || s.els[b.el].own&(hintDate|hintChanged) != 0 {
			continue
		}
		s.eachDate(b.el, b.text, 0.5, put)
	}
	// Best first; of equals the earlier on the page.
	out := make([]dated, 0, len(all))
	for len(all) > 0 {
		k := 0
		for i := range all {
			if all[i].rank > all[k].rank {
				k = i
			}
		}
		out = append(out, all[k].dated)
		all = append(all[:k], all[k+1:]...)
	}
	return out
}

// eachDate hands on the dates of a line with the words before each.
func (s *story) eachDate(el int32, text string, base float64, put func(el int32, text, before string, base float64)) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	before := s.textBefore(el)
	for at, n := 0, 0; at < len(text) && n < 3; n++ {
		m, start, ok := findDate(text[at:], s.order)
		if !ok {
			return
		}
		end := at + start + len(m.raw)
		put(el, text[at:min(len(text), end+1)], before+" "+text[:at+start], base)
		before, at = "", end
	}
}

func (s *story) parentOwn(at int32) hint {
	if p := s.els[at].parent; p >= 0 {
		return s.els[p].own
	}
	return 0
}

// textBefore is what stands just before an element in its block, or the whole
// of a short block before it.
func (s *story) textBefore(at int32) string {
	e := &s.els[at]
	if e.first > 0 && int(e.first) <= len(s.blocks) {
		var b string
		if int(e.first) < len(s.blocks) && !isBlock(e.node) {
			// Inline: the block that is being written holds it.
			text := s.blocks[e.first].text
			if own := inlineText(e.node); own != "" {
				if i := strings.Index(text, own); i > 0 {
					return text[:i]
				}
			}
		}
		b = s.blocks[e.first-1].text
		if len(b) < 30 && !strings.ContainsAny(b, "0123456789") {
			return b
		}
	}
	return ""
}

// nearness raises what stands by the headline and in the story, and lowers
// what stands with other stories.
func (s *story) nearness(at int32) float64 {
	n := 0.0
	e := &s.els[at]
	if s.out[at] || e.around&(hintRelated|hintComments) != 0 {
		n -= 0.25
	}
	if e.around&hintTeaser != 0 {
		n -= 0.15
	}
	lo, hi := s.topBlocks()
	if e.first >= lo && e.first <= hi {
		n += 0.15
		if s.head >= 0 {
			away := e.first - s.els[s.head].first
			if away < 0 {
				away = -away
			}
			n += 0.1 / float64(1+away)
		}
	} else if s.root >= 0 && s.within(at, s.root) {
		n -= 0.05
	} else {
		n -= 0.15
	}
	return n
}

// farLines holds the lines that may date a page that says its date nowhere
// else: the head of the first paragraph, then the lines behind the body.
func (s *story) farLines() []string {
	var lines []string
	if len(s.picked) == 0 {
		return nil
	}
	take := func(text string) {
		if m, at, ok := findDate(text, s.order); ok && !saysChanged(text[:at]) && (m.precision != news.ToDay || at < 40) {
			lines = append(lines, text[at:])
		}
	}
	first, last := s.picked[0], s.picked[len(s.picked)-1]
	if text := s.blocks[first].text; len(text) > 12 {
		if _, at, ok := findDate(text[:min(len(text), 60)], s.order); ok && at < 4 {
			lines = append(lines, text[:min(len(text), 60)])
		}
	}
	for i := last; i < min(last+8, int32(len(s.blocks))); i++ {
		if b := &s.blocks[i]; len(b.text) < 300 && s.els[b.el].around&hintComments == 0 {
			take(b.text)
		}
	}
	return lines
}

// topBlocks bounds the blocks around the headline: from a little above it to
// the first paragraphs of the body.
func (s *story) topBlocks() (lo, hi int32) {
	total := int32(len(s.blocks))
	at := int32(0)
	switch {
	case s.head >= 0:
		at = s.els[s.head].first
	case len(s.picked) > 0:
		at = s.picked[0]
	}
	lo, hi = max(0, at-6), min(total, at+12)
	if len(s.picked) > 0 && s.picked[0] >= at {
		hi = min(total, max(hi, min(s.picked[0]+2, at+40)))
	}
	return lo, hi
}

// dateInURL reads a date from an address: /2022/05/03/, /2022-05-03, 20220503.
func dateInURL(address string) (moment, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return moment{}, false
	}
	p := u.Path
	for i := 0; i+8 <= len(p); i++ {
		if p[i] < '1' || p[i] > '2' || i > 0 && isDigit(p[i-1]) {
			continue
		}
		if m, ok := urlDateAt(p[i:]); ok {
			m.precision = news.ToDay
			return m, m.real()
		}
	}
	return moment{}, false
}

func urlDateAt(p string) (moment, bool) {
	year, ok := digits(p, 4)
	if !ok || year < 1995 || year > 2100 {
		return moment{}, false
	}
	p = p[4:]
	if month, ok := digits(p, 2); ok {
		day, ok := digits(p[2:], 2)
		m := moment{year: year, month: month, day: day}
		return m, ok && (len(p) == 4 || !isDigit(p[4])) && m.real()
	}
	if len(p) < 4 {
		return moment{}, false
	}
	sep := p[0]
	if sep != '/' && sep != '-' && sep != '_' && sep != '.' {
		return moment{}, false
	}
	month, rest := number(p[1:])
	if month == 0 {
		for name, n := range shortMonths {
			if strings.HasPrefix(strings.ToLower(p[1:]), name) {
				month, rest = n, p[1+3:]
			}
		}
	}
	if month == 0 || len(rest) < 2 || rest[0] != sep {
		return moment{}, false
	}
	day, rest := number(rest[1:])
	m := moment{year: year, month: month, day: day}
	return m, m.real() && (rest == "" || !isDigit(rest[0]))
}

var shortMonths = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// digits reads exactly n digits.
func digits(s string, n int) (int, bool) {
	if len(s) < n {
		return 0, false
	}
	v := 0
	for i := range n {
		if !isDigit(s[i]) {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, true
}

// number reads one or two digits.
func number(s string) (n int, rest string) {
	i := 0
	for i < len(s) && i < 2 && isDigit(s[i]) {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
