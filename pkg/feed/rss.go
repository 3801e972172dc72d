package feed

import (
	"strconv"
	"strings"
	"time"
)

// rss reads RSS 0.91 to 2.0 (https://www.rssboard.org/rss-specification) and
// RSS 0.9 and 1.0, whose items stand beside the channel.
func (c *collector) rss(r *reader, root element) {
	if c.doc.Language == "" {
		c.doc.Language = root.lang
	}
	r.children(func(e element) {
		switch term(root, e) {
		case "channel":
			c.rssChannel(r, root, e)
		case "item":
			c.rssItem(r, root, e)
		}
	})
}

func (c *collector) rssChannel(r *reader, root, channel element) {
	d := &c.doc
	var period, frequency string
	if d.Language == "" {
		d.Language = channel.lang
	}
	r.children(func(e element) {
		switch term(root, e) {
		case "title":
			d.Title = c.text(plainText(r.text()))
		case "link":
			if u := address(e.base, r.text(), e.attr("href")); u != "" {
				d.URL = u
			}
		case "language", "dc:language":
			if tag := languageTag(r.text()); tag != "" {
				d.Language = tag
			}
		case "ttl":
			if minutes, err := strconv.Atoi(strings.TrimSpace(r.text())); err == nil {
				d.Interval = interval(time.Minute, minutes)
			}
		case "sy:updateperiod":
			period = r.text()
		case "sy:updatefrequency":
			frequency = r.text()
		case "skiphours":
			c.skipHours(r)
		case "skipdays":
			c.skipDays(r)
		case "atom:link":
			c.feedLink(e)
		case "item":
			c.rssItem(r, root, e)
		}
	})
	if d.Interval == 0 {
		d.Interval = syndicated(period, frequency)
	}
}

func (c *collector) rssItem(r *reader, root, item element) {
	var (
		it                                Item
		orig, link, href, guid, permanent string
		title, dcTitle, mediaTitle        string
		created                           string
	)
	permalink := true
	it.Language = item.lang
	it.ID = c.text(item.attr("about")) // RSS 1.0, section 5.5
	r.children(func(e element) {
		switch term(root, e) {
		case "title":
			title = r.text()
		case "dc:title":
			dcTitle = r.text()
		case "media:title":
			mediaTitle = r.text()
		case "link":
			if u := address(e.base, r.text(), e.attr("href")); link == "" {
				link = u
			}
		case "atom:link":
			if relation(e) == "alternate" && href == "" {
				href = address(e.base, e.attr("href"))
			}
		case "feedburner:origlink":
			orig = address(e.base, r.text())
		case "guid":
			permalink = !strings.EqualFold(strings.TrimSpace(e.attr("isPermaLink")), "false")
			guid = strings.TrimSpace(r.text())
		case "pubdate":
			it.Published = c.date(r.text())
		case "dc:date", "dcterms:issued", "dcterms:created", "atom:published":
			created = r.text()
		case "dcterms:modified", "atom:updated":
			it.Updated = c.date(r.text())
		case "dc:language":
			if tag := languageTag(r.text()); tag != "" {
				it.Language = tag
			}
		case "category", "dc:subject":
			c.keywords(&it, plainText(r.text()))
		case "media:keywords":
			c.keywords(&it, strings.Split(plainText(r.text()), ",")...)
		case "media:group", "media:content":
			r.children(func(e element) {
				if term(root, e) == "media:title" && mediaTitle == "" {
					mediaTitle = r.text()
				}
			})
		}
	})
	if c.ended(r) {
		return
	}
	if guid != "" {
		it.ID = c.text(guid)
	}
	if permalink && isAddress(guid) {
		permanent = guid
	}
	it.URL = address(item.base, orig, link, href, permanent)
	if about := item.attr("about"); it.URL == "" && isAddress(about) {
		it.URL = address(nil, about)
	}
	for _, t := range [...]string{title, dcTitle, mediaTitle} {
		if it.Title = c.text(plainText(t)); it.Title != "" {
			break
		}
	}
	if it.Published.Value == "" {
		it.Published = c.date(created)
	}
	c.item(it)
	c.enough(r)
}

// ended says that an entry breaks off: half an address is worse than none.
func (c *collector) ended(r *reader) bool {
	if r.err != nil {
		c.unfinished++
	}
	return r.err != nil
}

// enough ends the reading when the limit of items is reached.
func (c *collector) enough(r *reader) {
	if c.full && r.err == nil {
		r.err = errEnough
	}
}

// syndicated is the interval of the RSS 1.0 syndication module: frequency
// times a period, once if it does not say.
func syndicated(period, frequency string) time.Duration {
	const day = 24 * time.Hour
	length := map[string]time.Duration{
		"hourly": time.Hour, "daily": day, "weekly": 7 * day, "monthly": 30 * day, "yearly": 365 * day,
	}[strings.ToLower(strings.TrimSpace(period))]
	times, err := strconv.Atoi(strings.TrimSpace(frequency))
	if err != nil || times < 1 {
		times = 1
	}
	return min(length/time.Duration(times), MaxInterval)
}

// interval is n units, between 0 and the longest that is believed.
func interval(unit time.Duration, n int) time.Duration {
	return unit * time.Duration(min(max(n, 0), int(MaxInterval/unit)))
}

// skipHours reads hours from 0 to 23; 24 is an old way to write 0.
func (c *collector) skipHours(r *reader) {
	var hours [24]bool
	r.children(func(e element) {
		if n, err := strconv.Atoi(strings.TrimSpace(r.text())); err == nil && e.name == "hour" && 0 <= n && n <= 24 {
			hours[n%24] = true
		}
	})
	c.doc.SkipHours = nil
	for n, skip := range hours {
		if skip {
			c.doc.SkipHours = append(c.doc.SkipHours, n)
		}
	}
}

func (c *collector) skipDays(r *reader) {
	var days [7]bool
	r.children(func(element) {
		name := strings.TrimSpace(r.text())
		for d := range days {
			days[d] = days[d] || strings.EqualFold(time.Weekday(d).String(), name)
		}
	})
	c.doc.SkipDays = nil
	for d, skip := range days {
		if skip {
			c.doc.SkipDays = append(c.doc.SkipDays, time.Weekday(d))
		}
	}
}
