package news

import (
	"testing"
	"time"
)

// record is a small article, sealed.
func record(t *testing.T, change func(*Article)) *Article {
	t.Helper()
	a := &Article{
		Schema: ArticleSchema, StoryID: StoryID("https://news.example/2026/pier"), Type: NewsArticle,
		URL: "https://news.example/2026/pier", Headline: "Pier repaired", ArticleBody: "It was.",
		Raw: Raw{CaptureID: CaptureID(VisitID("https://news.example/2026/pier", time.Unix(1, 0)), Digest([]byte("x")))},
	}
	if change != nil {
		change(a)
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSeal(t *testing.T) {
	first := record(t, nil)
	tests := []struct {
		name                string
		change              func(*Article)
		sameContent, sameID bool
		why                 string
	}{
		{"the same again", nil, true, true, ""},
		{"other words", func(a *Article) { a.ArticleBody = "It was not." }, false, false, ""},
		{"another capture", func(a *Article) { a.Raw.CaptureID = "other" }, true, false, "the id names the revision of a capture"},
		{"another address", func(a *Article) { a.URL, a.RequestedURL = "https://m.news.example/pier", "https://x.example" }, true, true, "an address is not content"},
		{"another extractor", func(a *Article) { a.Extraction.Version = "9"; a.Provenance = map[string]Provenance{"headline": {}} }, true, true, "provenance is not content"},
		{"another story", func(a *Article) { a.StoryID = StoryID("https://news.example/else") }, false, false, ""},
		{"sealed before", func(a *Article) { a.ID, a.ContentHash = "left", "over" }, true, true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := record(t, tt.change)
			if (got.ContentHash == first.ContentHash) != tt.sameContent {
				t.Errorf("same content hash is %v, want %v: %s", !tt.sameContent, tt.sameContent, tt.why)
			}
			if (got.ID == first.ID) != tt.sameID {
				t.Errorf("same id is %v, want %v", !tt.sameID, tt.sameID)
			}
		})
	}
}

func TestIdentitiesDoNotMeet(t *testing.T) {
	same := "https://news.example/2026/pier"
	seen := map[string]string{}
	for name, id := range map[string]string{
		"story": StoryID(same), "text": StoryIDOfText(same, "", ""), "url": URLHash(same),
		"visit": VisitID(same, time.Unix(0, 0)), "next visit": VisitID(same, time.Unix(0, 1)),
		"article": ArticleID(same, "", ""),
	} {
		if len(id) != idLength {
			t.Errorf("%s: %q has %d digits, want %d", name, id, len(id), idLength)
		}
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s are one", name, other)
		}
		seen[id] = name
	}
}

func TestVisitOf(t *testing.T) {
	visit := VisitID("https://news.example/", time.Unix(7, 0))
	if got := VisitOf(CaptureID(visit, Digest(nil))); got != visit {
		t.Errorf("got %q, want %q", got, visit)
	}
	if got := VisitOf("short"); got != "short" {
		t.Errorf("got %q", got)
	}
}
