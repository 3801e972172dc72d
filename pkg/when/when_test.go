package when

import (
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text  string
		order Order
		want  string // empty for no date
		prec  news.Precision
	}{
		{"2022-05-03", DayFirst, "2022-05-03", news.ToDay},
		{"2022-05-03T10:15:30Z", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"2022-05-03T10:15:30.123+02:00", DayFirst, "2022-05-03T10:15:30+02:00", news.ToSecond},
		{"2022-05-03T10:15+0200", DayFirst, "2022-05-03T10:15:00+02:00", news.ToMinute},
		{"2022-05-03 10:15", DayFirst, "2022-05-03T10:15:00", news.ToMinute},
		{"2022-05-03T00:00:00", DayFirst, "2022-05-03", news.ToDay}, // an invented midnight
		{"20220503T101530Z", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"Tue, 03 May 2022 10:15:30 GMT", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"Tue May 03 10:15:30 2022", DayFirst, "2022-05-03T10:15:30", news.ToSecond},
		{"May 3, 2022", DayFirst, "2022-05-03", news.ToDay},
		{"Sept. 9, 2022 at 5:07 p.m. EDT", DayFirst, "2022-09-09T17:07:00-04:00", news.ToMinute},
		{"3rd of May 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3. Mai 2022, 14:30 Uhr", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"Di., 03.05.2022 - 14:30", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"3 de mayo de 2022 a las 14:30", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"le 3 août 2022 à 18h05", DayFirst, "2022-08-03T18:05:00", news.ToMinute},
		{"2022年5月3日 18時05分", DayFirst, "2022-05-03T18:05:00", news.ToMinute},
		{"3 мая 2022, 14:30", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"17 Kasım 2025 13:20", DayFirst, "2025-11-17T13:20:00", news.ToMinute},
		{"3/5/2022", DayFirst, "2022-05-03", news.ToDay},
		{"3/5/2022", MonthFirst, "2022-03-05", news.ToDay},
		{"25/5/2022", MonthFirst, "2022-05-25", news.ToDay}, // no month has that number
		{"10:33 am, May 3, 2022", DayFirst, "2022-05-03T10:33:00", news.ToMinute},
		{"1651572930", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"1651572930000", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"2022-02-30", DayFirst, "", ""}, // no such day
		{"1822-05-03", DayFirst, "", ""}, // before the web
		// Languages, scripts and calendars.
		{"الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", DayFirst, "2020-04-24T21:22:00", news.ToMinute},
		{"الأربعاء، 07 أكتوبر 2020 - 10:09 ص", DayFirst, "2020-10-07T10:09:00", news.ToMinute},
		{"٢٤ كانون الثاني ٢٠٢٢", DayFirst, "2022-01-24", news.ToDay},
		{"۱۶ مهر ۱۳۹۹ ساعت ۱۲:۳۰", DayFirst, "2020-10-07T12:30:00", news.ToMinute}, // Solar Hijri
		{"1399/07/16", DayFirst, "2020-10-07", news.ToDay},
		{"30 اسفند 1399", DayFirst, "2021-03-20", news.ToDay},                         // a leap year
		{"5 ต.ค. 2565 เวลา 10:30 น.", DayFirst, "2022-10-05T10:30:00", news.ToMinute}, // Buddhist era
		{"5 ตุลาคม พ.ศ. 2565", DayFirst, "2022-10-05", news.ToDay},
		{"5 ต.ค. 65", DayFirst, "2022-10-05", news.ToDay},
		{"3/5/2565", DayFirst, "2022-05-03", news.ToDay},
		{"令和4年5月3日 18時05分", DayFirst, "2022-05-03T18:05:00", news.ToMinute},
		{"平成31年4月30日", DayFirst, "2019-04-30", news.ToDay},
		{"民國111年5月3日", DayFirst, "2022-05-03", news.ToDay},
		{"2022年5月3日下午3:05", DayFirst, "2022-05-03T15:05:00", news.ToMinute},
		{"2022년 5월 3일 오후 3:05", DayFirst, "2022-05-03T15:05:00", news.ToMinute},
		{"Thứ Ba, ngày 3 tháng 5 năm 2022", DayFirst, "2022-05-03", news.ToDay},
		{"2022 m. gegužės 3 d. 10:15", DayFirst, "2022-05-03T10:15:00", news.ToMinute},
		{"2022. gada 3. maijā", DayFirst, "2022-05-03", news.ToDay},
		{"2022. május 3.", DayFirst, "2022-05-03", news.ToDay},
		{"03 मई 2022", DayFirst, "2022-05-03", news.ToDay},
		{"০৩ মে ২০২২, ১৮:০৫", DayFirst, "2022-05-03T18:05:00", news.ToMinute},
		{"3 במאי 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3 Μαΐου 2022, 6:05 μ.μ.", DayFirst, "2022-05-03T18:05:00", news.ToMinute},
		{"3. maj 2022 kl. 14.30", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"10. marraskuuta 2022 klo 14.30", DayFirst, "2022-11-10T14:30:00", news.ToMinute},
		{"3 květen 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3 травня 2022, 14:30", DayFirst, "2022-05-03T14:30:00", news.ToMinute},
		{"3 мај 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3 მაისი 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3 Mei 2022", DayFirst, "2022-05-03", news.ToDay},
		{"3 maí 2022", DayFirst, "2022-05-03", news.ToDay},
		{"၃ မေ ၂၀၂၂", DayFirst, "2022-05-03", news.ToDay},
		{"Mayo 3, 2022", DayFirst, "2022-05-03", news.ToDay},
		{"5:05 PM EDT, Mon May 3, 2022", DayFirst, "2022-05-03T17:05:00-04:00", news.ToMinute},
		{"17.05 | 3.5.2022", DayFirst, "2022-05-03T17:05:00", news.ToMinute},
		{"2022/5/3(火) 17:05", DayFirst, "2022-05-03T17:05:00", news.ToMinute},
		{"2022年5月3日 17時5分", DayFirst, "2022-05-03T17:05:00", news.ToMinute},
		{"2022年5月3日下午5点05分", DayFirst, "2022-05-03T17:05:00", news.ToMinute},
		{"2022. 5. 3. 오후 5:05", DayFirst, "2022-05-03T17:05:00", news.ToMinute},
		{"Tue May 03 2022 17:05:00 GMT+0200 (CEST)", DayFirst, "2022-05-03T17:05:00+02:00", news.ToSecond},
		{"/Date(1651572930000)/", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"1651572930.25", DayFirst, "2022-05-03T10:15:30Z", news.ToSecond},
		{"20220503101530", DayFirst, "2022-05-03T10:15:30", news.ToSecond},
		{"202205031015", DayFirst, "2022-05-03T10:15:00", news.ToMinute},
		{"Thứ ba, 3/5/2022, 17:05 (GMT+7)", DayFirst, "2022-05-03T17:05:00+07:00", news.ToMinute},
		{"model 5 Pro 2020", DayFirst, "", ""},
		{"version 3.5.20", DayFirst, "2020-05-03", news.ToDay},
		{"a-65897191", DayFirst, "", ""},
		{"", DayFirst, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			m, ok := Parse(tt.text, tt.order)
			got := ""
			if ok {
				got = m.Value()
			}
			if got != tt.want || m.Precision != tt.prec {
				t.Errorf("got %q to the %s, want %q to the %s", got, m.Precision, tt.want, tt.prec)
			}
		})
	}
}

