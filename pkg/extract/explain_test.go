package extract_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// lawfulExplanation holds an explanation to what holds for any page: whoever
// extracts the same bytes gets the fields that it tells of, and each block is
// in the body or has a verdict with words.
func lawfulExplanation(t *testing.T, in extract.Input) extract.Explanation {
	t.Helper()
	x, err := extract.Explain(in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := extract.Extract(in)
	if (err != nil) != (x.Refused != nil) {
		t.Fatalf("refused %v, but extracting says %v", x.Refused, err)
	}
	if err != nil && (x.Refused.Reason != news.FaultOf(err).Reason || x.Refused.Text != err.Error()) {
		t.Errorf("refused as %v, but extracting says %v", x.Refused, err)
	}
	for i, b := range x.Blocks {
		if (b.Kind == "") == (b.Why == extract.InStory) {
			t.Errorf("block %d is %q and left out as %q: %s", i, b.Kind, b.Why, b.Text)
		}
		if b.Why != extract.InStory && b.Why.Words() == "" {
			t.Errorf("verdict %q has no words", b.Why)
		}
		if b.Score < 0 || b.Linked < 0 || b.Linked > 1 {
			t.Errorf("block %d scores %v with %v of it links", i, b.Score, b.Linked)
		}
	}
	for _, f := range x.Fields {
		for _, i := range f.Blocks {
			if i < 0 || i >= len(x.Blocks) {
				t.Errorf("%s is printed in block %d of %d", f.Name, i, len(x.Blocks))
			}
		}
	}
	if a == nil {
		return x
	}
	lawfulSources(t, x, a)
	for name, p := range a.Provenance {
		if f := fieldOf(x, name); f == nil || f.Method != p.Method || f.Path != p.Path {
			t.Errorf("%s came from %+v, told as %+v", name, p, f)
		}
	}
	if p := a.Provenance["articleBody"]; p.Method == news.FromJSONLD && p.Path == "articleBody" {
		return x // the page prints none of it
	}
	for _, b := range a.Body {
		if b.Kind == news.Paragraph && !tellsOf(x, b) {
			t.Errorf("no block becomes the paragraph %q", b.Text)
		}
	}
	return x
}

func fieldOf(x extract.Explanation, name string) *extract.ExplainedField {
	for i := range x.Fields {
		if x.Fields[i].Name == name {
			return &x.Fields[i]
		}
	}
	return nil
}

func tellsOf(x extract.Explanation, b news.Block) bool {
	for _, e := range x.Blocks {
		if e.Kind == b.Kind && strings.ReplaceAll(e.Text, "\n", " ") == b.Text {
			return true
		}
	}
	return false
}

// TestExplainNewsroom says that every page of the newsroom can be explained,
// those without a story too.
func TestExplainNewsroom(t *testing.T) {
	stories, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range stories {
		t.Run(e.URL, func(t *testing.T) {
			x := lawfulExplanation(t, extract.Input{Body: e.HTML, URL: e.URL, ContentType: e.ContentType, FetchedAt: newsroomFetched})
			if f := fieldOf(x, "headline"); f == nil || f.Value != e.Headline || len(f.Blocks) == 0 {
				t.Errorf("the headline is told as %+v", f)
			}
		})
	}
	others, err := newsroom.NoStories()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range others {
		t.Run(p.URL, func(t *testing.T) {
			x := lawfulExplanation(t, extract.Input{Body: p.HTML, URL: p.URL, ContentType: p.ContentType, FetchedAt: newsroomFetched})
			if x.Refused == nil || x.Refused.Reason != p.Reason {
				t.Errorf("refused as %+v, want %s", x.Refused, p.Reason)
			}
		})
	}
}

// TestVerdicts says why single blocks of a page are left out.
func TestVerdicts(t *testing.T) {
	const prose = "<p>The tide mill of Orrin turned again on Saturday, after forty years in which only swallows had used it, and half the village came to look.</p>"
	page := `<html><head><title>The mill turns</title></head><body><nav><a href="/a">Harbour</a> <a href="/b">Weather</a></nav>
<article><h1>The mill turns again</h1><p class="byline">By Edda Quill</p>` + prose + prose +
		`<figure><img src="/mill.jpg"><figcaption>The wheel of the mill on Saturday morning.</figcaption></figure>` + prose +
		`<p><a href="/other">Read more: the bakery of Orrin closes</a></p>` + prose + `<h2>Also in Orrin</h2><ul><li><a href="/x">One</a></li></ul></article>
<footer>All rights are with the miller</footer></body></html>`
	x := lawfulExplanation(t, extract.Input{Body: []byte(page), URL: "https://orrin.example/2026/mill", ContentType: "text/html"})
	want := map[string]extract.Verdict{
		"Harbour Weather": extract.Furniture, "The mill turns again": extract.IsHeadline, "By Edda Quill": extract.Above,
		"The wheel of the mill on Saturday morning.": extract.Boxed, "Read more: the bakery of Orrin closes": extract.Linked,
		"Also in Orrin": extract.LoneHead, "One": extract.Linked, "All rights are with the miller": extract.Furniture,
	}
	for _, b := range x.Blocks {
		if verdict, ok := want[b.Text]; ok != (b.Why != extract.InStory) || verdict != b.Why {
			t.Errorf("%q: %q, want %q", b.Text, b.Why, verdict)
		}
	}
	if len(x.Blocks) != len(want)+4 {
		t.Errorf("%d blocks, want %d", len(x.Blocks), len(want)+4)
	}
	if f := fieldOf(x, "author"); f == nil || len(f.Blocks) != 1 || x.Blocks[f.Blocks[0]].Text != "By Edda Quill" {
		t.Errorf("the author is told as %+v", f)
	}
}

// TestExplainText explains a page of which only text survives.
func TestExplainText(t *testing.T) {
	text := "Skip to content\n\nThe mill turns again\n\nMay 3, 2026\n\nThe tide mill of Orrin turned again on Saturday, after forty years in which only swallows had used it.\n\nHalf the village came to look at it, and the other half came on Sunday, when it stood still."
	x := lawfulExplanation(t, extract.Input{Body: []byte(text), ContentType: "text/plain", FetchedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
	if len(x.Blocks) != 5 || x.Blocks[1].Why != extract.IsHeadline || x.Blocks[3].Kind != news.Paragraph || x.Page != nil {
		t.Errorf("got %+v", x.Blocks)
	}
}

// TestExplainNothing explains what holds no page at all.
func TestExplainNothing(t *testing.T) {
	for name, in := range map[string]extract.Input{
		"empty": {}, "a picture": {ContentType: "image/png", Body: []byte("\x89PNG")}, "no text": {Body: []byte("<html></html>")},
	} {
		t.Run(name, func(t *testing.T) {
			if x := lawfulExplanation(t, in); x.Refused == nil {
				t.Errorf("got %+v", x)
			}
		})
	}
}

// FuzzExplain states that any bytes are explained lawfully, and that looking
// for reasons changes no record.
func FuzzExplain(f *testing.F) {
	for _, page := range pages {
		f.Add(readPage(f, page.file, page.url).Body, "text/html", page.url)
	}
	f.Add([]byte(`<h1>x</h1><svg><p>a<table><p>b</table><template><p>c</template>`), "", "")
	f.Fuzz(func(t *testing.T, body []byte, media, url string) {
		in := extract.Input{Body: body, ContentType: media, URL: url, FetchedAt: fetched}
		x := lawfulExplanation(t, in)
		if _, err := json.Marshal(x); err != nil {
			t.Fatal(err)
		}
	})
}
