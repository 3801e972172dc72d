package feed_test

import (
	"fmt"

	"github.com/copydesk/copydesk/pkg/feed"
)

func ExampleParse() {
	body := []byte(`<rss version="2.0"><channel><language>en</language><item>
		<title>Ferry &amp;amp; quay</title><link>/2026/ferry-1?utm_source=rss</link><pubDate>Wed, 4 Mar 2026 10:00 GMT</pubDate>
		</item><item><title>No link</title></item></channel></rss>`)
	doc, err := feed.Parse(body, "application/rss+xml", "https://harbour.example/feed.xml", feed.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range doc.Items {
		fmt.Println(item.URL, item.Hints("https://harbour.example/feed.xml"))
	}
	fmt.Println(doc.Warnings)
	// Output:
	// https://harbour.example/2026/ferry-1 {Ferry & quay 2026-03-04T10:00:00Z en https://harbour.example/feed.xml}
	// [dropped, no web address: 1]
}
