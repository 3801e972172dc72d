// Train learns what the signs of a block say about its being a story's, from
// pages whose stories are known, and prints the weights:
//
//	train CORPUS > pkg/extract/weights.txt
//
// CORPUS has a folder for each set of pages; those with bodies or segments in
// their gold are learned from. On standard error it says how the weights do on
// sites that they were not learned from, each site left out in turn with an
// eighth of the others. The same corpus gives the same weights.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/extract/corpus"
)

const (
	// folds is into how many parts the sites are cut for validation.
	folds = 8
	// segmentWeight is how much a block of a page counts of which only pieces are
	// known: pages of more kinds, and their hard places.
	segmentWeight = 2
	// siteCap is how many picked blocks of one site count in full.
	siteCap = 40
)

// leastLikely are the likelihoods below which blocks are left out for the
// validation.
var leastLikely = [...]float64{0.05, 0.08, 0.12, 0.16, 0.2, 0.3}

// sample is a block of which it is known whether it is the story's.
type sample struct {
	signs  []int
	story  bool
	picked bool
	weight float64
	site   string
	fold   int
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: train CORPUS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(folder string, out, report io.Writer) error {
	sets, err := filepath.Glob(filepath.Join(folder, "*", "gold.jsonl"))
	if err != nil {
		return err
	}
	l := lesson{index: map[string]int{}}
	for i, name := range extract.SignNames() {
		l.index[name] = i
	}
	for _, set := range sets {
		if err := l.read(filepath.Dir(set)); err != nil {
			return err
		}
	}
	if len(l.samples) == 0 {
		return fmt.Errorf("no page with a known story in %q", folder)
	}
	l.even()
	l.validate(report)
	weights := fit(l.samples, len(l.index), -1)
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "base %.2f\n", weights[len(l.index)])
	for i, name := range extract.SignNames() {
		fmt.Fprintf(w, "%s %.2f\n", name, weights[i])
	}
	return w.Flush()
}

// lesson is what is learned from.
type lesson struct {
	index   map[string]int
	samples []sample
}

// read adds the blocks of the pages of a set.
func (l *lesson) read(folder string) error {
	var failed error
	err := corpus.EachLine(filepath.Join(folder, "gold.jsonl"), func(g *gold) {
		if len(g.Body) == 0 && len(g.With) == 0 || g.Readability() {
			return
		}
		failed = errors.Join(failed, l.page(folder, g))
	})
	return errors.Join(err, failed)
}

func (l *lesson) page(folder string, g *gold) error {
	body, err := corpus.Page(folder, g.ID)
	if err != nil {
		return err
	}
	x, err := extract.Explain(extract.Input{Body: body, URL: g.URL, ContentType: "text/html"})
	if err != nil || x.Refused != nil {
		return err
	}
	judge := g.judge()
	for i := range x.Blocks {
		b := &x.Blocks[i]
		if b.Signs == nil {
			continue
		}
		story, known := judge(b.Text)
		if !known {
			continue
		}
		s := sample{story: story, site: g.Site, picked: b.Kind != "" || b.Why == extract.Unlikely, weight: 1}
		if len(g.With) > 0 {
			s.weight = segmentWeight
		}
		for _, sign := range b.Signs {
			s.signs = append(s.signs, l.index[sign.Name])
		}
		l.samples = append(l.samples, s)
	}
	return nil
}

// even makes sites of many blocks count less a block, and deals the sites out.
func (l *lesson) even() {
	picked := map[string]int{}
	for _, s := range l.samples {
		if s.picked {
			picked[s.site]++
		}
	}
	for i := range l.samples {
		s := &l.samples[i]
		if n := picked[s.site]; n > siteCap && s.weight == 1 {
			s.weight = math.Sqrt(float64(siteCap) / float64(n))
		}
		name, _, _ := strings.Cut(s.site, ".")
		h := fnv.New32a()
		_, _ = h.Write([]byte(name))
		s.fold = int(h.Sum32() % folds)
	}
}

// validate says what leaving out unlikely blocks does on sites that were not
// learned from.
func (l *lesson) validate(report io.Writer) {
	likely := make([]float64, len(l.samples))
	for k := range folds {
		weights := fit(l.samples, len(l.index), k)
		for i := range l.samples {
			if l.samples[i].fold == k {
				likely[i] = l.samples[i].likely(weights)
			}
		}
	}
	picked, wrong := 0, 0
	for _, s := range l.samples {
		if s.picked {
			picked++
			if !s.story {
				wrong++
			}
		}
	}
	fmt.Fprintf(report, "%d blocks, %d picked by the rules, %d of them wrongly\n", len(l.samples), picked, wrong)
	for _, least := range leastLikely {
		rightly, wrongly := 0, 0
		for i, s := range l.samples {
			if s.picked && likely[i] < least {
				if s.story {
					wrongly++
				} else {
					rightly++
				}
			}
		}
		fmt.Fprintf(report, "below %.2f: %4d left out rightly, %3d wrongly\n", least, rightly, wrongly)
	}
}