func TestAgo(t *testing.T) {
	fetched := time.Date(2026, 3, 14, 16, 20, 0, 0, time.UTC)
	tests := []struct{ text, want string }{
		{"3 hours ago", "2026-03-14"},
		{"vor 20 Stunden", "2026-03-13"},
		{"il y a 2 jours", "2026-03-12"},
		{"hace 3 días", "2026-03-11"},
		{"2 dni temu", "2026-03-12"},
		{"3日前", "2026-03-11"},
		{"2시간 전", "2026-03-14"},
		{"قبل 2 يوم", "2026-03-12"},
		{"3 ชั่วโมงที่ผ่านมา", "2026-03-14"},
		{"gestern, 14:30 Uhr", "2026-03-13T14:30:00"},
		{"Today at 9:05 am", "2026-03-14T09:05:00"},
		{"Yesterday", "2026-03-13"},
		{"vor 5 Std.", "2026-03-14"},
		{"5h ago", "2026-03-14"},
		{"an hour ago", "2026-03-14"},
		{"a day ago", "2026-03-13"},
		{"vor einem Tag", "2026-03-13"},
		{"vor zwei Tagen", ""}, // numbers in words are left alone
		{"1 week ago", ""},     // which day of it is not told
		{"vor einer Stunde", "2026-03-14"},
		{"il y a une heure", "2026-03-14"},
		{"час назад", "2026-03-14"},
		{"bir gün önce", "2026-03-13"},
		{"A day to remember", ""},
		{"the day before", ""},
		{"há 5 horas", "2026-03-14"},
		{"5 ore fa", "2026-03-14"},
		{"2 giorni fa", "2026-03-12"},
		{"2 dagen geleden", "2026-03-12"},
		{"för 2 dagar sedan", "2026-03-12"},
		{"for 2 dager siden", "2026-03-12"},
		{"2 päivää sitten", "2026-03-12"},
		{"před 2 dny", "2026-03-12"},
		{"pred 2 dňami", "2026-03-12"},
		{"prije 2 dana", "2026-03-12"},
		{"пре 2 дана", "2026-03-12"},
		{"преди 2 дни", "2026-03-12"},
		{"2 дня назад", "2026-03-12"},
		{"2 дні тому", "2026-03-12"},
		{"2 napja", "2026-03-12"},
		{"acum 2 zile", "2026-03-12"},
		{"πριν 2 ημέρες", "2026-03-12"},
		{"2 gün önce", "2026-03-12"},
		{"2 hari yang lalu", "2026-03-12"},
		{"2 ngày trước", "2026-03-12"},
		{"2 วันที่แล้ว", "2026-03-12"},
		{"2일 전", "2026-03-12"},
		{"2天前", "2026-03-12"},
		{"منذ 2 أيام", "2026-03-12"},
		{"۲ روز پیش", "2026-03-12"},
		{"לפני 2 ימים", "2026-03-12"},
		{"2 दिन पहले", "2026-03-12"},
		{"২ দিন আগে", "2026-03-12"},
		{"2 päeva tagasi", "2026-03-12"},
		{"prieš 2 dienas", "2026-03-12"},
		{"pirms 2 dienām", "2026-03-12"},
		{"3 months ago", ""}, // no day can be told
		{"5 min read", ""},
		{"Yesterday all my troubles", ""},
		{"3 hours", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := ""
			if m, ok := Ago(tt.text, fetched); ok {
				got = m.Value()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if _, ok := Ago(tt.text, time.Time{}); ok {
				t.Error("read without a time of fetch")
			}
		})
	}
}

