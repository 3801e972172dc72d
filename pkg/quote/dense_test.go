package quote_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/quote"
)

// TestSpeakers says who speaks where scripts have no capitals: names that no list
// has, found by where they stand.
func TestSpeakers(t *testing.T) {
	tests := []struct {
		name, language, text string
		want                 []string // speaker: text
	}{
		{"Chinese: a surname before the verb", "zh",
			"戚海岚直言，“这座灯塔早就该修了”。\n围观的阮女士摇头：“修了也没有人来看。”",
			[]string{"戚海岚: 这座灯塔早就该修了", "阮女士: 修了也没有人来看。"}},
		{"Chinese: a name that is none of a person's", "zh",
			"港务局分析师贺海认为，“潮水今年来得太早”。应急办公室负责人表示，“堤坝还能再撑一夜”。",
			[]string{"贺海: 潮水今年来得太早", "应急办公室负责人: 堤坝还能再撑一夜"}},
		{"Chinese: a foreigner behind a role, a pronoun in his sentence", "zh",
			"守塔人老崔没有走。渔民巴浪在岸边说：“再晚一刻钟，船就沉了。”\n船长俞阿潮心有余悸，他说：“浪比桅杆还要高出一截。”",
			[]string{"巴浪: 再晚一刻钟，船就沉了。", "俞阿潮: 浪比桅杆还要高出一截。"}},
		{"Chinese: nothing was said", "zh",
			"镇长王海平没有回应“渡船是否还会再开”的提问。",
			[]string{"王海平: 渡船是否还会再开"}},
		{"Japanese: a name without a title", "ja",
			"岬町の船乗りが帰った。舵手の帆足渚は「波より霧が怖かった」と話す。",
			[]string{"帆足渚: 波より霧が怖かった"}},
		{"Japanese: each quotation of a sentence", "ja",
			"岬太郎町長が「渡し船は必ず残す」と述べると、磯村花議長は「船の予算はもうない」と返した。",
			[]string{"岬太郎: 渡し船は必ず残す", "磯村花: 船の予算はもうない"}},
		{"Japanese: what is nobody's", "ja",
			"岬太郎町長は会見を開いた。町のサイトには「船がないと暮らせない」との声が届く。",
			[]string{": 船がないと暮らせない"}},
		{"Japanese: names in quotation marks", "ja",
			"市民団体「岬の渡し船を残す会」の磯村花代表は「あきらめません」と話した。企画展「海と渡し船の百年」が開かれる。",
			nil},
		{"Korean: a side, a document, who speaks second", "ko",
			"나루해운 측은 \"운항 중단은 사실이 아니다\"고 밝혔다. 협약서에는 \"겨울에는 하루 두 번 뜬다\"는 문구가 있다.\n나바다 군수가 \"배는 계속 떠야 한다\"고 하자 피서린 이장은 \"말은 누가 못 하느냐\"고 되물었다.",
			[]string{"나루해운: 운항 중단은 사실이 아니다", "협약서: 겨울에는 하루 두 번 뜬다", "나바다: 배는 계속 떠야 한다", "피서린: 말은 누가 못 하느냐"}},
		{"Korean: the first quotation is whose words come next", "ko",
			"\"어제는 바람이 배를 데려갔습니다.\"\n항구에서 만난 어부 옥물결(61) 씨는 그물을 내려놓았다. 옥씨는 \"그래도 내일은 다시 나간다\"고 말했다.",
			[]string{"옥물결: 어제는 바람이 배를 데려갔습니다.", "옥물결: 그래도 내일은 다시 나간다"}},
		{"Arabic: a first name that no list has", "ar",
			"وقال الباحث زهيران الموجي إن المد يرتفع. وأضاف الموجي: «لن تنجو السفن القديمة هذه المرة».",
			[]string{"زهيران الموجي: لن تنجو السفن القديمة هذه المرة"}},
		{"Arabic: servant of, the same speaker, spaces in the marks", "ar",
			"أكد عبد الرحمن المينائي، رئيس الجمعية، أن المرفأ مغلق. وأوضح المتحدث ذاته أن \" السفن لن تعود قبل الربيع \".",
			[]string{"عبد الرحمن المينائي: السفن لن تعود قبل الربيع"}},
		{"Arabic: in a statement of somebody", "ar",
			"وجاء في بيان لنقابة البحارة أن «الرصيف لا يحتمل شتاء آخر».",
			[]string{"بيان لنقابة البحارة: الرصيف لا يحتمل شتاء آخر"}},
		{"Chinese: whom an agency quotes, and he again", "zh",
			"通讯社引述一名不愿具名的船员的话说，“救生艇早就锈穿了”。这名船员说：“没有人来检查过。”",
			[]string{"一名不愿具名的船员: 救生艇早就锈穿了", "一名不愿具名的船员: 没有人来检查过。"}},
		{"Chinese: short speech, a short name behind a long role", "zh",
			"首席技术官宗帆回忆：“算了不修了，”他说，“船自己会回来的。”",
			[]string{"宗帆: 算了不修了，", "宗帆: 船自己会回来的。"}},
		{"Japanese: a surname and a title, a name behind a role", "ja",
			"礒辺農相は会見で「漁は今年も休まない」と述べた。\n監督の帆足ミナトは映画を撮る。「波の音だけは消せませんでした」と笑う。",
			[]string{"礒辺: 漁は今年も休まない", "帆足ミナト: 波の音だけは消せませんでした"}},
		{"Japanese: whose sentence stood before", "ja",
			"港の担当者は困り顔だ。「船の部品がどこにもないんです」",
			[]string{"港の担当者: 船の部品がどこにもないんです"}},
		{"Japanese: a subject with a clause before it, people behind a quotation", "ja",
			"島と本土を結ぶ渡し船の存続を求めて十年も県と交渉を続けてきた港町の役場の担当者は「渡し船は島のみんなの道だ」と語った。「約束の紙が一枚もない」として船員らが抗議した。",
			[]string{"港町の役場の担当者: 渡し船は島のみんなの道だ", "船員ら: 約束の紙が一枚もない"}},
		{"Japanese: a heading, a paragraph that only quotes", "ja",
			"岬太郎町長は黙っていた。\n# 「来年は歩いて渡る」\n「もう船は見たくない」\n島の漁師の男性は5日、静かに語った。「来年は歩いて渡るよ」と笑う。",
			[]string{"島の漁師の男性: 来年は歩いて渡る", "島の漁師の男性: もう船は見たくない", "島の漁師の男性: 来年は歩いて渡るよ"}},
		{"Japanese: terms and products", "ja",
			"岬太郎町長は新しい「渡し船自動操縦機能」を披露した。“海の上の散歩道”が合言葉だ。「明確で安全な運航」が求められる。",
			nil},
		{"Chinese: a banner, what researchers found", "zh",
			"镇长王海平来了，码头上挂着横幅“还我渡船，还我回家的路”。研究人员发现，“潮水比去年高了两寸”。",
			[]string{": 还我渡船，还我回家的路", "研究人员: 潮水比去年高了两寸"}},
		{"Korean: a list of headlines", "ko",
			"김바다 군수는 떠났다.\n▲ 바다♥하늘 부부가 사는 섬 ▲ “엄마 나 이제 배를 탄다” 모두 울었다",
			[]string{": 엄마 나 이제 배를 탄다"}},
		{"Chinese: names of foreigners, a surname that no list has, short speech", "zh",
			"总统布林兰称，“港口明天重新开放”。渔民拓有潮半开玩笑地说：“鱼不等人，人等鱼。”拓有潮认为“明天一定有雨”。",
			[]string{"布林兰: 港口明天重新开放", "拓有潮: 鱼不等人，人等鱼。", "拓有潮: 明天一定有雨"}},
		{"Korean: where somebody works, a verb before a role", "ko",
			"염바람 한바다대 해양학과 교수는 \"바다가 먼저 늙고 있다고 본다\"고 말했다. 침몰을 지켜본 피해자 대표 나여울 씨는 \"배보다 사람이 먼저 아니냐\"고 물었다.",
			[]string{"염바람: 바다가 먼저 늙고 있다고 본다", "나여울: 배보다 사람이 먼저 아니냐"}},
		{"Arabic: what was announced is nobody's name", "ar",
			"أعلن مدير الميناء إغلاق الأرصفة، وأضاف: «لن تدخل سفينة واحدة هذا الأسبوع». وتقول حورا إدريس: «خرجنا من القارب بملابسنا فقط». ويضيف زوجها: «أخذ الماء كل ما بنيناه».",
			[]string{"مدير الميناء: لن تدخل سفينة واحدة هذا الأسبوع", "حورا إدريس: خرجنا من القارب بملابسنا فقط", "زوجها: أخذ الماء كل ما بنيناه"}},
		{"Arabic: a surname that is a trade, who is quoted by a paper", "ar",
			"أما رئيس النادي مراد نجار فأكد: «لن نبيع السفينة مهما حدث». ونقلت صحيفة المرفأ عن مصدر ملاحي قوله إن «السفينة بيعت قبل شهر كامل».",
			[]string{"مراد نجار: لن نبيع السفينة مهما حدث", "مصدر ملاحي: السفينة بيعت قبل شهر كامل"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			quotations, _ := quote.Read(paragraphs(tt.text), tt.language, agency.Table{})
			var got []string
			for _, q := range quotations {
				got = append(got, q.Speaker+": "+q.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
