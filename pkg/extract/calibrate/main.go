// Calibrate prints how often the fields that the extractor is sure of are right:
// for each field and step of confidence, how many values were given and how many
// of them the gold of an evaluation corpus bears out.
//
//	calibrate CORPUS RECORDS
//
// CORPUS has a folder with a gold.jsonl for each set of pages, and perhaps a
// labels.jsonl of what the pages print; RECORDS has a SET.records.jsonl for each,
// as the command "copydesk extract --manifest" writes it. It fails if fewer than
// 97 % of what was given at 0.9 and above is right.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/extract/corpus"
	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// sure is the confidence from which on a consumer may take a field as it is.
	sure = 0.9
	// leastRight is the share of the sure values that must be right.
	leastRight = 0.97
)

// steps are the lower ends of the rows of the table.
var steps = [...]float64{0.9, 0.8, 0.7, 0.6, 0.5, 0}

// gold is what is known of one page. Labels are what it prints.
type gold struct {
	ID        string
	Published string
	Authors   []string
	Topics    []string
	Has       []string
	Body      json.RawMessage
	label     *label
}

type label struct {
	ID       string
	Headline string
	Kicker   []string
	Deck     string
}

// record is a line of the extractor.
type record struct {
	Input string
	news.Article
}

// tally counts the values given and those that were right, by field and step.
type tally map[string]*[len(steps)]struct{ given, right int }

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: calibrate CORPUS RECORDS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(gold, records string) error {
	sets, err := filepath.Glob(filepath.Join(records, "*.records.jsonl"))
	if err != nil {
		return err
	}
	if len(sets) == 0 {
		return fmt.Errorf("no *.records.jsonl in %q", records)
	}
	t := tally{}
	for _, file := range sets {
		set := strings.TrimSuffix(filepath.Base(file), ".records.jsonl")
		pages, err := readGold(filepath.Join(gold, set))
		if err != nil {
			return err
		}
		err = corpus.EachLine(file, func(r *record) {
			if g := pages[r.Input]; g != nil {
				t.page(g, r)
			}
		})
		if err != nil {
			return err
		}
	}
	return t.print()
}

// readGold reads the gold of a set of pages and their labels, where it has any.
func readGold(folder string) (map[string]*gold, error) {
	pages := map[string]*gold{}
	err := corpus.EachLine(filepath.Join(folder, "gold.jsonl"), func(g *gold) { pages[g.ID] = g })
	if err != nil {
		return nil, err
	}
	labels := filepath.Join(folder, "labels.jsonl")
	if _, err := os.Stat(labels); err != nil {
		return pages, nil
	}
	return pages, corpus.EachLine(labels, func(l *label) {
		if g := pages[l.ID]; g != nil {
			g.label = l
		}
	})
}

// page judges the fields of one record that the gold of its page speaks of.
func (t tally) page(g *gold, r *record) {
	if g.label != nil {
		t.count(r, "headline", r.Headline != "", same(r.Headline, g.label.Headline))
		t.count(r, "kicker", len(r.Kicker) > 0, sameSet(r.Kicker, g.label.Kicker))
		t.count(r, "deck", r.Deck != "", same(r.Deck, g.label.Deck))
	}
	if d := r.DatePublished; d != nil && len(g.Published) >= 10 {
		t.count(r, "datePublished", true, d.Value[:10] == g.Published[:10])
	}
	if slices.Contains(g.Has, "authors") {
		// An agency is never an author.
		people := slices.DeleteFunc(slices.Clone(g.Authors), func(name string) bool { _, is := agency.Table{}.Find(name); return is })
		names := make([]string, len(r.Author))
		for i, p := range r.Author {
			names[i] = p.Name
		}
		t.count(r, "author", len(names) > 0, sameSet(names, people))
	}
	if slices.Contains(g.Has, "topics") {
		t.count(r, "keywords", len(r.Keywords) > 0, sameSet(r.Keywords, g.Topics))
	}
}

func (t tally) count(r *record, field string, given, right bool) {
	p, ok := r.Provenance[field]
	if !given || !ok {
		return
	}
	if t[field] == nil {
		t[field] = new([len(steps)]struct{ given, right int })
	}
	for i, least := range steps {
		if p.Confidence >= least {
			t[field][i].given++
			if right {
				t[field][i].right++
			}
			return
		}
	}
}

// print writes the table and says whether the sure values hold.
func (t tally) print() error {
	fields := make([]string, 0, len(t))
	for f := range t {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	fmt.Printf("%-14s", "confidence")
	for i, least := range steps {
		if i == len(steps)-1 {
			fmt.Printf("  %13s", "below")
			break
		}
		fmt.Printf("  %13s", fmt.Sprintf("from %.1f", least))
	}
	fmt.Println()
	given, right := 0, 0
	for _, f := range fields {
		fmt.Printf("%-14s", f)
		for i := range steps {
			c := t[f][i]
			if steps[i] >= sure {
				given, right = given+c.given, right+c.right
			}
			fmt.Printf("  %13s", share(c.right, c.given))
		}
		fmt.Println()
	}
	fmt.Printf("at %.1f and above: %s right\n", sure, share(right, given))
	if given > 0 && float64(right) < leastRight*float64(given) {
		return fmt.Errorf("fewer than %.0f %% of the sure values are right", 100*leastRight)
	}
	return nil
}

func share(right, given int) string {
	if given == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d %5.1f%%", right, given, 100*float64(right)/float64(given))
}

// words reduces a text to its words, without case.
func words(s string) string {
	s = cases.Fold().String(norm.NFKC.String(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }), " ")
}

func same(a, b string) bool { return words(a) == words(b) }

func sameSet(a, b []string) bool { return slices.Equal(wordSet(a), wordSet(b)) }

func wordSet(list []string) []string {
	var set []string
	for _, s := range list {
		if s = words(s); s != "" {
			set = append(set, s)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}
