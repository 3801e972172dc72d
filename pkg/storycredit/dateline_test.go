package storycredit

import (
	"testing"

	"github.com/copydesk/copydesk/pkg/byline"
)

func TestDateline(t *testing.T) {
	tests := []struct{ lang, text, place, agency string }{
		{"en", "EASTMOOR (AP) — The council voted.", "EASTMOOR", "AP"},
		{"en", "COLUMBIA, S.C. (AP) — The council voted.", "COLUMBIA, S.C.", "AP"},
		{"en", "HAVN, March 9 (Reuters) - The ministry closed.", "HAVN", "Reuters"},
		{"en", "LONDON, Jan. 12 (Xinhua) -- The council voted.", "LONDON", "Xinhua"},
		{"en", "EASTMOOR, May 4, 2024 (AFP) - The council voted.", "EASTMOOR", "AFP"},
		{"en", "Eastmoor, Jul 19 (PTI) A road caved in.", "Eastmoor", "PTI"},
		{"en", "NEW DELHI: Shares rose.", "NEW DELHI", ""},
		{"en", "PORT ALDER, Me. — The harbor will be dredged.", "PORT ALDER, Me.", ""},
		{"en", "Dekalb, Ill. — Mike threw.", "Dekalb, Ill.", ""},
		{"en", "EASTMOOR, N.Y. (WXYZ) — The council voted.", "EASTMOOR, N.Y.", ""},
		{"en", "(Reuters) - The ministry closed.", "", "Reuters"},
		{"en", "EASTMOOR, April 5, 2024 /PRNewswire/ -- Harbor Works has closed.", "EASTMOOR", "PR Newswire"},
		{"en", "EASTMOOR--(BUSINESS WIRE)--Harbor Works has closed.", "EASTMOOR", "Business Wire"},
		{"en", "New Delhi: The council has voted.", "New Delhi", ""},
		{"id", "JAKARTA, HARIAN.example - Jembatan ditutup.", "JAKARTA", ""},
		{"id", "Jakarta (ANTARA) - Jembatan ditutup.", "Jakarta", "Antara"},
		{"de", "Birkau, am 3. Mai 2024 – Das Rathaus ist geräumt.", "Birkau", ""},
		{"de", "Birkau (epd). Das Rathaus ist geräumt.", "Birkau", "epd"},
		{"de", "Wien (OTS) - Das Rathaus ist geräumt.", "Wien", ""},
		{"fr", "Valbrune, le 3 mai 2024 – Le pont est fermé.", "Valbrune", ""},
		{"es", "La Habana, 3 may (Prensa Latina) El puente está cerrado.", "La Habana", "Prensa Latina"},
		{"es", "Redacción Deportes, 3 may (EFE).- El puente está cerrado.", "", "EFE"},
		{"ja", "【3月5日 AFP】橋は閉鎖された。", "", "AFP"},
		{"ja", "[東京　5日　ロイター] - 橋は閉鎖された。", "東京", "Reuters"},
		{"zh", "中新网杭州5月3日电 大桥关闭。", "杭州", "CNS"},
		{"zh", "中新网5月3日电 大桥关闭。", "", "CNS"},
		{"de", "Birkau (dpa) - Das Rathaus ist geräumt.", "Birkau", "dpa"},
		{"de", "Birkau (dpa/lby) - Das Rathaus ist geräumt.", "Birkau", "dpa"},
		{"de", "BIRKAU (dpa-AFX) - Das Werk ist geräumt.", "BIRKAU", "dpa-AFX"},
		{"de", "Wien/Birkau – Das Rathaus ist geräumt.", "Wien/Birkau", ""},
		{"de", "Birkau. Das Rathaus ist am Montag geräumt worden.", "Birkau", ""},
		{"de", "Birkau, 27.6.2025 – Das Rathaus ist geräumt.", "Birkau", ""},
		{"fr", "Valbrune (AFP) – Le pont est fermé.", "Valbrune", "AFP"},
		{"fr", "VALBRUNE, 3 octobre (Reuters) - Le pont est fermé.", "VALBRUNE", "Reuters"},
		{"fr", "(VALBRUNE) Le pont est fermé.", "VALBRUNE", ""},
		{"es", "Valdorna, 18 jun (EFE).- El puente está cerrado.", "Valdorna", "EFE"},
		{"es", "MADRID, 11 May. (EUROPA PRESS) - El puente está cerrado.", "MADRID", "Europa Press"},
		{"es", "Valdorna.- El puente está cerrado.", "Valdorna", ""},
		{"es", "VALDORNA, Gto.— El puente está cerrado.", "VALDORNA, Gto.", ""},
		{"pt", "Valdorna, 20 fev 2024 (Lusa) – A ponte está fechada.", "Valdorna", "Lusa"},
		{"it", "(ANSA) - VALBRUNA, 07 AGO - Il ponte è chiuso.", "VALBRUNA", "ANSA"},
		{"it", "Valbruna, 21 ott. (Adnkronos) - Il ponte è chiuso.", "Valbruna", "Adnkronos"},
		{"it", "DAL NOSTRO INVIATO VALBRUNA - Il ponte è chiuso.", "VALBRUNA", ""},
		{"it", "AGI - Il ponte è chiuso.", "", "AGI"},
		{"nl", "WIJKVEEN (ANP) - De brug is dicht.", "WIJKVEEN", "ANP"},
		{"sv", "TALLBY (Nyhetsbyrån Direkt) Bron är stängd.", "TALLBY", "Direkt"},
		{"sv", "TALLBY. Bron är stängd.", "TALLBY", ""},
		{"no", "TALLVIK (Havnebladet): Broen er stengt.", "TALLVIK", ""},
		{"da", "TALLBY: Broen er lukket.", "TALLBY", ""},
		{"da", "Tallby: Broen er lukket.", "Tallby", ""},
		{"pl", "Warszawa, 5 maja (PAP) - Most jest zamknięty.", "Warszawa", "PAP"},
		{"tr", "KOYALTI, (TAK) - Köprü kapatıldı.", "KOYALTI", "TAK"},
		{"tr", "(ANKARA) - Köprü kapatıldı.", "ANKARA", ""},
		{"ru", "ЗАЛИВ, 5 марта. /ТАСС/. Мост закрыт.", "ЗАЛИВ", "TASS"},
		{"ru", "ЗАЛИВ, 19 окт — РИА Новости. Мост закрыт.", "ЗАЛИВ", "RIA Novosti"},
		{"ru", "Залив. 8 сентября. ИНТЕРФАКС — Мост закрыт.", "Залив", "Interfax"},
		{"ru", "16 августа, Залив /Корр. БЕЛТА/. Мост закрыт.", "Залив", "BelTA"},
		{"ar", "تونس 5 مارس آذار (رويترز) - قال مسؤول إن الجسر مغلق.", "تونس", "Reuters"},
		{"ar", "القاهرة (أ ف ب) – أغلق الجسر.", "القاهرة", "AFP"},
		{"ar", "الشارقة في 21 فبراير / وام / أعيد فتح الجسر.", "الشارقة", "WAM"},
		{"ar", "بيروت - رويترز: أغلق الجسر.", "بيروت", "Reuters"},
		{"ar", "عمان - (بترا) - أغلق الجسر.", "عمان", "Petra"},
		{"ar", "الجسر - وهو قديم - أغلق.", "", ""},
		{"ja", "【ジュネーブ時事】橋は閉鎖された。", "ジュネーブ", "Jiji"},
		{"ja", "【ワシントン＝共同】橋は閉鎖された。", "ワシントン", "Kyodo"},
		{"ja", "［東京　３日　ロイター］ - 橋は閉鎖された。", "東京", "Reuters"},
		{"ko", "(해솔=연합뉴스) 홍길동 기자 = 다리가 폐쇄됐다.", "해솔", "Yonhap"},
		{"ko", "[서울=뉴시스] 홍길동 기자 = 다리가 폐쇄됐다.", "서울", "Newsis"},
		{"ko", "[해솔신문 부산=홍길동 기자] 다리가 폐쇄됐다.", "부산", ""},
		{"zh", "新华社杭州5月3日电（记者顾念）大桥关闭。", "杭州", "Xinhua"},
		{"zh", "（中央社記者溫以安高雄19日電）大橋關閉。", "高雄", "CNA"},
		{"zh", "（万象综合讯）大桥关闭。", "万象", ""},

		{"en", "The mayor – who had wanted it – left.", "", ""}, // an insertion
		{"en", "On Monday - a holiday - nobody came.", "", ""},
		{"en", "UPDATE: The council has voted.", "", ""},
		{"en", "COVID-19 cases are rising again.", "", ""},
		{"en", "T-shirts - The latest craze.", "", ""},
		{"de", "Kommentar: Warum das Rathaus fehlt.", "", ""},
		{"de", "Wochenende. Regen. Mist.", "", ""},
		{"de", "DFB-Pokal: Das sagen die Trainer.", "", ""},
		{"de", "Angela Muster (CDU) – Die Ministerin kam zu spät.", "", ""},
		{"fr", "(Photo) Le pont est fermé.", "", ""},
		{"da", "Analyse: Broen er lukket.", "", ""},
		{"ko", "[해솔신문=홍길동 기자] 다리가 폐쇄됐다.", "", ""}, // an outlet
		{"ja", "【速報】橋は閉鎖された。", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			d, _ := Reader{}.Dateline(Story{Language: tt.lang, Outlet: new(byline.Outlet)}, tt.text, false)
			if d.Place != tt.place || d.Agency != tt.agency {
				t.Errorf("got %q, %q; want %q, %q", d.Place, d.Agency, tt.place, tt.agency)
			}
		})
	}
}

func TestPlaceLine(t *testing.T) {
	tests := []struct{ text, place, agency string }{
		{"AFP, MANILA", "MANILA", "AFP"},
		{"Berlin - dpa", "Berlin", "dpa"},
		{"عمّان: «المشرق الجديد»", "عمّان", ""},
		{"الرياض 26 ربيع الأول 1448 هـ الموافق 08 سبتمبر 2026 م واس", "الرياض", "SPA"},
		{"AFP, dpa", "", ""},
		{"© DVX/AdobeStock", "", ""},
		{"Jane Doe, AP", "", ""},
	}
	for _, tt := range tests {
		d, _ := Reader{}.PlaceLine(tt.text)
		if d.Place != tt.place || d.Agency != tt.agency {
			t.Errorf("%q: got %q, %q; want %q, %q", tt.text, d.Place, d.Agency, tt.place, tt.agency)
		}
	}
}
