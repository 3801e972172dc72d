package extract

import (
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// agoWords say that a number of hours or days lies back. Folded.
var agoWords = foldAll("ago", "vor", "il y", "hace", "há", "atrás", "fa", "geleden", "sedan", "siden", "sitten", "temu", "před", "pred", "prije", "назад", "тому", "преди", "пре", "önce", "əvvəl",
	"lalu", "trước", "전", "前", "قبل", "منذ", "پیش", "पहले", "আগে", "ที่แล้ว", "ที่ผ่านมา", "acum", "πριν", "לפני", "enne", "tagasi", "prieš", "pirms", "órája", "perce", "napja")

// unitWords begin the names of minutes, hours and days.
var unitWords = [...]struct {
	unit  time.Duration
	words []string
}{
	{time.Minute, []string{"min", "мин", "хв", "хвил", "λεπτ", "dak", "menit", "phút", "phut", "perc", "분", "分", "دقيق", "دقائق", "دقیق", "मिनट", "মিনিট", "นาที", "דקות", "דקה"}},
	{time.Hour, []string{"hour", "hr", "h", "std", "stunde", "heure", "hora", "ore", "ora", "ură", "uur", "timm", "time", "tim", "tunti", "tuntia", "godz", "hodin", "sat", "час", "год", "ώρ", "ωρ", "saat", "jam", "giờ", "órá", "시간", "小时", "小時", "時間", "ساعة", "ساعات", "ساعت", "घंट", "ঘণ্টা", "ชั่วโมง", "שעות", "שעה"}},
	{24 * time.Hour, []string{"day", "tag", "jour", "día", "dia", "giorn", "dag", "zi", "päiv", "dni", "dzień", "den", "dn", "дн", "день", "ημέρ", "μέρ", "gün", "hari", "ngày", "nap", "일", "天", "日", "يوم", "أيام", "روز", "दिन", "দিন", "วัน", "ימים", "יום"}},
}

// dayWords name today and yesterday. Folded.
var dayWords = [...]struct {
	back  int
	words []string
}{
	{0, foldAll("today", "heute", "aujourd'hui", "hoy", "hoje", "oggi", "vandaag", "idag", "i dag", "tänään", "dzisiaj", "dziś", "dnes", "danas", "сегодня", "сьогодні", "днес", "σήμερα", "bugün", "hari ini", "hôm nay", "오늘", "今天", "今日", "اليوم", "امروز", "आज", "আজ", "วันนี้", "היום", "astăzi", "ma")},
	{1, foldAll("yesterday", "gestern", "hier", "ayer", "ontem", "ieri", "gisteren", "igår", "i går", "eilen", "wczoraj", "včera", "jučer", "вчера", "вчора", "χθες", "dün", "kemarin", "hôm qua", "어제", "昨天", "昨日", "أمس", "دیروز", "कल", "গতকাল", "เมื่อวาน", "אתמול", "tegnap")},
}

// longestRelative is the length, in characters, of a line that says nothing but
// how long ago.
const longestRelative = 40

// relativeDate reads a date that is told from the time of the fetch: "3 hours
// ago", "gestern, 14:30". It is a day, or a minute where the clock is printed.
func relativeDate(text string, fetched time.Time) (moment, bool) {
	if fetched.IsZero() || runes(text) > longestRelative {
		return moment{}, false
	}
	ts := tokenize(text)
	if len(ts) == 0 || len(ts) > 12 {
		return moment{}, false
	}
	if back, ok := sinceThen(text, ts); ok {
		return dayOf(fetched.Add(-back), text), true
	}
	first := ts[0].word
	for _, day := range dayWords {
		for _, w := range day.words {
			if f := fold(text); f != w && first != w && !(len(w) > 4 && strings.HasPrefix(f, w)) {
				continue
			}
			m := dayOf(fetched.AddDate(0, 0, -day.back), text)
			for i := range ts {
				if clockAt(ts, i, &m) > i {
					break
				}
			}
			return m, m.real() && (m.precision != news.ToDay || len(ts) <= 2)
		}
	}
	return moment{}, false
}

func dayOf(t time.Time, raw string) moment {
	return moment{year: t.Year(), month: int(t.Month()), day: t.Day(), precision: news.ToDay, raw: raw}
}

// sinceThen reads how long ago something was.
func sinceThen(text string, ts []token) (time.Duration, bool) {
	if !saysAgo(ts) {
		return 0, false
	}
	for i, t := range ts {
		if t.kind != 'n' || t.n > 400 || i+1 >= len(ts) || ts[i+1].kind != 'w' {
			continue
		}
		name := strings.ToLower(text[ts[i+1].start:])
		for k := len(unitWords) - 1; k >= 0; k-- {
			for _, w := range unitWords[k].words {
				if ts[i+1].word == w || len(w) > 2 && strings.HasPrefix(name, w) {
					return time.Duration(t.n) * unitWords[k].unit, true
				}
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
