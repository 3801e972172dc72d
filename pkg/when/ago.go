package when

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// agoWords say that a number of hours or days lies back. Words of one name are
// run together.
var agoWords = []string{"ago", "vor", "ily", "hace", "há", "atrás", "fa", "geleden", "sedan", "siden", "sitten", "temu", "před", "pred", "prije", "назад", "тому", "преди", "пре", "önce", "əvvəl",
	"lalu", "trước", "전", "前", "قبل", "منذ", "پیش", "पहले", "আগে", "ที่แล้ว", "ที่ผ่านมา", "acum", "πριν", "לפני", "enne", "tagasi", "prieš", "pirms", "órája", "perce", "napja"}

// unitWords begin the names of minutes, hours and days.
var unitWords = [...]struct {
	unit  time.Duration
	words []string
}{
	{time.Minute, []string{"min", "мин", "хв", "хвил", "λεπτ", "dak", "menit", "phút", "phut", "perc", "분", "分", "دقيق", "دقائق", "دقیق", "मिनट", "মিনিট", "นาที", "דקות", "דקה"}},
	{time.Hour, []string{"hour", "hr", "h", "std", "stunde", "heure", "hora", "ore", "ora", "ură", "uur", "timm", "time", "tim", "tunti", "tuntia", "godz", "hodin", "sat", "час", "год", "ώρ", "ωρ", "saat", "jam", "giờ", "órá", "시간", "小时", "小時", "時間", "ساعة", "ساعات", "ساعت", "घंट", "ঘণ্টা", "ชั่วโมง", "שעות", "שעה"}},
	{24 * time.Hour, []string{"day", "tag", "zile", "dana", "дана", "päev", "dien", "dňa", "jour", "día", "dia", "giorn", "dag", "zi", "päiv", "dni", "dzień", "den", "dny", "dní", "дн", "день", "ημέρ", "μέρ", "gün", "hari", "ngày", "nap", "일", "天", "日", "يوم", "أيام", "روز", "दिन", "দিন", "วัน", "ימים", "יום"}},
}

// dayWords name today and yesterday, their words run together.
var dayWords = [...]struct {
	back  int
	words []string
}{
	{0, []string{"today", "heute", "aujourdhui", "hoy", "hoje", "oggi", "vandaag", "idag", "idag", "tänään", "dzisiaj", "dziś", "dnes", "danas", "сегодня", "сьогодні", "днес", "σήμερα", "bugün", "hariini", "hômnay", "오늘", "今天", "今日", "اليوم", "امروز", "आज", "আজ", "วันนี้", "היום", "astăzi", "ma"}},
	{1, []string{"yesterday", "gestern", "hier", "ayer", "ontem", "ieri", "gisteren", "igår", "igår", "eilen", "wczoraj", "včera", "jučer", "вчера", "вчора", "χθες", "dün", "kemarin", "hômqua", "어제", "昨天", "昨日", "أمس", "دیروز", "कल", "গতকাল", "เมื่อวาน", "אתמול", "tegnap"}},
}

// longestRelative is the length, in characters, of a line that says nothing but
// how long ago.
const longestRelative = 40

// Ago reads a date that is told from the time of the fetch: "3 hours
// ago", "gestern, 14:30". It is a day, or a minute where the clock is printed.
func Ago(text string, fetched time.Time) (Moment, bool) {
	if fetched.IsZero() || utf8.RuneCountInString(text) > longestRelative {
		return Moment{}, false
	}
	ts := tokenize(text, nil)
	if len(ts) == 0 || len(ts) > 12 {
		return Moment{}, false
	}
	if back, ok := sinceThen(text, ts); ok {
		return dayOf(fetched.Add(-back), text), true
	}
	first, all := ts[0].word, runTogether(text, ts)
	for _, day := range dayWords {
		for _, w := range day.words {
			if all != w && first != w && !(len(w) > 4 && strings.HasPrefix(all, w)) {
				continue
			}
			m := dayOf(fetched.AddDate(0, 0, -day.back), text)
			for i := range ts {
				if clockAt(ts, i, &m) > i {
					break
				}
			}
			return m, m.real() && (m.Precision != news.ToDay || len(ts) <= 2)
		}
	}
	return Moment{}, false
}

// runTogether writes the words and numbers of a text without what stands between
// them.
func runTogether(text string, ts []token) string {
	var b strings.Builder
	for _, t := range ts {
		if t.kind == 'w' || t.kind == 'n' {
			b.WriteString(text[t.start:t.end])
		}
	}
	return strings.ToLower(b.String())
}

func dayOf(t time.Time, raw string) Moment {
	return Moment{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Precision: news.ToDay, Raw: raw}
}

// oneWords may stand beside a unit that is meant once: "an hour ago", "il y a une
// heure".
var oneWords = []string{"a", "an", "one", "about", "ein", "eine", "einem", "einer", "einen", "un", "une", "una", "uma", "een", "en", "et", "ett", "jeden", "jednu", "jedną", "один", "одну", "bir", "satu", "một", "egy", "ένα", "μία", "μια", "o", "il", "y", "for", "för"}

// sinceThen reads how long ago something was.
func sinceThen(text string, ts []token) (time.Duration, bool) {
	if !saysAgo(ts) {
		return 0, false
	}
	for i, t := range ts {
		if unit, ok := unitAt(text, ts, i+1); ok && t.kind == 'n' && t.n <= 400 {
			return time.Duration(t.n) * unit, true
		}
	}
	var one time.Duration
	for i, t := range ts {
		unit, ok := unitAt(text, ts, i)
		switch {
		case ok && one == 0:
			one = unit
		case t.kind != 'w' || !saysAgo(ts[i:i+1]) && !slices.Contains(oneWords, t.word):
			return 0, false
		}
	}
	return one, one > 0
}

// unitAt is the unit of time that the word at token i names.
func unitAt(text string, ts []token, i int) (time.Duration, bool) {
	if i >= len(ts) || ts[i].kind != 'w' {
		return 0, false
	}
	name := strings.ToLower(text[ts[i].start:])
	for k := len(unitWords) - 1; k >= 0; k-- {
		for _, w := range unitWords[k].words {
			if ts[i].word == w || len(w) > 2 && strings.HasPrefix(name, w) {
				return unitWords[k].unit, true
			}
		}
	}
	return 0, false
}

// saysAgo says whether one of the tokens says that something lies back. Scripts
// that leave no spaces may have it at the end of a longer word.
func saysAgo(ts []token) bool {
	for i, t := range ts {
		if t.kind != 'w' {
			continue
		}
		for _, w := range agoWords {
			if t.word == w || len(w) > 8 && strings.HasSuffix(t.word, w) || t.word+tokenAt(ts, i+1).word == w {
				return true
			}
		}
	}
	return false
}
