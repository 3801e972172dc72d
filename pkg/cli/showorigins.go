package cli

import (
	"fmt"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/term"
)

// showOrigins prints, below the story, who says what in it and what it links to.
func showOrigins(out *term.Out, a *news.Article) {
	if len(a.Attributions)+len(a.Quotations) > 0 {
		fmt.Fprintln(out, out.Bold("Who says what")+out.Dim(", "+quotedText(a)))
		showSpeakers(out, a)
		fmt.Fprintln(out)
	}
	if len(a.Citations) > 0 {
		fmt.Fprintln(out, out.Bold("Links to"))
		showCitations(out, a.Citations)
		fmt.Fprintln(out)
	}
}

// quotedText is how much is quoted, in words.
func quotedText(a *news.Article) string {
	switch n := len(a.Quotations); n {
	case 0:
		return "all of it reported"
	case 1:
		return fmt.Sprintf("1 quotation, %.0f %% of the text", a.QuotationShare*100)
	default:
		return fmt.Sprintf("%d quotations, %.0f %% of the text", n, a.QuotationShare*100)
	}
}

// showSpeakers prints everyone that the story names as an origin, in their order:
// those who are quoted, each with the quotations, a line each, then those of whom
// it reports.
func showSpeakers(out *term.Out, a *news.Article) {
	quoted := map[string][]news.Quotation{}
	verbs := 0
	for _, q := range a.Quotations {
		quoted[q.Speaker] = append(quoted[q.Speaker], q)
		verbs = max(verbs, term.Width(q.Verb))
	}
	var reported []news.Attribution
	for _, who := range a.Attributions {
		if len(quoted[who.Name]) == 0 {
			reported = append(reported, who)
			continue
		}
		fmt.Fprintln(out, "  "+speaker(out, who))
		showQuotations(out, quoted[who.Name], verbs)
	}
	if open := quoted[""]; len(open) > 0 {
		fmt.Fprintln(out, "  "+out.Dim("the story leaves open who speaks"))
		showQuotations(out, open, verbs)
	}
	if len(reported) > 0 && len(reported) < len(a.Attributions) {
		fmt.Fprintln(out, "  "+out.Dim("reported, not quoted"))
	}
	for _, who := range reported {
		fmt.Fprintln(out, "  "+speaker(out, who))
	}
}

// speaker is who somebody is, on a line.
func speaker(out *term.Out, who news.Attribution) string {
	kind := ""
	switch {
	case who.Anonymous:
		kind = "not named"
	case who.Kind != news.OriginPerson:
		kind = string(who.Kind)
	}
	name := out.Cut(who.Name, out.Width-2)
	return out.Accent(name) + out.Dim(out.Cut(behind(", ", joined(", ", who.Role, kind)), out.Width-2-term.Width(name)))
}

// showQuotations prints quotations, each on a line behind its verb.
func showQuotations(out *term.Out, all []news.Quotation, verbs int) {
	for _, q := range all {
		out.Table([][]string{{"    " + out.Dim(term.Pad(q.Verb, verbs)), inMarks(q.Text)}})
	}
}

func inMarks(text string) string { return "“" + oneLine(text) + "”" }

// linkColumns is where the words of a link are cut, on a terminal, to leave room
// for its address.
const linkColumns = 32

// showCitations prints what the story links to, a line for each address; of the
// outlet's own pages only how many there are.
func showCitations(out *term.Out, all []news.Citation) {
	var rows [][]string
	seen := map[string]bool{}
	own := 0
	for _, c := range all {
		switch {
		case seen[c.URL]:
		case c.Kind == news.CitesOwn:
			own++
		default:
			rows = append(rows, []string{"  " + out.Dim(string(c.Kind)), out.Cut(oneLine(c.Text), linkColumns), out.Dim(c.URL)})
		}
		seen[c.URL] = true
	}
	out.Table(rows)
	switch {
	case own == 1:
		fmt.Fprintln(out, "  "+out.Dim("one page of the outlet's own"))
	case own > 1:
		fmt.Fprintln(out, "  "+out.Dim(fmt.Sprintf("%d pages of the outlet's own", own)))
	}
}

// suppliers lists who supplied the story or its pictures, by their short and full
// names.
func suppliers(all []news.InfoSource, scope news.SourceScope) string {
	var names []string
	for _, s := range all {
		switch {
		case s.Scope != scope:
		case s.FullName == s.Name || s.FullName == "":
			names = append(names, s.Name)
		default:
			names = append(names, s.Name+" ("+s.FullName+")")
		}
	}
	return strings.Join(names, ", ")
}

// behind is a text with what parts it from the one before it, nothing if it is
// empty.
func behind(between, text string) string {
	if text == "" {
		return ""
	}
	return between + text
}
