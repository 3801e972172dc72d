package photocredit

import (
	"strings"
	"testing"
)

// TestCaptionForms holds how the printed forms of many countries are taken
// apart: caption, label, credit, who took the picture, who supplied it.
func TestCaptionForms(t *testing.T) {
	tests := []struct{ line, caption, label, credit, creators, orgs string }{
		// English
		{"A ferry leaves the harbour. Photo: Idris Halvorsen/AFP", "A ferry leaves the harbour.", "Photo", "Idris Halvorsen/AFP", "Idris Halvorsen", "AFP"},
		{"A ferry leaves the harbour (Photo by Idris Halvorsen/Getty Images)", "A ferry leaves the harbour", "Photo by", "Idris Halvorsen/Getty Images", "Idris Halvorsen", "Getty Images"},
		{"A ferry leaves the harbour. Photograph: Idris Halvorsen/The Quay", "A ferry leaves the harbour.", "Photograph", "Idris Halvorsen/The Quay", "Idris Halvorsen", "The Quay"},
		{"A ferry leaves the harbour. (AP Photo/Idris Halvorsen, File)", "A ferry leaves the harbour.", "", "AP Photo/Idris Halvorsen, File", "Idris Halvorsen", "AP"},
		{"FILE - A ferry leaves the harbour in Norland, Jan. 3, 2025. (AP Photo/Idris Halvorsen)", "FILE - A ferry leaves the harbour in Norland, Jan. 3, 2025.", "", "AP Photo/Idris Halvorsen", "Idris Halvorsen", "AP"},
		{"A ferry leaves the harbour. Idris Halvorsen/AFP via Getty Images", "A ferry leaves the harbour.", "", "Idris Halvorsen/AFP via Getty Images", "Idris Halvorsen", "AFP; Getty Images"},
		{"A ferry leaves the harbour | Idris Halvorsen/Reuters", "A ferry leaves the harbour", "", "Idris Halvorsen/Reuters", "Idris Halvorsen", "Reuters"},
		{"A ferry leaves the harbour REUTERS/Idris Halvorsen", "A ferry leaves the harbour", "", "REUTERS/Idris Halvorsen", "Idris Halvorsen", "Reuters"},
		{"A ferry leaves the harbour © Idris Halvorsen/EPA", "A ferry leaves the harbour", "©", "Idris Halvorsen/EPA", "Idris Halvorsen", "EPA"},
		{"A ferry leaves the harbour - Copyright AP Photo/Idris Halvorsen", "A ferry leaves the harbour", "Copyright", "AP Photo/Idris Halvorsen", "Idris Halvorsen", "AP"},
		{"A ferry leaves the harbour. Image source: Harbour Museum", "A ferry leaves the harbour.", "Image source", "Harbour Museum", "", "Harbour Museum"},
		{"A ferry leaves the harbour. (Image credit: Future Media/Idris Halvorsen)", "A ferry leaves the harbour.", "Image credit", "Future Media/Idris Halvorsen", "Idris Halvorsen", "Future Media"},
		{"A ferry leaves the harbour. (Supplied: Norland Ferry Company)", "A ferry leaves the harbour.", "Supplied", "Norland Ferry Company", "", "Norland Ferry Company"},
		{"A ferry leaves the harbour. Photo courtesy of Norland Police Department", "A ferry leaves the harbour.", "Photo courtesy of", "Norland Police Department", "", "Norland Police Department"},
		{"A ferry leaves the harbour. [Idris Halvorsen/Reuters]", "A ferry leaves the harbour.", "", "Idris Halvorsen/Reuters", "Idris Halvorsen", "Reuters"},
		{"A ferry leaves the harbour. PHOTO: IDRIS HALVORSEN", "A ferry leaves the harbour.", "PHOTO", "IDRIS HALVORSEN", "IDRIS HALVORSEN", ""},
		{"File photo: a ferry leaves the harbour. Photo: Idris Halvorsen/AP", "File photo: a ferry leaves the harbour.", "Photo", "Idris Halvorsen/AP", "Idris Halvorsen", "AP"},
		{"Photo: Idris Halvorsen", "", "Photo", "Idris Halvorsen", "Idris Halvorsen", ""},
		{"Photo: Idris Halvorsen/AFP | A ferry leaves the harbour", "A ferry leaves the harbour", "Photo", "Idris Halvorsen/AFP", "Idris Halvorsen", "AFP"},
		{"Idris Halvorsen/AFP/Getty Images", "", "", "Idris Halvorsen/AFP/Getty Images", "Idris Halvorsen", "AFP; Getty Images"},
		{"(Idris Halvorsen/Harbour Post)", "", "", "Idris Halvorsen/Harbour Post", "Idris Halvorsen", "Harbour Post"},
		{"Getty Images", "", "", "Getty Images", "", "Getty Images"},
		{"Illustration by Idris Halvorsen; Getty Images", "", "Illustration by", "Idris Halvorsen; Getty Images", "Idris Halvorsen", "Getty Images"},
		{"On this photo: Mayor Ida Brandt", "On this photo: Mayor Ida Brandt", "", "", "", ""},
		{"Ida Brandt (left) and Olav Lunde (right)", "Ida Brandt (left) and Olav Lunde (right)", "", "", "", ""},
		{"Ida Brandt, the mayor of Harbour (Norland)", "Ida Brandt, the mayor of Harbour (Norland)", "", "", "", ""},
		{"The mayor said: we shall see", "The mayor said: we shall see", "", "", "", ""},
		{"Image: A ferry leaves the harbour", "Image: A ferry leaves the harbour", "", "", "", ""},
		{"A ferry leaves the harbour. Credit...Idris Halvorsen for The Quay", "A ferry leaves the harbour.", "Credit", "Idris Halvorsen for The Quay", "Idris Halvorsen", "The Quay"},
		{"A ferry / Photo by Idris Halvorsen on Unsplash", "A ferry", "Photo by", "Idris Halvorsen on Unsplash", "Idris Halvorsen", "Unsplash"},
		{"Ida Brandt, president of Norland / AFP", "Ida Brandt, president of Norland", "", "AFP", "", "AFP"},
		{"A ferry. Photo: Idris Halvorsen CC BY-SA 4.0", "A ferry.", "Photo", "Idris Halvorsen CC BY-SA 4.0", "Idris Halvorsen", ""},
		{"A ferry. Image: Supplied Image", "A ferry.", "Image", "Supplied Image", "", ""},
		{"A ferry. Photo: Getty Images North America / Idris Halvorsen", "A ferry.", "Photo", "Getty Images North America / Idris Halvorsen", "Idris Halvorsen", "Getty Images"},
		{"A ferry. Photo: Carl Court/Getty Images", "A ferry.", "Photo", "Carl Court/Getty Images", "Carl Court", "Getty Images"},
		{"A ferry. Photo: Norland District Court", "A ferry.", "Photo", "Norland District Court", "", "Norland District Court"},
		{"A ferry. Photo: Idris Halvorsen/Pixabay", "A ferry.", "Photo", "Idris Halvorsen/Pixabay", "Idris Halvorsen", "Pixabay"},
		{"A ferry leaves the harbour. (Idris Anders Halvorsen)", "A ferry leaves the harbour.", "", "Idris Anders Halvorsen", "Idris Anders Halvorsen", ""},
		{"A ferry leaves the harbour. Idris Halvorsen / The Harbour Post", "A ferry leaves the harbour.", "", "Idris Halvorsen / The Harbour Post", "Idris Halvorsen", "The Harbour Post"},
		{"A ferry leaves the harbour. (Idris Halvorsen for The Harbour Post)", "A ferry leaves the harbour.", "", "Idris Halvorsen for The Harbour Post", "Idris Halvorsen", "The Harbour Post"},
		{"Ferry - AFP", "Ferry", "", "AFP", "", "AFP"},
		{"Ferry - Harbour", "Ferry - Harbour", "", "", "", ""},
		{"Ferry tickets: adult/child", "Ferry tickets: adult/child", "", "", "", ""},
		{"Handout", "", "", "Handout", "", ""},
		{"Photo and styling: Idris Halvorsen", "", "Photo and styling", "Idris Halvorsen", "Idris Halvorsen", ""},
		{"Harbour/Photo: Idris Halvorsen", "Harbour", "Photo", "Idris Halvorsen", "Idris Halvorsen", ""},
		// German
		{"Ein Boot am Kai. Foto: Heike Sommer/dpa", "Ein Boot am Kai.", "Foto", "Heike Sommer/dpa", "Heike Sommer", "dpa"},
		{"Ein Boot am Kai. (Bild: Heike Sommer)", "Ein Boot am Kai.", "Bild", "Heike Sommer", "Heike Sommer", ""},
		{"Ein Boot am Kai. Quelle: picture alliance/dpa | Heike Sommer", "Ein Boot am Kai.", "Quelle", "picture alliance/dpa | Heike Sommer", "Heike Sommer", "picture alliance; dpa"},
		{"Ein Boot am Kai (Symbolbild). Bildrechte: NDS/Heike Sommer", "Ein Boot am Kai (Symbolbild).", "Bildrechte", "NDS/Heike Sommer", "Heike Sommer", "NDS"},
		{"Ein Boot am Kai – Foto: IMAGO / Heike Sommer", "Ein Boot am Kai", "Foto", "IMAGO / Heike Sommer", "Heike Sommer", "IMAGO"},
		{"Ein Boot am Kai. © Hafenpolizei/dpa", "Ein Boot am Kai.", "©", "Hafenpolizei/dpa", "", "Hafenpolizei; dpa"},
		{"Ein Boot am Kai. Archivfoto: Heike Sommer", "Ein Boot am Kai.", "Archivfoto", "Heike Sommer", "Heike Sommer", ""},
		{"Ein Boot am Kai. Foto: privat", "Ein Boot am Kai.", "Foto", "privat", "", ""},
		{"Im Bild: Bürgermeisterin Ida Brandt", "Im Bild: Bürgermeisterin Ida Brandt", "", "", "", ""},
		{"Ein Boot am Kai (Archivbild)", "Ein Boot am Kai (Archivbild)", "", "", "", ""},
		{"Ein Boot am Kai. Foto © Heike Sommer", "Ein Boot am Kai.", "Foto", "Heike Sommer", "Heike Sommer", ""},
		// French
		{"Un bateau à quai. Photo : Inès Valmont / AFP", "Un bateau à quai.", "Photo", "Inès Valmont / AFP", "Inès Valmont", "AFP"},
		{"Un bateau à quai. (Photo Inès Valmont/AFP)", "Un bateau à quai.", "Photo", "Inès Valmont/AFP", "Inès Valmont", "AFP"},
		{"Un bateau à quai. Crédit photo : Inès Valmont", "Un bateau à quai.", "Crédit photo", "Inès Valmont", "Inès Valmont", ""},
		{"Un bateau à quai. © Inès Valmont, AFP", "Un bateau à quai.", "©", "Inès Valmont, AFP", "Inès Valmont", "AFP"},
		{"Un bateau à quai. INÈS VALMONT / AFP", "Un bateau à quai.", "", "INÈS VALMONT / AFP", "INÈS VALMONT", "AFP"},
		{"Sur la photo : Inès Valmont", "Sur la photo : Inès Valmont", "", "", "", ""},
		// Spanish
		{"Un barco en el muelle. Foto: Inés Valverde / EFE", "Un barco en el muelle.", "Foto", "Inés Valverde / EFE", "Inés Valverde", "EFE"},
		{"Un barco en el muelle/ Foto Inés Valverde Ruiz", "Un barco en el muelle", "Foto", "Inés Valverde Ruiz", "Inés Valverde Ruiz", ""},
		{"Imagen ilustrativa: Inés Valverde", "", "Imagen ilustrativa", "Inés Valverde", "Inés Valverde", ""},
		{"Un barco en el muelle. Inés Valverde (EFE)", "Un barco en el muelle.", "", "Inés Valverde (EFE)", "Inés Valverde", "EFE"},
		{"Un barco en el muelle. Fuente: Ministerio de Puertos", "Un barco en el muelle.", "Fuente", "Ministerio de Puertos", "", "Ministerio de Puertos"},
		{"Un barco en el muelle. Crédito: Inés Valverde/Puerto Noticias", "Un barco en el muelle.", "Crédito", "Inés Valverde/Puerto Noticias", "Inés Valverde", "Puerto Noticias"},
		// Portuguese
		{"Um barco no cais — Foto: Reprodução/TV Porto", "Um barco no cais", "Foto", "Reprodução/TV Porto", "", "TV Porto"},
		{"Um barco no cais (Imagem: Inês Valente/Folhapress)", "Um barco no cais", "Imagem", "Inês Valente/Folhapress", "Inês Valente", "Folhapress"},
		// Italian
		{"Una barca al molo (foto Ines Valmonti)", "Una barca al molo", "foto", "Ines Valmonti", "Ines Valmonti", ""},
		{"Nella foto: Ines Valmonti", "Nella foto: Ines Valmonti", "", "", "", ""},
		// Dutch
		{"Een boot aan de kade. Beeld Ineke Walraven", "Een boot aan de kade.", "Beeld", "Ineke Walraven", "Ineke Walraven", ""},
		{"Een boot aan de kade. © ANP / Ineke Walraven", "Een boot aan de kade.", "©", "ANP / Ineke Walraven", "Ineke Walraven", "ANP"},
		// Polish, Czech, Hungarian, Romanian, Greek
		{"Łódź przy nabrzeżu. Fot. Ida Brzozowska / PAP", "Łódź przy nabrzeżu.", "Fot.", "Ida Brzozowska / PAP", "Ida Brzozowska", "PAP"},
		{"Łódź przy nabrzeżu (fot. Ida Brzozowska)", "Łódź przy nabrzeżu", "fot.", "Ida Brzozowska", "Ida Brzozowska", ""},
		{"Łódź przy nabrzeżu. Zdjęcie: Ida Brzozowska", "Łódź przy nabrzeżu.", "Zdjęcie", "Ida Brzozowska", "Ida Brzozowska", ""},
		{"Łódź / autor: Pixabay", "Łódź", "autor", "Pixabay", "", "Pixabay"},
		{"Na zdjęciu: Ida Brzozowska", "Na zdjęciu: Ida Brzozowska", "", "", "", ""},
		{"Loď u mola. Foto: Ida Březinová, ČTK", "Loď u mola.", "Foto", "Ida Březinová, ČTK", "Ida Březinová", "CTK"},
		{"Loď u mola | Zdroj: ČTK", "Loď u mola", "Zdroj", "ČTK", "", "CTK"},
		{"Hajó a mólónál. Fotó: Halász Ida / MTI", "Hajó a mólónál.", "Fotó", "Halász Ida / MTI", "Halász Ida", "MTI"},
		{"O barcă la chei. Sursa foto: Agerpres", "O barcă la chei.", "Sursa foto", "Agerpres", "", "Agerpres"},
		{"Ένα καράβι στο λιμάνι. Φωτογραφία: Ίντα Μαρή", "Ένα καράβι στο λιμάνι.", "Φωτογραφία", "Ίντα Μαρή", "Ίντα Μαρή", ""},
		// Nordic
		{"En båt vid kajen. Foto: Ida Lundmark/TT", "En båt vid kajen.", "Foto", "Ida Lundmark/TT", "Ida Lundmark", "TT"},
		{"En båt ved kaien. ARKIVFOTO: Ida Lunde / NTB", "En båt ved kaien.", "ARKIVFOTO", "Ida Lunde / NTB", "Ida Lunde", "NTB"},
		{"Vene laiturissa. Kuva: Ida Laine / Lehtikuva", "Vene laiturissa.", "Kuva", "Ida Laine / Lehtikuva", "Ida Laine", "STT"},
		// Turkish, Russian, Ukrainian
		{"İskelede bir tekne. Fotoğraf: Ida Deniz / AA", "İskelede bir tekne.", "Fotoğraf", "Ida Deniz / AA", "Ida Deniz", "AA"},
		{"Катер у причала. Фото: Ида Лунина / ТАСС", "Катер у причала.", "Фото", "Ида Лунина / ТАСС", "Ида Лунина", "TASS"},
		{"На фото: Ида Лунина", "На фото: Ида Лунина", "", "", "", ""},
		{"Катер біля причалу. Джерело: Укрінформ", "Катер біля причалу.", "Джерело", "Укрінформ", "", "Ukrinform"},
		// Arabic, Persian, Hebrew
		{"قارب عند الرصيف (صورة: رويترز)", "قارب عند الرصيف", "صورة", "رويترز", "", "Reuters"},
		{"قایقی در اسکله. عکس: AFP", "قایقی در اسکله.", "عکس", "AFP", "", "AFP"},
		{"סירה ברציף. צילום: עידה לונה", "סירה ברציף.", "צילום", "עידה לונה", "עידה לונה", ""},
		// Hindi, Bengali, Indonesian, Vietnamese, Thai
		{"घाट पर नाव। फोटो: PTI", "घाट पर नाव।", "फोटो", "PTI", "", "PTI"},
		{"ঘাটে নৌকা। ছবি: AFP", "ঘাটে নৌকা।", "ছবি", "AFP", "", "AFP"},
		{"Sebuah kapal di dermaga. (ANTARA FOTO/Ida Laut)", "Sebuah kapal di dermaga.", "", "ANTARA FOTO/Ida Laut", "Ida Laut", "Antara"},
		{"Con thuyền ở bến. Ảnh: Ida Lan", "Con thuyền ở bến.", "Ảnh", "Ida Lan", "Ida Lan", ""},
		{"เรือที่ท่า ภาพ: AFP", "เรือที่ท่า", "ภาพ", "AFP", "", "AFP"},
		// Chinese, Japanese, Korean
		{"码头上的船。图：新华社", "码头上的船。", "图", "新华社", "", "Xinhua"},
		{"码头上的船。新华社记者 林海 摄", "码头上的船。", "摄", "新华社记者 林海", "林海", "Xinhua"},
		{"碼頭上的船。（圖／林海攝）", "碼頭上的船。", "圖", "林海攝", "林海", ""},
		{"碼頭上的船。圖片來源：中央社", "碼頭上的船。", "圖片來源", "中央社", "", "CNA"},
		{"桟橋の船＝青木海斗撮影", "桟橋の船", "撮影", "青木海斗", "青木海斗", ""},
		{"桟橋の船＝2026年3月3日、本町、青木海斗撮影", "桟橋の船＝2026年3月3日、本町", "撮影", "青木海斗", "青木海斗", ""},
		{"桟橋の船（写真：青木海斗）", "桟橋の船", "写真", "青木海斗", "青木海斗", ""},
		{"桟橋の船（共同）", "桟橋の船", "", "共同", "", "Kyodo"},
		{"부두의 배. 사진=연합뉴스", "부두의 배.", "사진", "연합뉴스", "", "Yonhap"},
		{"부두의 배 [사진 제공 = 항구뉴스]", "부두의 배", "사진 제공", "항구뉴스", "", "항구뉴스"},
		{"부두에 배가 있다. 항구시 제공", "부두에 배가 있다.", "제공", "항구시", "", ""},
		{"부두의 배 ⓒ 연합뉴스", "부두의 배", "ⓒ", "연합뉴스", "", "Yonhap"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			caption, c := Reader{}.ReadCaption(tt.line)
			people, orgs := Reader{}.Parties(c.Text)
			got := []string{caption, c.Label, c.Text, strings.Join(people, "; "), strings.Join(orgs, "; ")}
			want := []string{tt.caption, tt.label, tt.credit, tt.creators, tt.orgs}
			for i, name := range [...]string{"caption", "label", "credit", "creators", "organisations"} {
				if got[i] != want[i] {
					t.Errorf("%s: got %q, want %q", name, got[i], want[i])
				}
			}
		})
	}
}
