package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/quote"
	"github.com/copydesk/copydesk/pkg/term"
)

// showWhoSays prints who a story comes from, and of each why: how sure that is,
// the word or the rule that decided, and the block of the page that says so.
func showWhoSays(out *term.Out, x *extract.ExplainedSources) {
	if len(x.Supplied) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Supplied by"))
		out.Table(supplierRows(out, x.Supplied))
	}
	if len(x.Named)+len(x.Quotations) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Who says what"))
		showReasons(out, x)
	}
	if len(x.Citations) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Links to"))
		rows := [][]string{{out.Dim("  kind"), out.Dim("block"), out.Dim("words"), out.Dim("address")}}
		for _, c := range x.Citations {
			rows = append(rows, []string{"  " + string(c.Kind), blockNumber(c.At), out.Cut(oneLine(c.Text), linkColumns), out.Dim(c.URL)})
		}
		out.Table(rows)
	}
}

func supplierRows(out *term.Out, all []extract.ExplainedSupplier) [][]string {
	rows := [][]string{{out.Dim("  sure"), out.Dim("block"), out.Dim("of"), out.Dim("who"), out.Dim("by")}}
	for _, s := range all {
		rows = append(rows, []string{"  " + paintSure(out, s.Confidence), blockNumber(s.At), string(s.Scope), out.Accent(s.Name),
			s.Form.Words() + out.Dim(behind(", ", joined(" ", string(s.Method), s.Path)))})
	}
	return rows
}

// showReasons prints the quotations of each speaker, and who is a source without
// one, all in the same columns.
func showReasons(out *term.Out, x *extract.ExplainedSources) {
	quoted := map[string][]extract.ExplainedQuotation{}
	rules := map[quote.Rule]bool{}
	by := term.Width("word, rule")
	for _, q := range x.Quotations {
		quoted[q.Speaker] = append(quoted[q.Speaker], q)
		rules[q.Rule] = true
		by = max(by, term.Width(reason(q.Rule, q.Cue)))
	}
	for _, w := range x.Named {
		rules[w.Rule] = true
		by = max(by, term.Width(reason(w.Rule, w.Cue)))
	}
	row := func(sure, rule string, at *extract.Print, text string) {
		out.Table([][]string{{"  " + sure, term.Pad(blockNumber(at), len("block")), term.Pad(rule, by), text}})
	}
	out.Table([][]string{{out.Dim("  sure"), out.Dim("block"), out.Dim(term.Pad("word, rule", by)), out.Dim("text")}})
	for _, w := range x.Named {
		if w.Quotations > 0 {
			fmt.Fprintln(out, "  "+speaker(out, w.Attribution))
		}
		for _, q := range quoted[w.Name] {
			row(paintSure(out, q.Confidence), reason(q.Rule, q.Cue), q.At, inMarks(q.Text))
		}
		delete(quoted, w.Name)
	}
	if open := quoted[""]; len(open) > 0 {
		fmt.Fprintln(out, "  "+out.Dim("the story leaves open who speaks"))
		for _, q := range open {
			row("    ", "", q.At, inMarks(q.Text))
		}
	}
	if slices.ContainsFunc(x.Named, func(w extract.ExplainedOrigin) bool { return w.Quotations == 0 }) {
		fmt.Fprintln(out, "  "+out.Dim("reported, not quoted"))
	}
	for _, w := range x.Named {
		if w.Quotations == 0 {
			row(paintSure(out, w.Confidence), reason(w.Rule, w.Cue), cmp.Or(w.CueAt, w.At), speaker(out, w.Attribution))
		}
	}
	delete(rules, quote.ByNobody)
	fmt.Fprintln(out)
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		fmt.Fprintf(out, "  %s\n", out.Dim(fmt.Sprintf("%-10s %s", rule, rule.Words())))
	}
}

// reason is the word that decided, in marks, and the rule where it is another than
// that.
func reason(rule quote.Rule, cue string) string {
	switch {
	case cue == "":
		return string(rule)
	case rule == quote.ByCue:
		return inMarks(cue)
	}
	return string(rule) + " " + inMarks(cue)
}

func blockNumber(at *extract.Print) string {
	if at == nil {
		return ""
	}
	return strconv.Itoa(at.Block)
}
