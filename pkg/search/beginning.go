package search

import (
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// maxExpansion is the number of terms of one field that word* may stand for.
// Each is looked for by itself.
const maxExpansion = 1000

// expands says whether the clause is looked up among the terms. In unbroken
// scripts the beginning of a word is a part of a text as any other.
func (c clause) expands() bool {
	return c.form == beginning && !isUnbroken(first(c.terms()[0]))
}

func beginsSo(field, prefix string, boost float64) query.Query {
	q := bleve.NewPrefixQuery(prefix)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

// checkBeginnings refuses clauses that stand for too many terms.
func (g generation) checkBeginnings(q Query) error {
	for _, c := range q.clauses {
		if !c.expands() {
			continue
		}
		for _, w := range weights {
			many, err := g.moreBeginSo(w.field, c.terms()[0], maxExpansion)
			if err != nil {
				return fmt.Errorf("search %q: %w", q, err)
			}
			if many {
				return &SyntaxError{0, fmt.Sprintf("more than %d words begin as %s: give more of its letters", maxExpansion, c)}
			}
		}
	}
	return nil
}

// moreBeginSo says whether more than limit terms of a field have the prefix.
func (g generation) moreBeginSo(field, prefix string, limit int) (many bool, err error) {
	terms, err := g.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, terms.Close()) }()
	for range limit + 1 {
		term, err := terms.Next()
		if err != nil || term == nil {
			return false, err
		}
	}
	return true, nil
}
