package search

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// One story in each of eight languages; all names are invented.
var languages = []*news.Article{
	{StoryID: "en", Headline: "Ferry to Saltholm delayed by fog", ArticleBody: "The harbour master's office said naïve timetables don't help."},
	{StoryID: "de", Headline: "Fähre nach Grünholm fällt aus", ArticleBody: "Der Bürgermeister der Gemeinde Weißensee äußerte sich über die Straßensperre."},
	{StoryID: "ru", Headline: "Паром опоздал из-за тумана", ArticleBody: "Ёлки на площади убрали, сообщил глава посёлка."},
	{StoryID: "ar", Headline: "تأخر العبارة بسبب الضباب", ArticleBody: "قال مدير الميناء إن الرحلة والمدينة بخير، ثم شَكَرَ المسافرين."},
	{StoryID: "ja", Headline: "霧でフェリーが遅れる", ArticleBody: "港の管理者は、第3回の運航会議で東京都の担当者に説明した。"},
	{StoryID: "zh", Headline: "渡轮因大雾延误", ArticleBody: "港务局局长在北京大学的讲座上表示，航班将恢复。"},
	{StoryID: "ko", Headline: "안개로 여객선이 지연되다", ArticleBody: "항만 관리자는 서울시에서 운항을 재개한다고 밝혔다."},
	{StoryID: "th", Headline: "เรือเฟอร์รี่ล่าช้าเพราะหมอก", ArticleBody: "นายท่าเรือกล่าวว่าผู้โดยสารทุกคนปลอดภัยดี"},
	{StoryID: "hi", Headline: "कोहरे से नौका में देरी", ArticleBody: "बंदरगाह के अधिकारी ने यात्रियों से माफ़ी माँगी।"},
}

func TestSearchInManyScripts(t *testing.T) {
	x := indexOf(t, languages...)
	tests := []struct {
		query string
		want  []string
	}{
		{"ferry", []string{"en"}},
		{"FERRY Saltholm", []string{"en"}},
		{"ferry sunshine", []string{}},
		{"naive", []string{"en"}},
		{"don't", []string{"en"}},
		{"don’t", []string{"en"}},
		{"harb*", []string{"en"}},
		{`"delayed by fog"`, []string{"en"}},
		{`"fog by delayed"`, []string{}},
		{"fähre", []string{"de"}},
		{"fahre", []string{"de"}},
		{"FA\u0308HRE", []string{"de"}},
		{"strassensperre", []string{"de"}},
		{"WEISSENSEE", []string{"de"}},
		{"туман*", []string{"ru"}},
		{"ПАРОМ", []string{"ru"}},
		{"елки поселка", []string{"ru"}},
		{"الضباب", []string{"ar"}},
		{"ضباب", []string{"ar"}},
		{"مدينة", []string{"ar"}},
		{"شكر", []string{"ar"}},
		{"تاخر", []string{"ar"}},
		{"霧", []string{"ja"}},
		{"フェリー", []string{"ja"}},
		{"ﾌｪﾘｰ", []string{"ja"}},
		{"東京", []string{"ja"}},
		{"京都", []string{"ja"}}, // part of 東京都: nothing says where its words end
		{"第3回", []string{"ja"}},
		{"第3回運航", []string{}},
		{"北京", []string{"zh"}},
		{"北京大学", []string{"zh"}},
		{"大学北京", []string{}},
		{`"渡轮因大雾"`, []string{"zh"}},
		{"여객선", []string{"ko"}},
		{"서울", []string{"ko"}},
		{"หมอก", []string{"th"}},
		{"ผู้โดยสาร", []string{"th"}},
		{"ท่าเรือ", []string{"th"}},
		{"नौका", []string{"hi"}},
		{"-ferry -fähre -паром -ضباب -霧 -渡轮 -안개 -หมอก", []string{"hi"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, find(t, x, test.query, Options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.query, diff)
		}
	}
}

func TestABeginningOfTooManyWords(t *testing.T) {
	var body strings.Builder
	for i := range maxExpansion + 1 {
		fmt.Fprintf(&body, "many%d ", i)
	}
	x := indexOf(t, &news.Article{StoryID: "long", ArticleBody: body.String()})
	for query, want := range map[string]bool{"many*": true, "man*": true, "-man*": true, "many1*": false, "many": false, "none*": false} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = x.Search(t.Context(), q, Options{})
		if _, got := errors.AsType[*SyntaxError](err); got != want || !want && err != nil {
			t.Errorf("%s: error %v, want one: %v", query, err, want)
		}
	}
}
