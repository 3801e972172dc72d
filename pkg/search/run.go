package search

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Limits of [Options]: paging deeper costs more than narrowing the query.
const (
	maxLimit  = 1000
	maxOffset = 10000
)

// Order is what comes first.
type Order string

// The orders.
const (
	ByRelevance Order = "relevance" // the best match, of equal ones the newest
	ByDate      Order = "date"      // the newest by its stated date; undated ones last
)

// Options says which part of the results is wanted.
type Options struct {
	// Limit is the most hits to give, 1 to 1,000; 0 gives only the total.
	Limit int
	// Offset is the number of hits to leave out before, up to 10,000.
	Offset int
	// Sort is ByRelevance if empty.
	Sort Order
	// Without are stories that are not to be found, by their IDs.
	Without []string
}

// Results is what was found.
type Results struct {
	// Total is the number of all stories that match.
	Total uint64
	Hits  []Hit
	// Took is the time of the search itself.
	Took time.Duration
}

// Hit is a story that matches.
type Hit struct {
	StoryID string
	// Score compares hits of one search, not of two.
	Score float64
}

// Search finds the stories that match q. What is taken in meanwhile does not
// hold it up. A [SyntaxError] is returned for word* where too many words begin
// so.
func (x *Index) Search(ctx context.Context, q Query, o Options) (Results, error) {
	sort, err := o.order()
	if err != nil {
		return Results{}, fmt.Errorf("search %q: %w", q, err)
	}
	wanted := q.compile()
	if len(o.Without) > 0 {
		wanted.AddMustNot(bleve.NewDocIDQuery(o.Without))
	}
	request := bleve.NewSearchRequestOptions(wanted, o.Limit, o.Offset, false)
	request.SortBy(sort)
	x.answering.RLock()
	defer x.answering.RUnlock()
	if err := x.current.checkBeginnings(q); err != nil {
		return Results{}, err
	}
	found, err := x.current.SearchInContext(ctx, request)
	if err != nil {
		return Results{}, fmt.Errorf("search %q: %w", q, err)
	}
	results := Results{Total: found.Total, Took: found.Took, Hits: make([]Hit, len(found.Hits))}
	for i, hit := range found.Hits {
		results.Hits[i] = Hit{StoryID: hit.ID, Score: score(hit.Score)}
	}
	return results, nil
}

// score is bleve's. A query of filters only has none: bleve divides by zero.
func score(s float64) float64 {
	if math.IsNaN(s) {
		return 0
	}
	return s
}

// Validate says which option cannot be right.
func (o Options) Validate() error {
	_, err := o.order()
	return err
}

func (o Options) order() ([]string, error) {
	switch {
	case o.Limit < 0 || o.Limit > maxLimit:
		return nil, fmt.Errorf("limit %d is not in 0 to %d", o.Limit, maxLimit)
	case o.Offset < 0 || o.Offset > maxOffset:
		return nil, fmt.Errorf("offset %d is not in 0 to %d: narrow the query, such as by dates", o.Offset, maxOffset)
	}
	switch o.Sort {
	case "", ByRelevance:
		return []string{"-_score", "-time", "_id"}, nil
	case ByDate:
		return []string{"-time", "-_score", "_id"}, nil
	}
	return nil, fmt.Errorf("no order is called %q: there are %s and %s", o.Sort, ByRelevance, ByDate)
}

// weights says how much more a match counts in each of the fields that words
// are looked for in.
var weights = []struct {
	field string
	boost float64
}{{"headline", 4}, {"deck", 2}, {"body", 1}}

// compile turns a query into bleve's.
func (q Query) compile() *query.BooleanQuery {
	all := bleve.NewBooleanQuery()
	positive := false
	for _, c := range q.clauses {
		if c.not {
			all.AddMustNot(c.compile())
		} else {
			all.AddMust(c.compile())
			positive = true
		}
	}
	if !positive {
		all.AddMust(bleve.NewMatchAllQuery())
	}
	return all
}

func (c clause) compile() query.Query {
	if c.form == filtered {
		return c.filterQuery()
	}
	terms := c.terms()
	anywhere := bleve.NewDisjunctionQuery()
	for _, w := range weights {
		if c.expands() {
			anywhere.AddQuery(beginsSo(w.field, terms[0], w.boost))
		} else {
			anywhere.AddQuery(inField(w.field, terms, w.boost))
		}
	}
	return anywhere
}

// inField finds terms side by side in a field.
func inField(field string, terms []string, boost float64) query.Query {
	if len(terms) == 1 {
		q := bleve.NewTermQuery(terms[0])
		q.SetField(field)
		q.SetBoost(boost)
		return q
	}
	q := bleve.NewPhraseQuery(terms, field)
	q.SetBoost(boost)
	return q
}
