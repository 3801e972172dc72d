package when

import "time"

// The calendars that news dates its pages by, beside the one of everybody. Their
// years cannot be mistaken: none of them overlaps with the years of the web in
// another.

// thaiAhead is how far the Buddhist era of Thailand is ahead.
const thaiAhead = 543

// eras are the Japanese eras of the web's years and the calendar of Taiwan, with
// the year before their first.
var eras = map[string]int{"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}

// isPersianYear says whether a year is one of the Solar Hijri calendar: 1370 to
// 1429 are 1991 to 2050, while those of the lunar one are past or not yet.
func isPersianYear(year int) bool { return year >= 1370 && year < 1430 }

// fromPersian turns a date of the Solar Hijri calendar into ours. Leap years
// follow the cycle of 33 years, which is right until 2050 and beyond.
func fromPersian(year, month, day int) (Moment, bool) {
	longest := 30
	if month <= 6 {
		longest = 31
	}
	if month < 1 || month > 12 || day < 1 || day > longest {
		return Moment{}, false
	}
	// 1 Farvardin 1400 was 21 March 2021.
	t := time.Date(2021, time.March, 21, 0, 0, 0, 0, time.UTC).AddDate(0, 0, persianDays(year, month, day)-persianDays(1400, 1, 1))
	return Moment{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, true
}

func persianDays(year, month, day int) int {
	year += 1595
	days := 365*year + year/33*8 + (year%33+3)/4 + day
	if month <= 7 {
		return days + (month-1)*31
	}
	return days + 6*31 + (month-7)*30
}

// yearIn is the year as everybody counts it, of a date whose month was named:
// one of the Buddhist era, also with two digits where Thais named the month.
func yearIn(t token, thai bool) (int, bool) {
	switch {
	case t.kind != 'n':
		return 0, false
	case t.width == 4 && t.n > 2500:
		return t.n - thaiAhead, true
	case t.width == 4:
		return t.n, true
	case t.width == 2 && thai && t.n >= 40:
		return 2500 + t.n - thaiAhead, true
	}
	return 0, false
}

// zones holds the zone names that dates are printed with, in minutes east of
// Greenwich. Names that mean two offsets by season ("ET") are no zones here.
var zones = map[string]int{
	"z": 0, "gmt": 0, "utc": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180,
	"msk": 180, "мск": 180, "sast": 120, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"ist": 330, "pkt": 300, "wib": 420, "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}
