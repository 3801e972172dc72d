package feed

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const discoverPage = `<!DOCTYPE html><html><head><base href="/root/">
<link rel="alternate" type="application/rss+xml" title="All &amp; everything" href="feed.xml">
<LINK REL="alternate home" TYPE="application/atom+xml; charset=utf-8" HREF="https://lindow.example/atom"/>
<link rel=feed href=/any>
<link rel="alternate" type="application/feed+json" href="//harbour.example/feed.json">
<link rel="sitemap" type="application/xml" href="/sitemap.xml">
<link rel="alternate" type="application/rss+xml" href="/root/feed.xml">
<link rel="alternate" hreflang="de" href="/de">
<link rel="stylesheet" type="application/rss+xml" href="/x.css">
<link rel="alternate" type="application/rss+xml" href="feed:harbour">
<script>"<link rel=feed href=/scripted>"</script>
</head><body><a rel="alternate" type="application/rss+xml" href="/anchor">RSS</a>`

func TestDiscover(t *testing.T) {
	want := []Source{
		{URL: "https://harbour.example/root/feed.xml", Kind: RSS, Title: "All & everything"},
		{URL: "https://lindow.example/atom", Kind: Atom},
		{URL: "https://harbour.example/any", Kind: Unknown},
		{URL: "https://harbour.example/feed.json", Kind: JSONFeed},
		{URL: "https://harbour.example/sitemap.xml", Kind: Sitemap},
	}
	if diff := cmp.Diff(want, Discover([]byte(discoverPage), "https://harbour.example/a/page")); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}
