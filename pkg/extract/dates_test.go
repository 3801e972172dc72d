package extract

import (
	"strings"
	"testing"
	"time"
)

// TestDatesAgree holds which of the dates that a page states is believed.
func TestDatesAgree(t *testing.T) {
	const body = `<p>The ferry to the outer islands sails again from Monday, the harbour office said, after six weeks in dock.</p>
<p>Its new engine was tested in the bay for three days. Tickets cost as much as before, and cars pay nothing until June.</p>`
	tests := []struct {
		name, head, mast, top, foot, want string
		url                               string
	}{
		{
			name: "print settles which of two stamps is meant",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-04T07:29:00Z"}</script><meta property="article:published_time" content="2026-03-06T08:29:34Z">`,
			top:  `<div>06.03.2026</div>`, want: "2026-03-06T08:29:34Z",
		},
		{
			name: "a stamp that is the last change gives way to an older one",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-09T10:00:00Z"}</script><meta property="article:published_time" content="2026-02-01T08:00:00Z"><meta property="article:modified_time" content="2026-03-09T10:00:00Z">`,
			want: "2026-02-01T08:00:00Z",
		},
		{
			name: "a weak name gives way to print",
			head: `<meta name="date" content="2026-03-12">`,
			top:  `<div class="timedata">05.03.2026</div>`, want: "2026-03-05",
		},
		{
			name: "print that is the last change does not",
			head: `<meta property="article:published_time" content="2026-03-01T08:00:00Z"><meta property="article:modified_time" content="2026-03-09T10:00:00Z">`,
			top:  `<time datetime="2026-03-09T10:00:00Z">9 March 2026</time>`, want: "2026-03-01T08:00:00Z",
		},
		{
			name: "the day of the printed paper does not",
			head: `<meta property="article:published_time" content="2026-03-08T19:30:04+01:00">`,
			top:  `<div class="date">09.03.2026</div>`, want: "2026-03-08T19:30:04+01:00",
		},
		{
			name: "what a time element shows is believed before what it states",
			top:  `<time datetime="2026-03-13T10:18:46Z">Published 9 March 2026</time>`, want: "2026-03-09",
		},
		{
			name: "an address is older than the system that the story was moved to",
			head: `<meta property="article:published_time" content="2026-01-17T18:28:00Z">`,
			url:  "https://harbour.example/2023/7/12/ferry", want: "2023-07-12",
		},
		{
			name: "a date that a link speaks of is another's",
			top:  `<p>9 March 2026</p><ul><li><a href="/notices/34">No. 34 of 2 March 2026</a></li></ul>`, want: "2026-03-09",
		},
		{
			name: "the state of the page, where all of it is of one day",
			head: `<script>window.__STATE__ = {"a":{"publishedAt":"2026-03-09T10:00:00Z"},"b":{"publishedAt":"2026-03-09T12:00:00Z"}}</script>`,
			want: "2026-03-09T10:00:00Z",
		},
		{
			name: "not where it is of several",
			head: `<script>window.__STATE__ = {"a":{"publishedAt":"2026-03-09T10:00:00Z"},"b":{"publishedAt":"2026-02-01T12:00:00Z"}}</script>`,
		},
		{
			name: "the title",
			head: `<title>Ferry sails again | Harbour News | 09.03.2026</title>`, want: "2026-03-09",
		},
		{
			name: "ahead of the fetch",
			head: `<meta property="article:published_time" content="2027-03-01T08:00:00Z">`,
		},
		{
			name: "the day of the fetch in the masthead is no date of the story",
			mast: `<div class="masthead"><span class="date">Saturday, 14 March 2026</span></div>`,
		},
		{
			name: "since when somebody has been here",
			top:  `<dl><dd class="profile-joined">Joined: 1 February 2020</dd></dl><p class="author-date">Ada Quill » 9 March 2026, 17:05</p>`, want: "2026-03-09T17:05:00",
		},
		{
			name: "until when something holds",
			top:  `<p>Valid until: 1 March 2026</p><p>9 March 2026</p>`, want: "2026-03-09",
		},
		{
			name: "what a page shows as yesterday it states in a title",
			top:  `<a href="/12"><abbr title="Monday, 9 March 2026, 17:05" data-utime="1773075900"><span class="timestampContent">Yesterday at 17:05</span></abbr></a>`, want: "2026-03-09T17:05:00Z",
		},
		{
			name: "day, month and year in elements of their own",
			top:  `<div class="date"><span class="month">Mar</span><span class="day">9</span><span class="year">2026</span></div>`, want: "2026-03-09",
		},
		{
			name: "the time zone follows from a wall clock in the page's state",
			head: `<meta property="article:published_time" content="2026-03-10T02:18:11Z"><script>var publication_date = "2026-03-09 21:18:11";</script>`,
			url:  "https://harbour.example/2026/03/09/ferry", want: "2026-03-09T21:18:11-05:00",
		},
		{
			name: "or from the other times of the page",
			head: `<meta property="article:published_time" content="2026-03-10T02:18:11Z">`,
			foot: `<div class="related"><time datetime="2026-03-02T18:00:00-05:00">2 March</time></div>`,
			url:  "https://harbour.example/2026/03/09/ferry", want: "2026-03-09T21:18:11-05:00",
		},
		{
			name: "the line that files the story under its headline",
			mast: `<div id="sidebar"><p>You are reading: <a href="/ferry">Ferry sails again</a> was posted on <nobr>9 March 2026</nobr> and filed under <a href="/h">Harbour</a></p></div>`, want: "2026-03-09",
		},
		{
			name: "a printed change is nearer than the date of another story",
			top:  `<p>Last updated: 9 March 2026</p>`, foot: `<div class="teaser"><p class="date">12 March 2026</p><p>Harbour fees rise</p></div>`, want: "2026-03-09",
		},
		{
			name: "a line before a body far below its headline",
			top:  strings.Repeat(`<div><a href="/t">Tide tables</a></div>`, 30) + `<p class="postmetadata">9. <a href="/2026/03">March 2026</a> at 9:43 &middot; Harbour</p>`, want: "2026-03-09T09:43:00",
		},
		{
			name: "nor is the day that an element calls today",
			top:  `<div class="today">Monday, 9 March 2026</div>`,
		},
		{
			name: "a short date with a long one in its title",
			top:  `<abbr class="published" title="2026-03-09T17:05:00Z">9 Mar</abbr>`, want: "2026-03-09T17:05:00Z",
		},
		{
			name: "what a reader wrote has a day of its own",
			foot: `<div class="fooCommentsList"><p class="fooCommentTimestamp">9 March 2026</p><p>Glad to hear it.</p></div>`,
		},
		{
			name: "what a reader wrote does not hide the line below the story",
			foot: `<div class="links"><a href="#"> March 3, 2026 </a> / <span class="by-author">Sandra</span></div><ol><li class="comment"><span class="datetime">9 March 2026 4:14 PM</span></li></ol>`, want: "2026-03-03",
		},
		{
			name: "what a customer said",
			foot: `<div class="stars-details">Customer review 9 March 2026</div>`,
		},
		{
			name: "hours ago",
			top:  `<span class="date">3 hours ago</span>`, want: "2026-03-14",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			url := tt.url
			if url == "" {
				url = "https://harbour.example/ferry"
			}
			page := `<html lang="en"><head>` + tt.head + `</head><body>` + tt.mast + `<article><h1>Ferry sails again</h1>` + tt.top + body + strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad. ", 5)+"</p>", 3) + `</article>` + tt.foot + `</body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: url, ContentType: "text/html", FetchedAt: time.Date(2026, 3, 14, 16, 20, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if a.DatePublished != nil {
				got = a.DatePublished.Value
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLastChangeStandsIn holds that a page which states only when it was changed
// says so.
func TestLastChangeStandsIn(t *testing.T) {
	page := `<html lang="de"><body><article><h1>Fähre fährt wieder</h1><p class="stand">Stand: 05.03.2026 13:15 Uhr</p>` +
		strings.Repeat("<p>"+strings.Repeat("Der Kapitän sagte, die Mannschaft freue sich auf die Fahrt. ", 5)+"</p>", 3) + `</article></body></html>`
	a, err := Extract(Input{Body: []byte(page), URL: "https://hafen.example/faehre", ContentType: "text/html"})
	if err != nil {
		t.Fatal(err)
	}
	if a.DatePublished == nil || a.DatePublished.Value != "2026-03-05T13:15:00" {
		t.Fatalf("published %+v", a.DatePublished)
	}
	p := a.Provenance["datePublished"]
	if p.Confidence > 0.5 || !strings.Contains(p.Path, "last change") || len(a.Extraction.Warnings) != 1 {
		t.Errorf("not said to be the last change: %+v, warnings %q", p, a.Extraction.Warnings)
	}
}
