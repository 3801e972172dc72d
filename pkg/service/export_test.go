package service

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

var exportMorning = time.Date(2026, 3, 14, 6, 0, 0, 0, time.UTC)

func exportable(t *testing.T, n int, body string) store.Arrival {
	t.Helper()
	url := fmt.Sprintf("https://news.example/2026/story-%d", n)
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(url), URL: url, RequestedURL: url, Headline: fmt.Sprint("Story ", n), ArticleBody: body,
		Publisher:  &news.Publisher{Domain: "news.example"},
		InLanguage: news.Language{Declared: []string{"en", "de"}[n%2]},
		Raw:        news.Raw{CaptureID: news.CaptureID(news.VisitID(url, exportMorning), news.Digest([]byte(url))), FetchedAt: exportMorning.Add(time.Duration(n) * time.Minute)},
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return store.Arrival{Article: a, Sequence: uint64(n)}
}

// Every record that is wanted is exported once, in order, over as many answers
// as it takes, each of which fits into messages.
func TestExport(t *testing.T) {
	rows, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	const stories = 1200
	var arrivals []store.Arrival
	for n := 1; n <= stories; n++ {
		body := "The ferry is late."
		if n%400 == 0 {
			body += strings.Repeat(" It waits.", 220_000) // longer than one answer should be
		}
		arrivals = append(arrivals, exportable(t, n, body))
	}
	if _, err := rows.PutArticles(t.Context(), arrivals); err != nil {
		t.Fatal(err)
	}
	d := &indexDesk{rows: rows}
	for _, tt := range []struct {
		name    string
		q       api.ExportRequest
		want    int
		answers int // at least
	}{
		{"everything", api.ExportRequest{}, stories, 3},
		{"what a query finds", api.ExportRequest{Query: "lang:de ferry"}, stories / 2, 2},
		{"nothing that a query finds", api.ExportRequest{Query: "tram"}, 0, 2},
		{"what was fetched since", api.ExportRequest{Since: exportMorning.Add(1100 * time.Minute)}, 101, 2},
		{"what was fetched between", api.ExportRequest{Since: exportMorning.Add(time.Minute), Until: exportMorning.Add(11 * time.Minute)}, 10, 2},
		{"a site", api.ExportRequest{Site: "www.News.example", Query: "lang:de"}, stories / 2, 2},
		{"another site", api.ExportRequest{Site: "other.example"}, 0, 2},
		{"after a row", api.ExportRequest{After: 1190}, 10, 1},
		{"after the last", api.ExportRequest{After: stories}, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			last, found, answers := tt.q.After, 0, 0
			for {
				reply, err := api.Gather[api.ExportReply](func(offset int) (api.Piece, error) {
					tt.q.Offset = offset
					return d.export(t.Context(), tt.q)
				})
				if err != nil {
					t.Fatal(err)
				}
				answers++
				for _, record := range reply.Records {
					var r news.StoredRow
					if err := json.Unmarshal(record, &r); err != nil {
						t.Fatal(err)
					}
					if r.Number <= last || r.Headline != fmt.Sprint("Story ", r.Number) || !r.Latest || r.Versions != 1 {
						t.Fatalf("after row %d: row %d, %q, latest %v", last, r.Number, r.Headline, r.Latest)
					}
					last, found = r.Number, found+1
				}
				if tt.q.After = reply.Row; reply.Row >= reply.LastRow {
					break
				}
			}
			if found != tt.want || answers < tt.answers || tt.q.After != stories {
				t.Errorf("%d records in %d answers up to row %d, want %d in %d up to %d", found, answers, tt.q.After, tt.want, tt.answers, stories)
			}
		})
	}
	var refusal *stream.RequestError
	if _, err := d.export(t.Context(), api.ExportRequest{Query: "after:yesterday"}); !errors.As(err, &refusal) || refusal.Code != api.CodeBadQuestion {
		t.Errorf("a query that cannot be right: %v", err)
	}
	if _, err := d.export(t.Context(), api.ExportRequest{After: 1300}); !errors.As(err, &refusal) || refusal.Code != api.CodeBadQuestion {
		t.Errorf("after rows that there are not, as of another desk: %v", err)
	}
}

// Captures are exported by site and time, from rows that nobody else has open.
func TestExportOfCaptures(t *testing.T) {
	folder := datafolder.Folder(t.TempDir())
	if _, err := OpenRows(t.Context(), "export", string(folder)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder without rows: %v", err)
	}
	rows, err := store.Open(t.Context(), folder.Rows())
	if err != nil {
		t.Fatal(err)
	}
	var captures []news.Capture
	for n := range 120 {
		captures = append(captures, news.Capture{
			CaptureID: fmt.Sprint(n), Site: []string{"news.example", "other.example"}[n%2], FetchedAt: exportMorning.Add(time.Duration(n) * time.Minute),
		})
	}
	if err := errors.Join(rows.PutCaptures(t.Context(), captures), rows.Close()); err != nil {
		t.Fatal(err)
	}
	offline, err := OpenRows(t.Context(), "export", string(folder))
	if err != nil {
		t.Fatal(err)
	}
	defer offline.Close()
	if _, err := OpenRows(t.Context(), "another export", string(folder)); !errors.Is(err, datafolder.ErrInUse) {
		t.Errorf("a folder that is held: %v", err)
	}
	reply, err := offline.Export(t.Context(), api.ExportRequest{Captures: true, Site: "Other.example", Since: exportMorning.Add(100 * time.Minute), Until: exportMorning.Add(103 * time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	var got news.CaptureRow
	if len(reply.Records) != 1 || json.Unmarshal(reply.Records[0], &got) != nil || reply.Row != 120 || reply.LastRow != 120 {
		t.Fatalf("%d records up to row %d of %d", len(reply.Records), reply.Row, reply.LastRow)
	}
	if diff := cmp.Diff(news.CaptureRow{Number: 102, Capture: captures[101]}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var refusal *stream.RequestError
	if _, err := offline.Export(t.Context(), api.ExportRequest{Captures: true, Query: "ferry"}); !errors.As(err, &refusal) {
		t.Errorf("a query of captures: %v", err)
	}
}

func mustExport(t *testing.T, d *indexDesk, q api.ExportRequest) api.ExportReply {
	t.Helper()
	reply, err := api.Gather[api.ExportReply](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return d.export(t.Context(), q)
	})
	if err != nil {
		t.Fatal(err)
	}
	return reply
}
