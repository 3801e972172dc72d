package pins

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func pinned(record bool) Pin {
	body := []byte("<p>tide\r\n")
	p := Pin{Page: &news.Page{
		Schema: news.PageSchema, CaptureID: news.CaptureID(strings.Repeat("0a", 16), news.Digest(body)), URL: "https://news.example/a",
		Site: "news.example", Digest: news.Digest(body), Length: len(body), FetchedAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Body: body,
	}, Reason: news.NoText}
	if record {
		p.Record, p.Reason = &news.Article{Schema: news.ArticleSchema, Headline: "Tide & ebb"}, ""
	}
	return p
}

// What is pinned is read as it was; pinned again, it is the one.
func TestPinsAreReadAsWritten(t *testing.T) {
	folder := t.TempDir()
	for _, record := range []bool{true, false, true} {
		want := pinned(record)
		dir, err := Write(folder, want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(dir)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("(-want +got), %v:\n%s", err, diff)
		}
		if all, err := List(folder); err != nil || len(all) != 1 || all[0] != dir {
			t.Errorf("listed %q, %v", all, err)
		}
	}
}

func TestDamagedPins(t *testing.T) {
	for name, damage := range map[string]func(dir string) error{
		"digest": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, bodyName), []byte("<p>tide\n"), 0o644)
		},
		"page.json":   func(dir string) error { return os.WriteFile(filepath.Join(dir, pageName), []byte("{"), 0o644) },
		"has no page": func(dir string) error { return os.WriteFile(filepath.Join(dir, pageName), []byte("{}"), 0o644) },
		"record.json": func(dir string) error { return os.Remove(filepath.Join(dir, recordName)) },
	} {
		dir, err := Write(t.TempDir(), pinned(true))
		if err != nil {
			t.Fatal(err)
		}
		if err := damage(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
