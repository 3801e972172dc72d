package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/term"
)

// isColumns is where what a block is is cut, on a terminal, to leave room for its
// text.
const isColumns = 28

// showExplanation prints how a page came to its record, as people read it.
func showExplanation(out *term.Out, address string, x extract.Explanation) {
	fmt.Fprintln(out, out.Bold(address))
	if x.Refused != nil {
		out.Wrap(out.Bad("not taken as an article: "+string(x.Refused.Reason))+", "+x.Refused.Text, "", textWidth)
	}
	for _, w := range x.Warnings {
		out.Wrap(out.Warn("warning: ")+w, "", textWidth)
	}
	out.Wrap(out.Dim(seenText(x)), "", textWidth)
	if x.Rule != nil {
		fmt.Fprintln(out)
		showRule(out, x.Rule)
	}
	if len(x.Fields) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Fields"))
		out.Table(fieldRows(out, x.Fields))
	}
	showWhoSays(out, &x.Sources)
	if len(x.Blocks) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", out.Bold("Blocks")+out.Dim(", the story in "+cmp.Or(x.Root, "no element")))
	out.Table(blockRows(out, x.Blocks))
	fmt.Fprintln(out)
	for _, why := range verdictsOf(x.Blocks) {
		fmt.Fprintf(out, "  %s\n", out.Dim(fmt.Sprintf("%-10s %s", why, why.Words())))
	}
}

// seenText is what the page showed, in a sentence or two.
func seenText(x extract.Explanation) string {
	s := x.Seen
	text := fmt.Sprintf("body of %d bytes, its longest paragraph %d", s.Body, s.Longest)
	if x.Page == nil {
		return text
	}
	says := "calls itself no article"
	if s.CallsItselfArticle {
		says = "calls itself an article"
	}
	return fmt.Sprintf("%d bytes of text, %.0f %% of it links, %d read like a story; %s; %d headings, %d of them links; the page %s",
		s.Text, s.Linked*100, s.Running, text, s.Headings, s.LinkedHeadings, says)
}

// fieldRows gives each field its value, where that came from, and the values
// that were not chosen.
func fieldRows(out *term.Out, fields []extract.ExplainedField) [][]string {
	var rows [][]string
	for _, f := range fields {
		rows = append(rows, []string{"  " + f.Name, oneLine(f.Value)})
		if f.Method != "" {
			rows = append(rows, []string{"", paintSure(out, f.Confidence) + " " + out.Dim(joined(" ", string(f.Method), f.Path))})
		}
		for _, a := range f.Alternatives {
			rows = append(rows, []string{"", out.Dim(joined(" ", "not", string(a.Method), a.Path) + ": " + oneLine(a.Value))})
		}
	}
	return rows
}

// Below these a field deserves a look.
const (
	sureEnough = 0.8
	unsure     = 0.5
)

func paintSure(out *term.Out, confidence float64) string {
	switch text := fmt.Sprintf("%.2f", confidence); {
	case confidence >= sureEnough:
		return out.Good(text)
	case confidence >= unsure:
		return out.Warn(text)
	default:
		return out.Bad(text)
	}
}

func blockRows(out *term.Out, blocks []extract.ExplainedBlock) [][]string {
	rows := [][]string{{out.Dim("  no"), out.Dim("score"), out.Dim("links"), out.Dim("is"), out.Dim("text")}}
	for i, b := range blocks {
		is, text := out.Good(string(b.Kind)), oneLine(b.Text)
		switch {
		case len(b.Fields) > 0:
			names := b.Fields
			if b.Kind != "" && !slices.Contains(names, string(b.Kind)) {
				names = slices.Insert(slices.Clone(names), 0, string(b.Kind))
			}
			is = out.Accent(out.Cut(strings.Join(names, ", "), isColumns))
		case b.Kind == "":
			is, text = out.Dim(out.Cut(joined(" ", string(b.Why), b.WhyAt), isColumns)), out.Dim(text)
		}
		rows = append(rows, []string{fmt.Sprintf("%4d", i), fmt.Sprintf("%5.1f", b.Score), fmt.Sprintf("%4.0f%%", b.Linked*100), is, text})
	}
	return rows
}

// verdictsOf are the verdicts on the blocks, each once.
func verdictsOf(blocks []extract.ExplainedBlock) []extract.Verdict {
	found := map[extract.Verdict]bool{}
	for _, b := range blocks {
		if b.Why != extract.InStory {
			found[b.Why] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
