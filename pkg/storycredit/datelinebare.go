package storycredit

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// loudHead is a place in capitals: "VIBORG: ", "GÖTEBORG. ".
	loudHead = regexp.MustCompile(`^(\p{Lu}[\p{Lu}\p{M}'’ /-]{2,40})([:.])\s+`)
	// calmHead is a word or two and a colon: "Viborg: ", "New Delhi: ".
	calmHead = regexp.MustCompile(`^(\p{Lu}\p{Ll}{2,20}(?: \p{Lu}\p{Ll}{2,20})?):\s+\p{Lu}`)
	// stoppedHead is a place and a full stop: "Berlin. ", "Ciudad Real. ".
	stoppedHead = regexp.MustCompile(`^(\p{Lu}[\p{L}-]{3,20}(?:/\p{Lu}[\p{L}-]{3,20}|(?: \p{Lu}[\p{L}-]{2,20}){1,2})?)\. \p{Lu}`)
)

// paragraphLabels stand at the heads of paragraphs without being places.
var paragraphLabels = prose.SetOf(`aktualisiert analyse analysis anmeldelse bakgrunn bakgrund breaking debat debatt debatte dokumentation editorial eilmeldung essay exclusive exklusiv exklusivt fakta fakten fact facts
	faktaboks foto frage antwort hintergrund info interview kommentar kommentarer kommentera kronik krönika leder ledare leserbrief live liveblog meinung merke notat nyhet obs opdatering opdateret oppdatert opinion podcast portræt portrett porträtt
	presse quiz rapport rapportage report reportage rettelse rättelse sport spoiler test tipp tipps tips update uppdaterad uppdatering video vorab vorwort vurdering warnung zitat annonce annonse annons advarsel korrektur
	nato covid usa urgent ultima hora última question réponse pregunta respuesta domanda risposta vraag antwoord spørsmål svar fråga spørgsmål prof dr falsch richtig nope nein genau from since between until seit vom bis
	resultat resultater ergebnis erklæring konklusion sources note watch read more photo photos`)

// loudDateline reads a place in capitals, or one word before a colon where that
// is the custom.
func (s Story) loudDateline(text string, deck bool) (news.Dateline, bool) {
	lang := s.Language
	colons := slices.Contains([]string{"da", "no", "nb", "nn", "sv", "fo", "is"}, lang)
	head := text[:min(len(text), 60)]
	if m := matchIf(strings.ContainsAny(head, ":."), loudHead, text); m != nil && startsSentence(text[len(m[0]):]) {
		place := strings.TrimSpace(m[1])
		known := IsCity(place)
		if len(strings.Fields(place)) <= 3 && !isParagraphLabel(place) && (known || utf8.RuneCountInString(place) > 4 && (m[2] == "." || colons || !strings.Contains(place, " ") && s.namesInText(place))) {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: place}, true
		}
	}
	if m := matchIf(strings.IndexByte(head, ':') >= 0, calmHead, text); m != nil && !isParagraphLabel(m[1]) && !deck && (IsCity(m[1]) || !strings.Contains(m[1], " ") && (lang == "da" || lang == "no" || lang == "nb" || lang == "nn")) {
		return news.Dateline{Raw: m[1] + ":", Place: m[1]}, true
	}
	return news.Dateline{}, false
}

// namesInText says whether the story names in small letters what its head has in
// capitals, as it does with places, not with labels.
func (s Story) namesInText(loud string) bool {
	var calm strings.Builder
	start := true
	for _, r := range loud {
		if start {
			calm.WriteRune(r)
		} else {
			calm.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return strings.Contains(s.Text, calm.String())
}

// stoppedDateline reads a place and a full stop. German papers begin the deck or
// the story with it; elsewhere the place must be a known one, or of two words.
func stoppedDateline(text, lang string, deck bool) (news.Dateline, bool) {
	m := matchIf(strings.Contains(text[:min(len(text), datelineReach)], ". "), stoppedHead, text)
	if m == nil || isParagraphLabel(m[1]) {
		return news.Dateline{}, false
	}
	place := m[1]
	rest := text[len(place)+1:]
	words := strings.Fields(place)
	switch {
	case IsCity(place):
	case lang == "de" && len(words) == 1 && isSentence(rest):
	case !deck && len(words) > 1 && slices.Contains([]string{"es", "pt", "it", "ca", "gl"}, lang) && !strings.Contains(rest, words[len(words)-1]):
	default:
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: place + ".", Place: place}, true
}

// isSentence says whether a text goes on for some words before it stops.
func isSentence(text string) bool {
	end := strings.IndexAny(text, ".!?:")
	return end < 0 || len(strings.Fields(text[:end])) > 3
}

// isParagraphLabel says whether what may be a place is a label of paragraphs.
func isParagraphLabel(place string) bool {
	first, _, _ := strings.Cut(strings.ToLower(place), " ")
	return paragraphLabels[first] || paragraphLabels[strings.ToLower(place)]
}
