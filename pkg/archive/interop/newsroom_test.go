//go:build interop

package interop_test

import (
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
	"github.com/copydesk/copydesk/pkg/warc"
)

// fetchNewsroom fetches the pages of the newsroom as the fetcher does.
func fetchNewsroom(t *testing.T) []*news.Page {
	t.Helper()
	room, err := newsroom.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	options := fetch.DefaultOptions()
	options.Hosts, options.HostDelay = room.Hosts(), 0
	client := fetch.New(options, zerolog.Nop())
	var all []*news.Page
	for _, url := range room.URLs() {
		now := time.Now().UTC()
		page, err := client.Fetch(t.Context(), &news.FetchJob{Schema: news.FetchSchema, VisitID: news.VisitID(url, now), URL: url, Site: "_", AddedAt: now})
		if err != nil {
			continue // some fail as the web does
		}
		all = append(all, page)
	}
	if len(all) < 10 {
		t.Fatalf("%d pages of the newsroom were fetched", len(all))
	}
	return all
}

// archiveNewsroom archives the pages of the newsroom, with a page over HTTP/2, one
// that was cut, one seen again with the same body and one unchanged.
func archiveNewsroom(t *testing.T, folder string, c warc.Compression) []news.Capture {
	t.Helper()
	a, err := archive.Open(folder, archive.Options{Compression: c})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	pages := fetchNewsroom(t)
	var entries []archive.Entry
	for _, page := range pages {
		entries = append(entries, archive.Entry{Page: page})
	}
	captures, err := a.Append(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	later := func(page *news.Page, seconds int, change func(*news.Page)) *news.Page {
		again := *page
		again.FetchedAt = page.FetchedAt.Add(time.Duration(seconds) * time.Second)
		change(&again)
		again.VisitID = news.VisitID(again.URL, again.FetchedAt)
		again.Digest, again.Length = news.Digest(again.Body), len(again.Body)
		again.CaptureID = news.CaptureID(again.VisitID, again.Digest)
		return &again
	}
	more, err := a.Append(t.Context(), []archive.Entry{
		{Page: later(pages[0], 60, func(*news.Page) {}), Same: &captures[0]},
		{Page: later(pages[0], 120, func(p *news.Page) { p.Status, p.Body = 304, nil }), Same: &captures[0]},
		{Page: later(pages[1], 60, func(p *news.Page) { p.Protocol, p.HeadersRebuilt, p.Body = "HTTP/2.0", true, append(p.Body, '\n') })},
		{Page: later(pages[2], 60, func(p *news.Page) { p.Truncated, p.Body = true, p.Body[:len(p.Body)/2] })},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	return append(captures, more...)
}
