package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/storycredit"
)

var (
	// editedBy names somebody who had a part in the story.
	editedBy = regexp.MustCompile(`^(?i)[(—–-]?(edited by|editing by|additional reporting by|reporting by|redaktion|redigiert von|mitarbeit|adaptación|edición|édité par|translated by|übersetzt von|with reports from|with reporting by)\s*:?\s+(.{4,200})$`)
	// signedName is an author in brackets behind the story, as Japanese papers
	// print it.
	signedName = regexp.MustCompile(`^（(\p{Han}[\p{Han}\p{Hiragana}\p{Katakana}・]{1,9})）$`)
	// correctionHead begins a paragraph that corrects the story.
	correctionHead = regexp.MustCompile(`^(?i)(?:editor's note: |editor’s note: )?(corrections?|clarification|korrektur|berichtigung|richtigstellung|rectificatif|corrección|rectificación|fe de erratas|fe de errores|correzione|correção|düzeltme|rettelse|rättelse|sprostowanie|errata|erratum|поправка|уточнение|исправлено|виправлено|уточнення|διόρθωση|oprava|erată|ispravak|ispravka|поправак|helyesbítés|oikaisu|ralat|koreksi|đính chính|תיקון|اصلاحیه|정정|바로잡습니다|تصحيح|訂正|更正)\s*(?:\([^)]*\))?\s*[:：]`)
)

// closingLines takes out of the body what closes or corrects the story without
// being of it: corrections, editors, sources.
func (s *story) closingLines() {
	kept := s.picked[:0]
	for k, i := range s.picked {
		text := strings.ReplaceAll(s.blocks[i].text, "\n", " ")
		if isCorrection(text) {
			s.rec.Correction = append(s.rec.Correction, text)
			s.credit("correction", candidate{text, news.FromText, s.path(s.blocks[i].el), 0.8})
			continue
		}
		if k >= len(s.picked)-4 && len(text) < 240 && s.isClosing(text) {
			continue
		}
		kept = append(kept, i)
	}
	s.picked = kept
	if len(s.rec.Correction) == 0 && s.root >= 0 {
		for i := s.els[s.root].first; i < min(s.els[s.root].last+6, int32(len(s.blocks))); i++ {
			if text := s.blocks[i].text; isCorrection(text) {
				s.rec.Correction = append(s.rec.Correction, strings.ReplaceAll(text, "\n", " "))
				s.credit("correction", candidate{text, news.FromText, s.path(s.blocks[i].el), 0.7})
			}
		}
	}
}

// isCorrection says whether a paragraph begins with a label of corrections.
func isCorrection(text string) bool {
	return strings.ContainsAny(text[:min(len(text), 120)], ":：") && correctionHead.MatchString(text)
}

func (s *story) isClosing(text string) bool {
	if m := editedBy.FindStringSubmatch(text); m != nil {
		if people := s.bylines().Printed(m[2]); len(people) > 0 {
			for _, p := range people {
				p.JobTitle = m[1]
				s.rec.Contributors = byline.AddPerson(s.rec.Contributors, p)
			}
			return true
		}
	}
	if m := signedName.FindStringSubmatch(text); m != nil {
		if _, isAgency := s.agencies().Find(m[1]); !isAgency {
			if len(s.rec.Author) == 0 {
				s.rec.Author = []news.Person{{Name: m[1], Kind: news.KindPerson}}
				s.credit("author", candidate{m[1], news.FromText, "last line", 0.7})
			}
			return true
		}
	}
	if storycredit.IsEndMark(text) {
		return true
	}
	if d, ok := s.storyLines().ReadDeskLine(text); ok && (len(d.Agencies) > 0 || d.Form.Sure() >= storycredit.SureEnough) {
		return false // a desk line, which is kept elsewhere
	}
	if found := s.storyLines().ClosingLine(text); len(found) > 0 {
		s.addAgencies(found, news.ScopeStory, supply{InSourceLine, news.FromText, "last line"})
		return true
	}
	return false
}
