package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
)

// leadLabels introduce the credit of the main picture in a line below the story.
// Folded.
var leadLabels = prose.FoldedSet("main image", "main image credit", "main photo", "lead image", "lead photo", "header image", "featured image", "cover image", "cover photo", "titelbild", "titelfoto", "beitragsbild", "artikelbild", "aufmacherbild", "aufmacherfoto",
	"rubriklistenbild", "headerbild", "coverbild", "foto de portada", "imagen de portada", "imagen destacada", "imagem destacada", "foto di copertina", "immagine di copertina", "photo de une", "image à la une", "photo de couverture", "omslagsbild", "omslagsfoto")

// leadCreditReach is how many blocks behind the story's last that line stands at
// most.
const leadCreditReach = 6

// leadCredit reads the main picture's credit in a line below the story, where
// none stands with the picture: "Main image credit: Jane Doe".
func (s *story) leadCredit(img *news.Image) {
	if img.CreditText != "" || len(s.picked) == 0 {
		return
	}
	last := s.picked[len(s.picked)-1]
	for i := last; i < min(last+leadCreditReach, int32(len(s.blocks))); i++ {
		text := strings.ReplaceAll(s.blocks[i].text, "\n", " ")
		if label, who, ok := strings.Cut(text, ":"); ok && len(text) <= longestCaption && leadLabels[prose.Fold(label)] {
			if who, mark := s.photoLines().CutLabel(who); photocredit.Plausible(who) && (mark != "" || s.photoLines().CreditsSomebody(who, "photo")) {
				s.setCredit(img, photocredit.Credit{Text: who, Label: label})
				return
			}
		}
	}
}
