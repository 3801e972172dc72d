package feed

import (
	"fmt"
	"strings"
	"testing"
)

// largeSitemap is a news sitemap of n addresses.
func largeSitemap(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for i := range n {
		fmt.Fprintf(&b, "<url>\n  <loc>https://harbour.example/2026/03/%02d/a-story-of-the-harbour-%d</loc>\n"+
			"  <lastmod>2026-03-04T10:%02d:00+00:00</lastmod>\n  <changefreq>daily</changefreq>\n  <priority>0.5</priority>\n</url>\n", i%28+1, i, i%60)
	}
	b.WriteString("</urlset>")
	return []byte(b.String())
}

func BenchmarkSitemap(b *testing.B) {
	body := largeSitemap(50_000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := Parse(body, "application/xml", here, Limits{})
		if err != nil || len(doc.Items) != 50_000 || len(doc.Warnings) != 0 {
			b.Fatalf("Parse = %v, %d items", err, len(doc.Items))
		}
	}
}

func BenchmarkRSS(b *testing.B) {
	var items []string
	for i := range 50 {
		items = append(items, fmt.Sprintf("<item><title>Story &amp;amp; %d</title><link>https://harbour.example/story-%d</link>"+
			"<pubDate>Wed, 04 Mar 2026 10:00:05 +0100</pubDate><description><![CDATA[%s]]></description></item>", i, i, strings.Repeat("<p>Of the harbour.</p>", 100)))
	}
	body := []byte(rssOf(items...))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := Parse(body, "application/rss+xml", here, Limits{})
		if err != nil || len(doc.Items) != 50 {
			b.Fatalf("Parse = %v", err)
		}
	}
}
