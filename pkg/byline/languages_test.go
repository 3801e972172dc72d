package byline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBylines holds the names in bylines as they are printed in many languages.
// Names in print are invented; "Harbour News" is the outlet.
func TestBylines(t *testing.T) {
	tests := []struct{ language, line, want string }{
		{"English", "By Ada Quill, Tom Reed and Mia Holt", "Ada Quill; Tom Reed; Mia Holt"},
		{"English", "By Ada Quill | Harbour News Service", "Ada Quill"},
		{"English", "By Ada Quill and Tom Reed, Staff Writers", "Ada Quill; Tom Reed"},
		{"English", "By Ada Quill, Special to Harbour News", "Ada Quill"},
		{"English", "By Ada Quill in Norport and Tom Reed in Westhaven", "Ada Quill; Tom Reed"},
		{"English", "By Ada Quill for Harbour News", "Ada Quill"},
		{"English", "Reporting by Ada Quill; Editing by Tom Reed", "Ada Quill"},
		{"English", "Words by Ada Quill, photos by Tom Reed", "Ada Quill"},
		{"English", "Text: Ada Quill, Photos: Tom Reed", "Ada Quill"},
		{"English", "By Ada Quill with additional reporting by Tom Reed", "Ada Quill"},
		{"English", "Ada Quill @adaquill", "Ada Quill"},
		{"English", "By Ada Quill Updated 9 March 2026 5:07 pm", "Ada Quill"},
		{"English", "By Ada O'Quill-Reed and Seán Mac Giolla", "Ada O'Quill-Reed; Seán Mac Giolla"},
		{"English", "By J.R. Quill and A. B. Reed", "J.R. Quill; A. B. Reed"},
		{"English", "By Ada Quill (Harbour Editor)", "Ada Quill"},
		{"English", "By Ada Quill 5 min read", "Ada Quill"},
		{"English", "By Ada Quill, Associated Press", "Ada Quill"},
		{"English", "By Dr Ada Quill, Professor of Tides, University of Orm", "Dr Ada Quill"},
		{"English", "By Ada Quill Harbour Correspondent", "Ada Quill"},
		{"English", "By Mary Ann Quill Senior Reporter", "Mary Ann Quill"},
		{"English", "By our harbour correspondent Ada Quill", "Ada Quill"},
		{"English", "Jane Stafford", "Jane Stafford"},
		{"English", "By using this site you agree", ""},
		{"English", "ByAda Quill", "Ada Quill"},
		{"English", "By Ada Quill Associated Press", "Ada Quill"},
		{"English", "By Ada Quill Harbour News", "Ada Quill"},
		{"English", "Harbour Desk@harbour WATCH LIVE", ""},
		{"English", "Ada QuillFollow", "Ada Quill"},
		{"English", "linksc Creating Search Engine API", ""},
		{"German", "von Greta Lindner, Samstag 22.12.2012", "Greta Lindner"},
		{"German", "29. Juni 2017, 23:39 · von Gezeitler", "Gezeitler"},
		{"English", "8 January 2020 · by Gezeitler · in Tides", "Gezeitler"},
		{"English", "By Joe S.", "Joe S."},
		{"English", "Developed By Tom Reed", ""},
		{"Korean", "항구일보=홍길동 기자", "홍길동"},
		{"German", "von gezeiten", "gezeiten"},
		{"German", "von Gezeitler · 22. Oktober 2019", "Gezeitler"},
		{"German", "Autor Greta Lindner | Alle Artikel | Kontakt", "Greta Lindner"},
		{"Bulgarian", "Снимка: Иван Брезов", ""},
		{"English", "Harbour News", ""},
		{"English", "Share this with", ""},
		{"German", "Greta Lindner, Birkau", "Greta Lindner"},
		{"German", "Von unserer Korrespondentin Greta Lindner, Birkau", "Greta Lindner"},
		{"German", "Ein Kommentar von Greta Lindner", "Greta Lindner"},
		{"German", "Text: Greta Lindner Foto: Ole Brandt", "Greta Lindner"},
		{"German", "Von Greta Lindner und Ole Brandt (dpa)", "Greta Lindner; Ole Brandt"},
		{"German", "Aus Birkau berichtet Greta Lindner", "Greta Lindner"},
		{"German", "Von Greta Lindner/dpa", "Greta Lindner"},
		{"German", "Redaktion: Greta Lindner und Ole Brandt Sendung: Hafenfunk, 25.04.2024, 10.45 Uhr", ""}, // who edited
		{"French", "Par Jeanne Kermarec avec AFP", "Jeanne Kermarec"},
		{"French", "Jeanne Kermarec (avec AFP)", "Jeanne Kermarec"},
		{"French", "Propos recueillis par Jeanne Kermarec", "Jeanne Kermarec"},
		{"French", "Par Jeanne Kermarec, envoyée spéciale à Port-Orm", "Jeanne Kermarec"},
		{"French", "De notre envoyée spéciale à Port-Orm, Jeanne Kermarec", "Jeanne Kermarec"},
		{"Spanish", "Por Ildefonso Parra, enviado especial", "Ildefonso Parra"},
		{"Spanish", "Texto: Ildefonso Parra. Fotos: Rosa Vega", "Ildefonso Parra"},
		{"Spanish", "Escrito por Ildefonso Parra y Rosa de la Vega", "Ildefonso Parra; Rosa de la Vega"},
		{"Portuguese", "Por João Alves e Maria do Carmo, de Porto Orm", "João Alves; Maria do Carmo"},
		{"Italian", "di Carla Riva e Marco Bardi", "Carla Riva; Marco Bardi"},
		{"Italian", "di Carla Riva, inviata a Porto Orm", "Carla Riva"},
		{"Italian", "dal nostro inviato Marco Bardi", "Marco Bardi"},
		{"Dutch", "Door Jan de Vries en Els van den Berg", "Jan de Vries; Els van den Berg"},
		{"Dutch", "Door onze verslaggever Jan de Vries", "Jan de Vries"},
		{"Swedish", "Text: Astrid Lund Foto: Nils Berg", "Astrid Lund"},
		{"Swedish", "Av Astrid Lund och Nils Berg", "Astrid Lund; Nils Berg"},
		{"Danish", "Af Astrid Lund", "Astrid Lund"},
		{"Norwegian", "Skrevet av Nils Berg", "Nils Berg"},
		{"Finnish", "Teksti: Aino Laine", "Aino Laine"},
		{"Polish", "Autor: Jan Wierzba", "Jan Wierzba"},
		{"Polish", "Opracowanie: Jan Wierzba", "Jan Wierzba"},
		{"Czech", "Autor: Jana Nováková, ČTK", "Jana Nováková"},
		{"Hungarian", "Írta: Kiss Anna", "Kiss Anna"},
		{"Romanian", "de Ion Luncan", "Ion Luncan"},
		{"Croatian", "Piše: Ana Babić", "Ana Babić"},
		{"Turkish", "Haber: Ayşe Kaya", "Ayşe Kaya"},
		{"Greek", "Γράφει ο Νίκος Παππάς", "Νίκος Παππάς"},
		{"Greek", "Συντάκτης: Νίκος Παππάς", "Νίκος Παππάς"},
		{"Russian", "Автор: Иван Берёзов", "Иван Берёзов"},
		{"Russian", "Текст: Иван Берёзов, фото: Анна Лугова", "Иван Берёзов"},
		{"Ukrainian", "Автор: Іван Береза", "Іван Береза"},
		{"Arabic", "بقلم: أحمد سالم", "أحمد سالم"},
		{"Arabic", "كتبت منى سالم", "منى سالم"},
		{"Arabic", "تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", ""},
		{"Persian", "نویسنده: مریم رضایی", "مریم رضایی"},
		{"Hebrew", "מאת דנה לוי", "דנה לוי"},
		{"Hindi", "लेखक: रमेश शर्मा", "रमेश शर्मा"},
		{"Bengali", "লেখক: রমেশ সেন", "রমেশ সেন"},
		{"Thai", "โดย สมชาย ใจดี", "สมชาย ใจดี"},
		{"Korean", "홍길동 기자", "홍길동"},
		{"Korean", "[홍길동 기자]", "홍길동"},
		{"Korean", "홍길동 기자 gildong@news.example", "홍길동"},
		{"Korean", "홍길동·김철수 기자", "홍길동; 김철수"},
		{"Korean", "글 홍길동 기자, 사진 김철수 기자", "홍길동"},
		{"Japanese", "文・山田花子", "山田花子"},
		{"Japanese", "山田花子記者", "山田花子"},
		{"Japanese", "取材・文／山田花子", "山田花子"},
		{"Chinese", "记者 李雷 韩梅梅", "李雷; 韩梅梅"},
		{"Chinese", "作者：李雷", "李雷"},
		{"Chinese", "文｜李雷", "李雷"},
		{"Chinese", "记者：李雷 编辑：王芳", "李雷"},
		{"Chinese", "記者李雷／台北報導", "李雷"},
		{"Chinese", "责任编辑：王芳", ""},
		{"Indonesian", "Penulis: Siti Rahma | Editor: Budi Hartono", "Siti Rahma"},
		{"Malay", "Oleh Siti Rahma", "Siti Rahma"},
		{"Filipino", "Ni Juana Cruz", "Juana Cruz"},
		{"Vietnamese", "Tác giả: Nguyễn Thị Hoa", "Nguyễn Thị Hoa"},
	}
	languages := map[string]bool{}
	for _, tt := range tests {
		languages[tt.language] = true
		t.Run(tt.language+" "+tt.line, func(t *testing.T) {
			harbour := &Outlet{}
			harbour.Add("Harbour News")
			var got []string
			for _, p := range (Reader{Outlet: harbour}).Printed(tt.line) {
				got = append(got, p.Name)
				if p.Name == "" {
					got[len(got)-1] = p.Initials
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.line, diff)
			}
		})
	}
	if len(tests) < 60 || len(languages) < 20 {
		t.Errorf("%d lines in %d languages, want 60 in 20", len(tests), len(languages))
	}
}
