package cli

import (
	"fmt"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/term"
)

// showSpeakers prints who says what in the story: everyone it names as an origin,
// in their order, with what they are quoted with.
func showSpeakers(out *term.Out, a *news.Article) {
	if len(a.Attributions)+len(a.Quotations) == 0 {
		return
	}
	quoted := map[string][]news.Quotation{}
	for _, q := range a.Quotations {
		quoted[q.Speaker] = append(quoted[q.Speaker], q)
	}
	fmt.Fprintln(out, out.Bold("Who says what"))
	for _, who := range a.Attributions {
		kind := ""
		if who.Kind != news.KindPerson {
			kind = string(who.Kind)
		}
		fmt.Fprintln(out, "  "+out.Accent(who.Name)+out.Dim(behind(", ", joined(", ", who.Role, kind))))
		showQuotations(out, quoted[who.Name])
	}
	if open := quoted[""]; len(open) > 0 {
		fmt.Fprintln(out, "  "+out.Dim("nobody is named"))
		showQuotations(out, open)
	}
	fmt.Fprintln(out)
}

func showQuotations(out *term.Out, all []news.Quotation) {
	for _, q := range all {
		out.Wrap("“"+strings.ReplaceAll(q.Text, "\n", " ")+"”"+behind(" — ", q.Verb), "      ", textWidth)
	}
}

// behind is a text with what parts it from the one before it, nothing if it is
// empty.
func behind(between, text string) string {
	if text == "" {
		return ""
	}
	return between + text
}
