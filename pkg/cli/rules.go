package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/term"
)

type rulesCommand struct {
	Check rulesCheckCommand `cmd:"" help:"Check a file of site rules, and show what it does to a page."`
}

type rulesCheckCommand struct {
	Rules        string `arg:"" name:"rules" help:"YAML file of site rules."`
	Page         string `arg:"" optional:"" help:"File or URL of a page to try them on."`
	URL          string `help:"The address that the file of a page came from." placeholder:"URL"`
	AllowPrivate bool   `help:"Fetch from private and loopback addresses too."`
}

// rulesCheck is what a check found.
type rulesCheck struct {
	Digest string        `json:"digest"`
	Rules  []checkedRule `json:"rules"`
	// Agencies are those that it adds, or adds names to.
	Agencies []checkedAgency `json:"agencies,omitempty"`
	Trial    *rulesTrial     `json:"page,omitempty"`
}

type checkedRule struct {
	Name      string                       `json:"name"`
	Line      int                          `json:"line"`
	Until     time.Time                    `json:"until,omitzero"`
	Selectors map[siterules.Field][]string `json:"selectors"`
}

type checkedAgency struct {
	Name     string   `json:"name,omitempty"`
	Short    string   `json:"short"`
	Aliases  []string `json:"aliases,omitempty"`
	Site     string   `json:"site,omitempty"`
	Pictures bool     `json:"pictures,omitempty"`
	Line     int      `json:"line"`
}

// rulesTrial is what the rules do to one page.
type rulesTrial struct {
	Address string `json:"address"`
	// Rule is the one that held, nil for none.
	Rule *extract.ExplainedRule `json:"rule,omitempty"`
	// Refused is why the page is no article without the rule and with it.
	Refused *change  `json:"refused,omitempty"`
	Fields  []change `json:"fields"`
	// Gained and Lost are the blocks of the body.
	Gained   []string `json:"gained"`
	Lost     []string `json:"lost"`
	Warnings []string `json:"warnings,omitempty"`
}

// change is a value without the rules and with them.
type change struct {
	Field   string `json:"field,omitempty"`
	Without string `json:"without"`
	With    string `json:"with"`
}

// Run checks the file, and fails where it cannot be used.
func (x *rulesCheckCommand) Run(ctx context.Context, c *console) error {
	reader, err := newPageReader(x.AllowPrivate, config.SiteRules{SiteRules: x.Rules})
	if err != nil {
		return err
	}
	check := rulesCheck{Digest: reader.rules.Digest(), Rules: []checkedRule{}}
	for _, r := range reader.rules.Rules() {
		check.Rules = append(check.Rules, checked(r))
	}
	for _, a := range reader.rules.Agencies() {
		check.Agencies = append(check.Agencies, checkedAgency(*a))
	}
	if x.Page != "" {
		if check.Trial, err = x.try(ctx, reader); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(c.out, check)
	}
	showRules(c.out, check)
	return nil
}

func checked(r *siterules.Rule) checkedRule {
	all := checkedRule{Name: r.Name(), Line: r.Line, Until: r.Until, Selectors: map[siterules.Field][]string{}}
	for field, selectors := range r.Selectors {
		for _, s := range selectors {
			all.Selectors[field] = append(all.Selectors[field], s.Text)
		}
	}
	return all
}

// try explains the page without the rules and with them.
func (x *rulesCheckCommand) try(ctx context.Context, reader *pageReader) (*rulesTrial, error) {
	page, err := reader.read(ctx, inputOf(x.Page, x.URL))
	if err != nil {
		return nil, err
	}
	with, err := extract.Explain(page)
	if err != nil {
		return nil, err
	}
	page.Rules = nil
	without, err := extract.Explain(page)
	if err != nil {
		return nil, err
	}
	trial := compare(without, with)
	trial.Address = cmp.Or(page.URL, x.Page)
	return trial, nil
}

