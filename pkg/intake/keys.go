package intake

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// What the keys of a line mean, the best first; a dot leads into an object. They
// are those of our own manifests, news-please, Media Cloud's story-indexer and
// common exports of crawlers.
var (
	keysURL       = []string{"url", "original_url", "originalUrl", "link", "http_metadata.final_url", "rss_entry.link"}
	keysFinalURL  = []string{"final_url", "finalUrl", "http_metadata.final_url"}
	keysHTML      = []string{"html", "raw_html", "rawHtml", "raw_html.html", "page_html", "html_content"}
	keysFile      = []string{"file", "localpath", "path"}
	keysStatus    = []string{"status", "status_code", "response_code", "http_metadata.response_code"}
	keysTitle     = []string{"title_rss", "rss_entry.title", "title"}
	keysPublished = []string{"date_publish", "datePublished", "date_published", "publish_date", "publication_date", "published_at", "pub_date", "rss_entry.pub_date"}
	keysLanguage  = []string{"language", "lang"}
	// A bare date comes last: it may be that of publication, and a page was there
	// to be fetched by then.
	keysFetched = []string{"fetchedAt", "fetched_at", "fetch_date", "date_download", "download_date", "crawled_at", "crawl_date", "http_metadata.fetch_timestamp", "timestamp", "date"}
)

// value is that of a key, nil where there is none.
func (o object) value(key string) json.RawMessage {
	outer, inner, nested := strings.Cut(key, ".")
	if !nested {
		return o[key]
	}
	within, err := readObject(o[outer])
	if err != nil {
		return nil
	}
	return within[inner]
}

// text is the first text of those keys, empty where there is none.
func (o object) text(keys []string) string {
	for _, key := range keys {
		var s string
		if value := o.value(key); len(value) > 0 && value[0] == '"' && json.Unmarshal(value, &s) == nil {
			if strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	return ""
}

// mostShort is the longest number or time that is read, in bytes.
const mostShort = 64

// short is a number or a text without its quotes, empty where it is long.
func (o object) short(key string) string {
	value := o.value(key)
	if len(value) > mostShort {
		return ""
	}
	return strings.Trim(string(value), `"`)
}

// status is the first HTTP status of those keys, 0 where there is none.
func (o object) status(keys []string) int {
	for _, key := range keys {
		if n, err := strconv.Atoi(o.short(key)); err == nil && n >= 100 && n <= 999 {
			return n
		}
	}
	return 0
}

// time is the first time of those keys, zero where there is none.
func (o object) time(keys []string) time.Time {
	for _, key := range keys {
		if t := timeOf(o.short(key)); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// timeForms are those in which programs write times, UTC where they name no
// zone. Fractions of a second are read with each.
var timeForms = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z0700",
	"20060102150405", time.RFC1123Z, time.RFC1123,
}

// Counts of seconds since 1970 lie between these, from 1990 to 2100; of
// milliseconds, between a thousand times as much.
const (
	earliest = 631152000
	latest   = 4102444800
)

func timeOf(s string) time.Time {
	for _, form := range timeForms {
		t, err := time.Parse(form, s)
		if t = t.UTC(); err == nil && t.Year() >= 1 && t.Year() <= 9999 { // what can be written again
			return t
		}
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil && day.Year() >= 1 {
		return day.Add(24*time.Hour - time.Second) // by its end the page was there
	}
	seconds, err := strconv.ParseFloat(s, 64)
	if err == nil && seconds >= earliest*1000 && seconds < latest*1000 {
		seconds /= 1000
	}
	if err != nil || !(seconds >= earliest && seconds < latest) {
		return time.Time{}
	}
	return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC()
}
