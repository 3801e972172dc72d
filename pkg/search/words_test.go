package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"none", " – … \t", ""},
		{"Latin", "The Ferry’s late, isn't it?", "the1 ferry2 s3 late4 isn5 t6 it7"},
		{"accents", "Zürich, Łódź, Ærøskøbing, Straße", "zurich1 lodz2 aeroskobing3 strasse4"},
		{"accents apart from their letters", "Zu\u0308rich", "zurich1"},
		{"a soft hyphen and a joiner", "Hafen\u00admeister می\u200cخواهم", "hafenmeister1 ميخواهم2"},
		{"numbers", "3.5 km² ½", "31 52 km23 1⁄24"},
		{"wide letters", "ＡＦＰ", "afp1"},
		{"final sigma", "Λόγος ΛΟΓΟΣ", "λογοσ1 λογοσ2"},
		{"Arabic articles", "والمدينة المدينة مدينة", "مدينه1 مدينه2 مدينه3"},
		{"Hindi keeps its vowels", "नौका", "नौका1"},
		{"pairs", "東京都", "東1 東京1 京2 京都2 都3"},
		{"pairs end at other scripts", "第3回", "第1 32 回3"},
		{"narrow kana", "ﾌｪ", "フ1 フェ1 ェ2"},
		{"Korean", "서울 시", "서1 서울1 울2 시3"},
		{"Thai with a hidden space", "เรือ\u200bเร็ว", "เ1 เร1 ร2 รื2 ื3 ือ3 อ4 อเ4 เ5 เร5 ร6 ร็6 ็7 ็ว7 ว8"},
	}
	for _, test := range tests {
		var got []string
		for _, w := range words(test.text) {
			got = append(got, fmt.Sprintf("%s%d", w.term, w.position))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Terms are valid, short, not empty, and lie in the text in order.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"Zu\u0308rich 東京2026", "a\u0301\u0301\u200d", "ｶﾞ한국어", "\xff\xfea", strings.Repeat("x", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		before := word{}
		for _, w := range words(text) {
			switch {
			case w.term == "" || len(w.term) > maxTerm && !w.pair || !utf8.ValidString(w.term):
				t.Errorf("term %q", w.term)
			case w.start < before.start || w.end <= w.start || w.end > len(text):
				t.Errorf("%+v after %+v in a text of %d bytes", w, before, len(text))
			case w.position != before.position && w.position != before.position+1:
				t.Errorf("%+v after %+v", w, before)
			}
			before = w
		}
	})
}