func compare(without, with extract.Explanation) *rulesTrial {
	t := &rulesTrial{Rule: with.Rule, Warnings: with.Warnings, Fields: []change{}, Gained: []string{}, Lost: []string{}}
	if a, b := refusalText(without), refusalText(with); a != b {
		t.Refused = &change{Without: a, With: b}
	}
	old, values := fieldValues(without), fieldValues(with)
	for _, f := range slices.Sorted(maps.Keys(mergedKeys(old, values))) {
		if old[f] != values[f] {
			t.Fields = append(t.Fields, change{f, old[f], values[f]})
		}
	}
	for i := range min(len(with.Blocks), len(without.Blocks)) {
		switch in, was := with.Blocks[i].Kind != "", without.Blocks[i].Kind != ""; {
		case in && !was:
			t.Gained = append(t.Gained, oneLine(with.Blocks[i].Text))
		case was && !in:
			t.Lost = append(t.Lost, oneLine(with.Blocks[i].Text))
		}
	}
	return t
}

func refusalText(x extract.Explanation) string {
	if x.Refused == nil {
		return ""
	}
	return string(x.Refused.Reason) + ", " + x.Refused.Text
}

func fieldValues(x extract.Explanation) map[string]string {
	values := map[string]string{}
	for _, f := range x.Fields {
		values[f.Name] = oneLine(f.Value)
	}
	return values
}

func mergedKeys(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// showRules prints what a check found.
func showRules(out *term.Out, check rulesCheck) {
	fmt.Fprintf(out, "%s %s\n", out.Good("good:"), holdings(len(check.Rules), "rule", len(check.Agencies))+", "+check.Digest)
	var rows [][]string
	for _, r := range check.Rules {
		until := ""
		if !r.Until.IsZero() {
			until = "until " + r.Until.Format(time.DateOnly)
		}
		var fields []string
		for _, f := range siterules.Fields {
			if len(r.Selectors[f]) > 0 {
				fields = append(fields, string(f))
			}
		}
		rows = append(rows, []string{"  " + r.Name, out.Dim(until), strings.Join(fields, ", ")})
	}
	for _, a := range check.Agencies {
		rows = append(rows, []string{"  " + a.Short, out.Dim(a.Name), strings.Join(a.Aliases, ", ")})
	}
	out.Table(rows)
	if check.Trial != nil {
		showTrial(out, check.Trial, len(check.Agencies) > 0)
	}
}

// holdings counts what a file holds.
func holdings(rules int, rule string, agencies int) string {
	text := english.Plural(rules, rule, "")
	if agencies > 0 {
		text += ", " + english.Plural(agencies, "agency", "")
	}
	return text
}

// showTrial prints what a file does to a page. Its agencies do something where no
// rule holds, too.
func showTrial(out *term.Out, t *rulesTrial, agencies bool) {
	fmt.Fprintf(out, "\n%s\n", out.Bold(t.Address))
	if t.Rule != nil {
		showRule(out, t.Rule)
	} else {
		fmt.Fprintln(out, out.Warn("no rule holds for its site at the time of its fetch"))
		if !agencies {
			return
		}
	}
	for _, w := range t.Warnings {
		out.Wrap(out.Warn("warning: ")+w, "", textWidth)
	}
	var rows [][]string
	changed := func(what, without, with string) {
		rows = append(rows,
			[]string{"  " + what, out.Dim("without"), out.Dim(cmp.Or(without, "nothing"))},
			[]string{"", "with", cmp.Or(with, "nothing")})
	}
	if t.Refused != nil {
		changed("refused", t.Refused.Without, t.Refused.With)
	}
	for _, f := range t.Fields {
		changed(f.Field, f.Without, f.With)
	}
	for _, b := range t.Gained {
		rows = append(rows, []string{"  block", out.Good("gained"), b})
	}
	for _, b := range t.Lost {
		rows = append(rows, []string{"  block", out.Bad("lost"), b})
	}
	if len(rows) == 0 {
		fmt.Fprintln(out, "it changes nothing")
		return
	}
	out.Table(rows)
}

// showRule prints a rule with how much each of its selectors matched.
func showRule(out *term.Out, r *extract.ExplainedRule) {
	fmt.Fprintf(out, "site rule %s\n", out.Accent(r.Name))
	var rows [][]string
	for _, s := range r.Selectors {
		matches := english.Plural(s.Matches, "element", "")
		if s.Matches == 0 {
			matches = out.Warn("nothing")
		}
		rows = append(rows, []string{"  " + string(s.Field), matches, s.Selector})
	}
	out.Table(rows)
}
