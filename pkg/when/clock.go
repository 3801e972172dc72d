package when

import (
	"github.com/copydesk/copydesk/pkg/news"
)

// clockAfter reads a time of day that follows a date, with its zone.
func clockAfter(ts []token, i int, m *Moment) (next int) {
	end := i
	// A few words may stand between: "at", "um", "|", "klo", a weekday.
	for skipped := 0; i < len(ts) && skipped < 4; skipped++ {
		if n := clockAt(ts, i, m); n > i {
			return n
		}
		if ts[i].kind == '(' && tokenAt(ts, i+1).kind == 'w' && tokenAt(ts, i+2).kind == ')' {
			i += 3 // the day of the week
			continue
		}
		if ts[i].kind == 'n' || ts[i].kind == ')' || ts[i].kind == 'w' && len(ts[i].word) > 12 {
			break
		}
		i++
	}
	return end
}

// clockBefore reads a time of day that stands just before a date: "10:33 am,
// May 3, 2022", "Tue May 03 10:15:00 2022".
func clockBefore(ts []token, i int, m *Moment) {
	for back := 3; back <= 9 && i-back >= 0; back++ {
		if k := tokenAt(ts, i-back-1).kind; (k == ':' || k == '.') && tokenAt(ts, i-back-2).kind == 'n' {
			continue // these are the minutes
		}
		if n := clockAt(ts, i-back, m); n > i-back {
			return
		}
	}
}

// isHourWord says whether a word stands between hours and minutes in Chinese,
// Japanese or Korean.
func isHourWord(w string) bool {
	switch w {
	case "時", "时", "点", "點", "시":
		return true
	}
	return false
}

func clockAt(ts []token, i int, m *Moment) (next int) {
	t := func(k int) token { return tokenAt(ts, k) }
	if t(i).kind != 'n' || t(i).width > 2 || t(i).n > 24 {
		if t(i).kind == 'n' && t(i).width == 6 && i > 0 && ts[i-1].word == "t" { // T101500
			m.Hour, m.Minute, m.Second, m.Precision = t(i).n/10000, t(i).n/100%100, t(i).n%100, news.ToSecond
			return zoneAt(ts, i+1, m)
		}
		return i
	}
	hour, k := t(i).n, i+1
	switch {
	case (t(k).kind == ':' || t(k).kind == '：' || t(k).kind == '.' || t(k).word == "h" || isHourWord(t(k).word)) &&
		t(k+1).kind == 'n' && (t(k+1).width == 2 || t(k+1).width == 1 && isHourWord(t(k).word)) && t(k+1).n < 60 && (t(k).start == t(i).end || t(k).word == "h"):
		if t(k).kind == '.' && t(k+2).kind == '.' {
			return i
		}
		m.Hour, m.Minute, m.Precision = hour, t(k+1).n, news.ToMinute
		k += 2
		if t(k).kind == ':' && t(k+1).kind == 'n' && t(k+1).width == 2 {
			m.Second, m.Precision = t(k+1).n, news.ToSecond
			k += 2
			if (t(k).kind == '.' || t(k).kind == ',') && t(k+1).kind == 'n' && t(k).end == t(k+1).start {
				k += 2
			}
		}
	case hour <= 12 && halfAfter(ts, k) != (half{}):
		m.Hour, m.Minute, m.Precision = hour, 0, news.ToMinute
	default:
		return i
	}
	h := halfAfter(ts, k)
	k += h.width
	if h.name == 0 {
		h.name = halfBefore(ts, i)
	}
	switch {
	case h.name == 'p' && m.Hour < 12:
		m.Hour += 12
	case h.name == 'a' && m.Hour == 12:
		m.Hour = 0
	}
	if w := t(k).word; w == "uhr" || w == "h" || w == "hrs" || w == "分" || w == "분" || w == "น" || w == "ч" {
		k++
		if t(k).kind == '.' {
			k++
		}
	}
	return zoneAt(ts, k, m)
}

// half is a half of the day, 'a' or 'p', and how many tokens say so.
type half struct {
	name  byte
	width int
}

// halfAfter reads what stands behind a time: am, pm, a.m., p. m., μ.μ., مساءً.
func halfAfter(ts []token, k int) half {
	t := tokenAt(ts, k)
	switch t.word {
	case "am", "πμ", "صباحا", "صباحاً", "ص", "sa":
		return half{'a', 1}
	case "pm", "μμ", "مساء", "مساءً", "م", "ch":
		return half{'p', 1}
	case "a", "p", "π", "μ":
		if last := tokenAt(ts, k+2).word; tokenAt(ts, k+1).kind == '.' && (last == "m" || last == "μ") {
			h := half{'a', 3}
			if t.word == "p" || t.word == "μ" {
				h.name = 'p'
			}
			if tokenAt(ts, k+3).kind == '.' {
				h.width++
			}
			return h
		}
	}
	return half{}
}

// halfBefore reads what stands before a time: 오후, 午後, 下午.
func halfBefore(ts []token, k int) byte {
	switch tokenAt(ts, k-2).word + tokenAt(ts, k-1).word {
	case "오전", "午前", "上午", "早上", "凌晨":
		return 'a'
	case "오후", "午後", "下午", "晚上":
		return 'p'
	}
	return 0
}

// zoneAt reads a zone: Z, GMT, +02:00, GMT+2, (CEST).
func zoneAt(ts []token, k int, m *Moment) (next int) {
	at := k
	if at < len(ts) && ts[at].kind == '(' {
		at++
	}
	if at < len(ts) && ts[at].kind == 'w' {
		if minutes, ok := zones[ts[at].word]; ok {
			m.Zoned, m.Offset = true, minutes*60
			at++
			if n := offsetAt(ts, at, m); n > at {
				at = n
			}
			return at
		}
		return k
	}
	return max(k, offsetAt(ts, k, m))
}

func offsetAt(ts []token, k int, m *Moment) (next int) {
	if k+1 >= len(ts) || ts[k].kind != '+' && ts[k].kind != '-' || ts[k+1].kind != 'n' || ts[k].end != ts[k+1].start {
		return k
	}
	hours, minutes, next := ts[k+1].n, 0, k+2
	switch {
	case ts[k+1].width == 4:
		hours, minutes = hours/100, hours%100
	case ts[k+1].width <= 2 && k+3 < len(ts) && ts[k+2].kind == ':' && ts[k+3].width == 2:
		minutes, next = ts[k+3].n, k+4
	case ts[k+1].width > 2:
		return k
	}
	if hours > 14 || minutes > 59 {
		return k
	}
	m.Zoned, m.Offset = true, hours*3600+minutes*60
	if ts[k].kind == '-' {
		m.Offset = -m.Offset
	}
	return next
}
