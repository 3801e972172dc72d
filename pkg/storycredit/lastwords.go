package storycredit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// deskBracket is a bracket at the very end of the last paragraph, deskBar
	// initials behind a bar or between bars: "… wurde. (abc)", "… / ab",
	// "…/abc/de/".
	deskBracket = regexp.MustCompile(`^(.*[.!?…"”“'’»。）])\s*(?:--?\s*)?[(（]([^()（）]{2,60})[)）]\.?$`)
	deskBar     = regexp.MustCompile(`^(.*[.!?…"”“'’»])\s*(?: / (\p{Ll}{2,4})|/((?:\p{Ll}{2,5}/){1,5}))$`)
	// deskCodes are an agency and initials behind the last sentence: "… said.
	// ABC DEF".
	deskCodes = regexp.MustCompile(`^(.*[.!?…"”“'’»])\s+(\p{Lu}{2,6}(?: \p{Lu}{2,4}){0,4})$`)
	// deskEnd is a mark behind the last sentence that the story is over.
	deskEnd = regexp.MustCompile(`^(.*[.!?…"”“'’»。])\s*(-0-|（完）|\(끝\)|\(END\))$`)
)

// CutDeskLine takes the desk line off the end of a paragraph, behind the last
// sentence or a line break: it gives what is left of the text, and the line as
// printed and as read. Marks of the end go with or without one. What may be a
// word is a desk line if areAuthors says that it is the initials of the authors.
func (r Reader) CutDeskLine(text string, areAuthors func(initials string) bool) (rest, line string, d DeskLine, ok bool) {
	if at := strings.LastIndexByte(text, '\n'); at > 0 {
		line := strings.TrimSpace(text[at:])
		if d, ok := r.ReadDeskLine(line); ok && (len(d.Agencies) > 0 || d.Form != Bare || areAuthors(d.Initials)) {
			return strings.TrimSpace(text[:at]), line, d, true
		}
	}
	plain := strings.ReplaceAll(text, "\n", " ")
	if m := prose.MatchEnding(deskEnd, plain, "-0-", "（完）", "(끝)", "(END)"); m != nil {
		text, plain = m[1], m[1]
	}
	if m := matchIf(strings.IndexByte(plain, '/') >= 0, deskBar, plain); m != nil {
		line := strings.Trim(m[2]+m[3], "/")
		return strings.TrimSpace(m[1]), line, DeskLine{Initials: line, Form: InBars}, true
	}
	if m := matchIf(unicode.IsUpper(prose.LastRune(plain)), deskCodes, plain); m != nil {
		if a, ok := r.Agencies.Find(m[2]); ok {
			return m[1], m[2], DeskLine{Agencies: []agency.Mention{{Agency: a, Literal: m[2]}}, Form: WithAgency}, true
		}
		if found := r.agencyBefore(m[2]); found != nil {
			return m[1], m[2], DeskLine{m[2], found, WithAgency}, true
		}
	}
	if clause := lastClause(plain); clause != "" {
		if found := r.SourceLine(strings.TrimLeft(clause, "–—- ")); found != nil {
			return strings.TrimSpace(strings.TrimSuffix(plain, clause)), clause, DeskLine{Agencies: found, Form: WithAgency}, true
		}
	}
	if m := prose.MatchEnding(deskBracket, plain, ")", "）", ").", "）."); m != nil {
		d, ok := r.readDeskParts(m[2], true)
		if ok && (len(d.Agencies) > 0 || small.MatchString(d.Initials) && utf8.RuneCountInString(d.Initials) < 5 || areAuthors(d.Initials)) {
			return strings.TrimSpace(m[1]), "(" + m[2] + ")", d, true
		}
		if found := r.namedAgencies(agencyDay.ReplaceAllString(m[2], "")); found != nil {
			return strings.TrimSpace(m[1]), "(" + m[2] + ")", DeskLine{Agencies: found, Form: WithAgency}, true
		}
	}
	return text, "", DeskLine{}, false
}

// longestClause is how long a clause that names a source is, in bytes.
const longestClause = 100

// lastClause is what stands behind the last sentence, or the last sentence
// itself, if it is short: "… – Additional reporting from …".
func lastClause(text string) string {
	tail := text[max(0, len(text)-longestClause):]
	at := -1
	for _, stop := range [...]string{". ", "! ", "? ", ".” ", ".\" ", ".“ ", ".» ", ".’ "} {
		if i := strings.LastIndex(tail, stop); i >= 0 {
			at = max(at, i+len(stop))
		}
	}
	if at < 0 || at == len(tail) {
		return ""
	}
	if r := prose.FirstRune(tail[at:]); !unicode.IsUpper(r) && !strings.ContainsRune("–—-", r) {
		return ""
	}
	return tail[at:]
}
