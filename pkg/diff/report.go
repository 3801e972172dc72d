package diff

import (
	"cmp"
	"slices"
)

// Report is what all pairs of two extractions come to. Make one with its names,
// give it the pairs, and sort it.
type Report struct {
	// Run is the extraction that is compared, Against the one from before.
	Run     string `json:"run"`
	Against string `json:"against"`
	// By are the extractors of Run and Against in words, empty where that is not
	// known.
	By        string `json:"by,omitempty"`
	AgainstBy string `json:"againstBy,omitempty"`

	// Captures is the number of pairs: those of which both say the same, or both
	// that there is no article, and those that differ.
	Captures int `json:"captures"`
	Same     int `json:"same"`
	Neither  int `json:"neither"`
	Changed  int `json:"changed"`
	Gained   int `json:"gained"`
	Lost     int `json:"lost"`
	// Undone are captures without a result to compare: one of the replays does not
	// have them, or they are still on their way, or could not be done.
	Undone int `json:"undone,omitempty"`

	// Fields counts the changed articles by field, Sites those that differ by site,
	// most first.
	Fields []Count `json:"fields"`
	Sites  []Count `json:"sites"`
	// Changes are the articles that differ, most suspicious first.
	Changes []Change `json:"changes"`
}

// Count is how often something was seen.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Add compares a pair.
func (r *Report) Add(p Pair) error {
	c, err := Compare(p)
	if err != nil {
		return err
	}
	if c == nil {
		r.AddEqual(p.Before.Record != nil)
		return nil
	}
	r.Captures++
	switch c.Kind {
	case Changed:
		r.Changed++
	case Gained:
		r.Gained++
	case Lost:
		r.Lost++
	}
	r.Changes = append(r.Changes, *c)
	return nil
}

// AddEqual counts a pair that is known to be equal: two articles, or none.
func (r *Report) AddEqual(article bool) {
	r.Captures++
	if article {
		r.Same++
	} else {
		r.Neither++
	}
}

// AddUndone counts a capture without a result.
func (r *Report) AddUndone() {
	r.Captures++
	r.Undone++
}

// Sort counts what was added, and puts it in order.
func (r *Report) Sort() {
	fields, sites := map[string]int{}, map[string]int{}
	for _, c := range r.Changes {
		sites[c.Site]++
		for _, f := range c.Fields {
			fields[f.Name]++
		}
	}
	r.Fields, r.Sites = counted(fields), counted(sites)
	if r.Changes == nil {
		r.Changes = []Change{} // which is no null in JSON
	}
	slices.SortFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Suspicion, a.Suspicion), cmp.Compare(a.URL, b.URL), cmp.Compare(a.CaptureID, b.CaptureID))
	})
}

func counted(by map[string]int) []Count {
	all := []Count{}
	for name, n := range by {
		all = append(all, Count{name, n})
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return all
}