func TestInURL(t *testing.T) {
	tests := []struct{ url, want string }{
		{"https://news.example/2022/05/03/rain", "2022-05-03"},
		{"https://news.example/2022/may/3/rain", "2022-05-03"},
		{"https://news.example/rain-2022-05-03.html", "2022-05-03"},
		{"https://news.example/20220503-rain", "2022-05-03"},
		{"https://news.example/n1/2022/0503/c1001.html", "2022-05-03"},
		{"https://news.example/2022-05/03/content_12.htm", "2022-05-03"},
		{"https://news.example/202205/03/rain", "2022-05-03"},
		{"https://news.example/local/t20220503_77.html", "2022-05-03"},
		{"https://news.example/rain-17-11-2022", "2022-11-17"},
		{"https://news.example/2022/11/17-rain", "2022-11-17"},
		{"https://news.example/1401/08/26/rain", "2022-11-17"}, // Solar Hijri
		{"https://news.example/rain-03-05-2022", ""},           // of May or of March
		{"https://news.example/uploads/2016/05/rain.html", ""},
		{"https://news.example/2022/05/30000-homes", ""},
		{"https://news.example/2022/1234-rain", ""},
		{"https://news.example/id/2022050312345", ""},
		{"https://news.example/a-65897191", ""},
		{"https://news.example/2022/rain", ""},
		{"https://news.example/?date=2022-05-03", ""}, // what the reader asked for
	}
	for _, tt := range tests {
		t.Run(tt.url, func(t *testing.T) {
			got := ""
			if m, ok := InURL(tt.url); ok {
				got = m.Value()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzParse states that a date that is read exists and is read again from
// what is written of it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"May 3, 2022 10:15 pm EST", "2022-05-03T10:15:30+02:00", "3. Mai 2022", "2022年5月3日", "31/12/1999 24:00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := Parse(text, DayFirst)
		if !ok {
			return
		}
		if !m.real() {
			t.Fatalf("%q: no such moment: %+v", text, m)
		}
		again, ok := Parse(m.Value(), DayFirst)
		if !ok || again.Value() != m.Value() && m.Second < 60 {
			t.Fatalf("%q: wrote %q, read %q", text, m.Value(), again.Value())
		}
	})
}
