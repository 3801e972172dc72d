package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// longestBarrier is how long a line may be, in bytes, that bars the way.
	longestBarrier = 240
	// barrierReach is how many blocks before and behind the end of the body are
	// looked at.
	barrierReach = 8
	// longestTeaser is the body, in bytes, that may be all that is shown of a
	// story: below a longer one such a line is the outlet's advertising.
	longestTeaser = 2500
)

// barriers stand in lines that bar the way to the rest of a story, in the
// languages that have them. Folded.
var barriers = prose.FoldAll(
	"to continue reading", "to keep reading", "to read the full", "to read this article", "to unlock this", "continue reading with", "subscribe to read", "subscribers only", "subscriber-only", "for subscribers only", "exclusive to subscribers", "available to subscribers", "already a subscriber", "become a member to read", "sign in to read", "log in to read",
	"um weiterzulesen", "jetzt weiterlesen", "weiterlesen mit", "lesen sie weiter mit", "und lesen sie weiter", "und weiterlesen", "exklusiv für abonnent", "nur für abonnent", "nur für unsere abonnent", "mit abo weiterlesen", "bereits abonnent", "artikel freischalten", "um den ganzen artikel", "um den vollständigen artikel", "wochen kostenlos testen",
	"réservé aux abonnés", "réservé à nos abonnés", "abonnez-vous pour lire", "pour lire la suite", "pour continuer la lecture", "pour poursuivre votre lecture", "la suite est réservée", "pour accéder en illimité", "pour accéder à l'intégralité", "déjà abonné",
	"exclusivo para suscriptores", "solo para suscriptores", "sólo para suscriptores", "suscríbete para leer", "suscríbete para seguir", "para seguir leyendo", "para continuar leyendo", "ya soy suscriptor",
	"exclusivo para assinantes", "para continuar lendo", "para continuar a ler", "assine para ler", "já é assinante",
	"per continuare a leggere", "riservato agli abbonati", "abbonati per leggere", "sei già abbonato",
	"om verder te lezen", "alleen voor abonnees", "voor abonnees", "för att läsa vidare", "för att fortsätta läsa", "bara för prenumeranter", "for at læse videre", "kun for abonnenter", "for å lese videre", "for abonnenter", "vain tilaajille", "jatka lukemista",
	"aby czytać dalej", "dla prenumeratorów", "dla subskrybentów", "pro předplatitele", "odemknout článek", "pre predplatiteľov", "előfizetőknek", "pentru abonați", "για συνδρομητές", "чтобы читать дальше", "для подписчиков", "для передплатників", "devamını okumak için", "abonelere özel",
	"この記事は会員限定", "この記事は有料会員限定", "続きを読むには", "残り文字", "订阅后可阅读", "订阅以继续", "付费后继续阅读", "訂閱後", "구독자 전용", "계속 읽으려면", "للمشتركين فقط", "למנויים בלבד", "untuk melanjutkan membaca",
)

// isBarrier says whether a line bars the way to the rest of the story.
func isBarrier(text string) bool {
	if len(text) > longestBarrier {
		return false
	}
	f := prose.Fold(text)
	for _, b := range barriers {
		if strings.Contains(f, b) {
			return true
		}
	}
	return false
}

// findBarrier finds the line that bars the way to the rest of a teaser, and ends
// the body before it.
func (s *story) findBarrier() {
	if len(s.picked) < 2 || s.pickedText() > longestTeaser {
		return
	}
	last := s.picked[len(s.picked)-1]
	for k := max(1, len(s.picked)-barrierReach); k < len(s.picked); k++ {
		if isBarrier(s.blocks[s.picked[k]].text) {
			s.barrier = s.picked[k]
			s.picked = s.picked[:k]
			s.left(Behind)
			return
		}
	}
	for i := last + 1; i < min(int32(len(s.blocks)), last+1+barrierReach); i++ {
		if isBarrier(s.blocks[i].text) {
			s.barrier = i
			return
		}
	}
}
