package when

import "testing"

// TestLanguages holds dates as they are printed in the languages that news is
// read in: all are of 3 May 2022 or 17 November 2022.
func TestLanguages(t *testing.T) {
	const may, november = "2022-05-03", "2022-11-17"
	tests := []struct{ language, text, want string }{
		{"Afrikaans", "Dinsdag 3 Mei 2022", may},
		{"Albanian", "3 maj 2022", may},
		{"Albanian", "E enjte, 17 Nëntor 2022", november},
		{"Arabic", "الثلاثاء 3 مايو 2022", may},
		{"Arabic", "17 نوفمبر 2022", november},
		{"Arabic", "الخميس، ١٧ تشرين الثاني ٢٠٢٢", november},
		{"Arabic", "الثلاثاء 2 شوال 1443هـ - 3 مايو 2022م", may},
		{"Armenian", "3 մայիսի, 2022", may},
		{"Armenian", "17 նոյեմբերի 2022", november},
		{"Azerbaijani", "3 may 2022", may},
		{"Azerbaijani", "17 noyabr 2022", november},
		{"Basque", "2022ko maiatzaren 3a", may},
		{"Basque", "2022ko azaroaren 17a", november},
		{"Belarusian", "3 мая 2022", may},
		{"Belarusian", "17 лістапада 2022", november},
		{"Bengali", "১৭ নভেম্বর ২০২২", november},
		{"Bosnian", "17. novembar 2022.", november},
		{"Bulgarian", "17 ноември 2022", november},
		{"Burmese", "၁၇ နိုဝင်ဘာ ၂၀၂၂", november},
		{"Catalan", "17 de novembre de 2022", november},
		{"Catalan", "3 de maig del 2022", may},
		{"Chinese", "2022年11月17日 星期四", november},
		{"Croatian", "17. studenoga 2022.", november},
		{"Croatian", "17. listopada 2022.", "2022-10-17"}, // Polish writes no stop behind the day
		{"Croatian", "3. svibnja 2022.", may},
		{"Czech", "17. listopadu 2022", november},
		{"Danish", "17. november 2022", november},
		{"Dutch", "donderdag 17 november 2022", november},
		{"English", "November 17th, 2022", november},
		{"Estonian", "17. november 2022", november},
		{"Estonian", "3. mai 2022", may},
		{"Filipino", "Nobyembre 17, 2022", november},
		{"Finnish", "17. marraskuuta 2022", november},
		{"French", "jeudi 17 novembre 2022", november},
		{"French", "Publié le 1er mai 2022", "2022-05-01"},
		{"Galician", "17 de novembro de 2022", november},
		{"Georgian", "17 ნოემბერი, 2022", november},
		{"German", "Donnerstag, 17. November 2022", november},
		{"Greek", "Πέμπτη 17 Νοεμβρίου 2022", november},
		{"Greek", "17/11/2022", november},
		{"Gujarati", "17 નવેમ્બર 2022", november},
		{"Hebrew", "17 בנובמבר 2022", november},
		{"Hebrew", "יום חמישי, 17 נובמבר 2022", november},
		{"Hindi", "17 नवंबर 2022", november},
		{"Hindi", "17 नवम्बर 2022", november},
		{"Hungarian", "2022. november 17., csütörtök", november},
		{"Icelandic", "17. nóvember 2022", november},
		{"Indonesian", "Kamis, 17 November 2022", november},
		{"Indonesian", "Selasa, 17 Agustus 2021", "2021-08-17"},
		{"Italian", "giovedì 17 novembre 2022", november},
		{"Japanese", "2022年11月17日(木)", november},
		{"Japanese", "令和4年11月17日", november},
		{"Kannada", "17 ನವೆಂಬರ್ 2022", november},
		{"Kazakh", "2022 жылғы 17 қараша", november},
		{"Kazakh", "17 қараша 2022", november},
		{"Khmer", "17 វិច្ឆិកា 2022", november},
		{"Korean", "2022년 11월 17일", november},
		{"Korean", "2022.11.17.", november},
		{"Kyrgyz", "17-ноябрь, 2022", november},
		{"Lao", "17 ພະຈິກ 2022", november},
		{"Latvian", "2022. gada 17. novembris", november},
		{"Latvian", "17. novembris, 2022", november},
		{"Lithuanian", "2022 m. lapkričio 17 d.", november},
		{"Macedonian", "17 ноември 2022", november},
		{"Macedonian", "3 мај 2022", may},
		{"Malay", "17 November 2022", november},
		{"Malay", "3 Ogos 2022", "2022-08-03"},
		{"Malayalam", "17 നവംബർ 2022", november},
		{"Marathi", "17 नोव्हेंबर 2022", november},
		{"Mongolian", "2022 оны 11 сарын 17", november},
		{"Norwegian", "17. november 2022", november},
		{"Persian", "۲۶ آبان ۱۴۰۱", november},
		{"Persian", "1401/08/26", november},
		{"Polish", "17 listopada 2022", november},
		{"Portuguese", "17 de novembro de 2022", november},
		{"Punjabi", "17 ਨਵੰਬਰ 2022", november},
		{"Romanian", "17 noiembrie 2022", november},
		{"Russian", "17 ноября 2022", november},
		{"Serbian", "17. новембар 2022.", november},
		{"Serbian", "17. novembra 2022.", november},
		{"Sinhala", "2022 නොවැම්බර් 17", november},
		{"Slovak", "17. novembra 2022", november},
		{"Slovene", "17. november 2022", november},
		{"Spanish", "jueves, 17 de noviembre de 2022", november},
		{"Spanish", "17 nov. 2022", november},
		{"Swahili", "17 Novemba 2022", november},
		{"Swedish", "17 november 2022", november},
		{"Tamil", "17 நவம்பர் 2022", november},
		{"Telugu", "17 నవంబర్ 2022", november},
		{"Thai", "17 พฤศจิกายน 2565", november},
		{"Thai", "17 พ.ย. 2565", november},
		{"Thai", "วันพฤหัสบดีที่ 17 พฤศจิกายน พ.ศ. 2565", november},
		{"Turkish", "17 Kasım 2022", november},
		{"Turkish", "3 Mayıs 2022 Salı", may},
		{"Ukrainian", "17 листопада 2022", november},
		{"Urdu", "17 نومبر 2022", november},
		{"Urdu", "۱۷ نومبر ۲۰۲۲", november},
		{"Uzbek", "17 noyabr 2022", november},
		{"Vietnamese", "17 tháng 11, 2022", november},
		{"Vietnamese", "Thứ Năm, 17/11/2022", november},
		{"Welsh", "17 Tachwedd 2022", november},
	}
	languages := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.language+" "+tt.text, func(t *testing.T) {
			m, ok := Parse(tt.text, DayFirst)
			got := ""
			if ok {
				got = m.Value()
			}
			if got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
		languages[tt.language] = true
	}
	if least := 30; len(languages) < least {
		t.Errorf("%d languages, want %d", len(languages), least)
	}
}
