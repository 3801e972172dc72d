package storycredit

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// hanSource is a line of sources in Chinese: "（综合自甲社、乙社报道）".
	hanSource = regexp.MustCompile(`^[（(【]?(?:本文|本報導|部分内容|部分內容)*(?:综合自?|綜合自?|据|據|编译自|編譯自|转自|轉自)(.{2,60}?)等?(?:报道|報導|报导|消息|电|電)(?:编译|編譯)?[）)】]?[。.]?$`)
	// materialUsed is a sentence that says that sources were used.
	materialUsed = regexp.MustCompile(`(?i)^(?:(?:this|the) (?:report|story|article) (?:contains|includes|uses) (?:material|information|reporting) (?:from|by) (.{2,60}?)|(?:material|information|reporting|content) (?:from|by) (.{2,60}?) (?:was|were) (?:used|added|included)\b.*|(?:dieser|der) (?:artikel|text|beitrag) .{0,30}(?:mit|unter verwendung von) (?:agentur)?material (?:der |von |des )?(.{2,40}?)(?: erstellt| entstanden| verfasst)?)[.)\]]*$`)
	// contributed ends a sentence that says who helped.
	contributed = regexp.MustCompile(`(?i)^(.{2,90}?) contributed to th(?:is|e) (?:report|story|article)[.)\]]*$`)
	// notice begins a sentence of the editors about the story: "Diese Meldung
	// wurde von … übernommen."
	notice = regexp.MustCompile(`(?i)^[(\[*–—\s-]*(?:th(?:is|e above) (?:article|story|report|content|copy|text|item)|diese[rs]? (?:meldung|text|beitrag|artikel|inhalt|bericht)|cet(?:te)? (?:article|dépêche|contenu|information)|est[ea] (?:noticia|nota|artículo|información|contenido|notícia|artigo|conteúdo|matéria|texto)|quest[oa] (?:articolo|notizia|contenuto)|dit (?:artikel|bericht)|den(?:ne|na) (?:artikel|artikkel|artikkelen|artikeln|text|tekst)|ten (?:artykuł|tekst))\s`)
	// takenOver says in such a sentence that the text comes from elsewhere.
	takenOver = regexp.MustCompile(`(?i)\s(?:published|republished|syndicated|generated|provided|supplied|compiled|produced|written|übernommen|erstellt|entstanden|verfasst|veröffentlicht|produzi(?:ert|da|do)|publi(?:é|ée|cada|cado)|réalisé|rédigé|fourni|elaborad[ao]|generad[ao]|pubblicat[ao]|afkomstig|geschreven|gemaakt|skrevet|skriven|hentet|przygotowany)[\s,.)]`)
)

// LongestSourceLine is in bytes.
const LongestSourceLine = 220

// SourceLine reads a line that does nothing but name the sources of the story:
// "Quelle: dpa", "With files from AP", "© 2024 AFP".
func (r Reader) SourceLine(line string) []agency.Mention {
	if len(line) > LongestSourceLine {
		return nil
	}
	low := strings.ToLower(line)
	switch {
	case strings.Contains(low, "contributed to th"):
		if m := contributed.FindStringSubmatch(line); m != nil {
			return r.contributors(m[1])
		}
	case strings.Contains(low, "material") || strings.Contains(low, "information") || strings.Contains(low, "reporting"):
		if m := materialUsed.FindStringSubmatch(strings.Trim(line, "()[]–—- ")); m != nil {
			return r.namedAgencies(strings.Join(m[1:], ""))
		}
	case prose.IsCJK(prose.FirstRune(strings.TrimLeft(line, "（(【"))):
		if m := hanSource.FindStringSubmatch(line); m != nil {
			return r.namedAgencies(m[1])
		}
	}
	if len(line) > 40 && takenOver.MatchString(line) && notice.MatchString(line) {
		return r.mentioned(line)
	}
	if strings.ContainsAny(line, "©ⓒ") || strings.Contains(low, "copyright") || strings.Contains(low, "(c)") {
		if at := copyrightLead.FindStringIndex(line); at != nil && at[1] > 0 {
			return r.rightsHolder(line[at[1]:])
		}
	}
	if names, ok := cutSourceLead(line); ok && len(names) < 120 {
		if found := r.namedAgencies(names); len(found) > 0 {
			return found
		}
	}
	return nil
}

// BareAgencies reads a line that names agencies and nothing else: "AFP/dpa".
func (r Reader) BareAgencies(line string) []agency.Mention {
	if len(line) > 60 {
		return nil
	}
	found, rest := r.Agencies.List(strings.Trim(line, "()[]（）"))
	if len(rest) > 0 {
		return nil
	}
	return forText(found)
}

// ClosingLine reads a line at the end of a story that names its sources: one that
// says so, or one of agencies alone or beside who else is named.
func (r Reader) ClosingLine(line string) []agency.Mention {
	if found := r.SourceLine(line); found != nil {
		return found
	}
	return append(r.BareAgencies(line), r.signedLine(line)...)
}

// signedLine reads a line at the end of a story that names an agency beside
// who else is to be named: "Jane Doe/AP", "(AP - The Courier)".
func (r Reader) signedLine(line string) []agency.Mention {
	if len(line) > 80 || strings.ContainsAny(line, ":：") && !strings.ContainsAny(line, "(") {
		return nil
	}
	if !strings.ContainsAny(line, "/·()（）–") {
		return nil
	}
	if found := r.namedAgencies(strings.Trim(line, "()[]（） .")); len(found) > 0 && !prose.EndsSentence(line) {
		return found
	}
	return nil
}

// mentioned are the agencies that a sentence names anywhere.
func (r Reader) mentioned(sentence string) []agency.Mention {
	var found []agency.Mention
	fields := strings.Fields(sentence)
	for i := 0; i < len(fields); i++ {
		for n := min(3, len(fields)-i); n > 0; n-- {
			name := strings.Join(fields[i:i+n], " ")
			if a, ok := r.Agencies.Find(name); ok && prose.IsCapital(strings.TrimLeft(name, "(")) {
				found = append(found, agency.Mention{Agency: a, Literal: strings.Trim(name, "().,")})
				i += n - 1
				break
			}
		}
	}
	return forText(found)
}

// contributors reads who "contributed to this report": agencies, or writers of
// theirs: "Associated Press writer Jane Doe in Northport".
func (r Reader) contributors(names string) []agency.Mention {
	if found := r.namedAgencies(names); len(found) > 0 {
		return found
	}
	var found []agency.Mention
	fields := strings.Fields(names)
	for n := 1; n <= min(3, len(fields)); n++ {
		name := strings.Join(fields[:n], " ")
		if a, ok := r.Agencies.Find(name); ok && (n == len(fields) || byline.IsJob(fields[n]) || prose.IsCapital(fields[n])) {
			found = []agency.Mention{{Agency: a, Literal: name}}
		}
	}
	return forText(found)
}
