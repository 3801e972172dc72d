package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// lawfulSources holds that an explanation tells of every source of the record,
// why it is one, and that what it points at stands there.
func lawfulSources(t *testing.T, x extract.Explanation, a *news.Article) {
	t.Helper()
	s := x.Sources
	if len(s.Supplied) != len(a.InfoSources) || len(s.Named) != len(a.Attributions) || len(s.Quotations) != len(a.Quotations) || len(s.Citations) != len(a.Citations) {
		t.Fatalf("explained %d, %d, %d, %d; the record has %d, %d, %d, %d", len(s.Supplied), len(s.Named), len(s.Quotations), len(s.Citations),
			len(a.InfoSources), len(a.Attributions), len(a.Quotations), len(a.Citations))
	}
	prints := func(words string, at *extract.Print) {
		if at == nil {
			return
		}
		text := strings.ReplaceAll(x.Blocks[at.Block].Text, "\n", " ")
		if at.From < 0 || at.To > len(text) || text[at.From:at.To] != strings.ReplaceAll(words, "\n", " ") {
			t.Errorf("%q is not at %+v of %q", words, *at, text)
		}
	}
	for _, e := range s.Supplied {
		if e.Form.Words() == "" || e.Method == "" {
			t.Errorf("%q has no reason", e.Name)
		}
		prints(e.Literal, e.At)
	}
	for _, e := range s.Named {
		if e.Rule.Words() == "" {
			t.Errorf("%q has no reason", e.Name)
		}
		prints(e.Name, e.At)
		prints(e.Cue, e.CueAt)
	}
	for _, e := range s.Quotations {
		if e.Rule.Words() == "" {
			t.Errorf("%q has no reason", e.Text)
		}
		prints(e.Text, e.At)
		prints(e.Cue, e.CueAt)
	}
	for _, e := range s.Citations {
		prints(e.Text, e.At)
	}
}

// TestExplainSources says why the page of docs/sources.md has its sources.
func TestExplainSources(t *testing.T) {
	x, err := extract.Explain(readPage(t, "sources.html", "https://isles.example/ferry-crews-return"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	add := func(at *extract.Print, format string, args ...any) {
		where := "nowhere"
		if at != nil {
			where = fmt.Sprintf("%q of %d", x.Blocks[at.Block].Text[at.From:at.To], at.Block)
		}
		got = append(got, fmt.Sprintf(format, args...)+" at "+where)
	}
	for _, e := range x.Sources.Supplied {
		add(e.At, "%s by %s", e.Name, e.Form)
	}
	for _, e := range x.Sources.Named {
		add(e.CueAt, "%s by %s, quoted %d times,", e.Name, e.Rule, e.Quotations)
	}
	for _, e := range x.Sources.Quotations {
		add(e.CueAt, "%.14s… by %s", e.Text, e.Rule)
	}
	for _, e := range x.Sources.Citations {
		add(e.At, "%s", e.URL)
	}
	want := []string{
		`AFP by signoff at "AFP" of 6`,
		`dpa by signoff at "dpa" of 6`,
		`Reuters by pictureCredit at "Reuters" of 2`,
		`Berit Oskland by cue, quoted 2 times, at "said" of 3`,
		`a study by cue, quoted 0 times, at "according to" of 4`,
		`A senior official by cue, quoted 0 times, at "told" of 4`,
		`Reuters by hearer, quoted 0 times, at "told" of 4`,
		`Nobody walked … by cue at "said" of 3`,
		`We walked out … by turn at nowhere`,
		`https://institute.example/night-watches at "a study" of 4`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
