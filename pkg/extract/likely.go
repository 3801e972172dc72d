package extract

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// What the rules let through is looked at once more as a whole: a block whose
// signs speak strongly against it is left out. How much each sign says was
// learned from pages with known stories; see the command pkg/extract/train.

const (
	// leastSum is the sum of weights below which a picked block is left out: that of
	// a likelihood of 0.12.
	leastSum = -1.9924301646902063
	// mostUnlikely is how much of the picked text may be so, at most. Where it is
	// more the page is of a kind of which the signs say nothing.
	mostUnlikely = 0.2
)

//go:embed weights.txt
var weightsFile string

// weights are what each sign adds to the log-odds of a block, the base first.
var weights = mustReadWeights(weightsFile)

type signWeights struct {
	base float64
	of   [len(signNames)]float64
}

func mustReadWeights(file string) *signWeights {
	w, err := readWeights(file)
	if err != nil {
		panic(err)
	}
	return w
}

// readWeights reads a line for each sign and one for the base.
func readWeights(file string) (*signWeights, error) {
	told := map[string]float64{}
	for line := range strings.Lines(file) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		weight, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return nil, fmt.Errorf("weight of sign %q: %w", name, err)
		}
		told[name] = weight
	}
	if len(told) != len(signNames)+1 {
		return nil, fmt.Errorf("weights of %d signs, want %d and a base: run pkg/extract/train", len(told), len(signNames))
	}
	w := &signWeights{base: told["base"]}
	for k, name := range signNames {
		weight, ok := told[name]
		if !ok {
			return nil, fmt.Errorf("no weight of sign %q: run pkg/extract/train", name)
		}
		w.of[k] = weight
	}
	return w, nil
}

// likely is how likely a block with these signs is the story's, 0 to 1. To decide
// by, take the sum: the last bit of an exponential is not the same on every
// machine.
func (w *signWeights) likely(g signSet) float64 { return 1 / (1 + math.Exp(-w.sum(g))) }

func (w *signWeights) sum(g signSet) float64 {
	sum := w.base
	for k := range w.of {
		if g.has(sign(k)) {
			sum += w.of[k]
		}
	}
	return sum
}

// dropUnlikely leaves out of the picked blocks those that look like none of a
// story. Cells stay: a table is one thing.
func (s *story) dropUnlikely(picked []int32) []int32 {
	if len(picked) == 0 {
		return picked
	}
	c := s.crowdOf(picked)
	s.verdicts.weigh(s, c)
	likely := make([]int32, 0, len(picked))
	dropped := 0
	for _, i := range picked {
		b := &s.blocks[i]
		if s.upTo(b.el, atom.Table) < 0 && weights.sum(s.signsOf(i, c)) < leastSum {
			dropped += len(b.text)
			continue
		}
		likely = append(likely, i)
	}
	if float64(dropped) > mostUnlikely*float64(c.total) {
		return picked
	}
	return likely
}
