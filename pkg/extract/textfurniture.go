package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// skipWords are what the links at the top of a page say that lead past it.
var skipWords = []string{"skip to ", "jump to ", "go to ", "zum inhalt", "zur hauptnavigation", "zu weiteren", "zur navigation", "zur suche", "direkt zum", "aller au ", "passer au ", "ir a ", "ir al ", "saltar al ", "pular para", "ir para ", "vai al ", "salta al ", "ga naar ", "hoppa till", "gå til", "spring til", "przejdź do", "перейти "}

// outletFrames hold the words around the outlet's name in such links.
var outletFrames = [][2]string{
	{"skip to more ", " sites"}, {"skip to other ", " sites"}, {"go to other ", " sites"}, {"zu weiteren angeboten der ", " springen"}, {"zu weiteren angeboten von ", " springen"}, {"zu weiteren angeboten des ", " springen"},
	{"ir a más sitios de ", ""}, {"ir para mais sites da ", ""}, {"aller aux autres sites de ", ""}, {"vai agli altri siti di ", ""},
}

// textFurniture reads past the lines above the story; one of them may name the
// outlet.
func (s *story) textFurniture(p *textPage) {
	for ; p.at < len(p.lines); p.at++ {
		line := withoutNumber(p.lines[p.at].text)
		if s.textOutlet(line); !isSkipLink(line) {
			return
		}
	}
}

func isSkipLink(line string) bool {
	for _, w := range skipWords {
		if _, ok := prose.CutPrefixFold(line, w); ok && len(line) < 80 {
			return true
		}
	}
	return false
}

func (s *story) textOutlet(line string) {
	if name := outletIn(line); name != "" {
		s.setOutlet(name, line, 0.7)
	}
}

// outletIn is the outlet that a link past the page's furniture names, empty if
// the line is no such link.
func outletIn(line string) string {
	for _, f := range outletFrames {
		rest, ok := prose.CutPrefixFold(line, f[0])
		if !ok || len(rest) < len(f[1]) || !strings.EqualFold(rest[len(rest)-len(f[1]):], f[1]) {
			continue
		}
		if name := rest[:len(rest)-len(f[1])]; name != "" && utf8.RuneCountInString(name) <= 40 {
			return name
		}
	}
	return ""
}

// withoutNumber drops the number or bullet of a list's line.
func withoutNumber(line string) string {
	if rest := strings.TrimLeft(line, "0123456789"); len(rest) < len(line) {
		if after, ok := strings.CutPrefix(rest, ". "); ok {
			return strings.TrimSpace(after)
		}
	}
	for _, bullet := range [...]string{"* ", "- ", "• ", "– "} {
		if after, ok := strings.CutPrefix(line, bullet); ok {
			return strings.TrimSpace(after)
		}
	}
	return line
}
