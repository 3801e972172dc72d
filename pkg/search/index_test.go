package search

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// rows is a source of rows in memory.
type rows []news.Row

func (r rows) RowsAfter(ctx context.Context, number int64, limit int) ([]news.Row, error) {
	i := slices.IndexFunc(r, func(row news.Row) bool { return row.Number > number })
	if i < 0 {
		return nil, ctx.Err()
	}
	return r[i:min(len(r), i+limit)], ctx.Err()
}

func (r rows) LastRow(context.Context) (int64, error) {
	if len(r) == 0 {
		return 0, nil
	}
	return r[len(r)-1].Number, nil
}

func (rows) Purged(_ context.Context, after int64, _ int) ([]string, int64, error) {
	return nil, after, nil
}

func rowsOf(articles ...*news.Article) rows {
	var r rows
	for i, a := range articles {
		r = append(r, news.Row{Number: int64(i + 1), Latest: true, Article: a})
	}
	return r
}

func openIn(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// indexOf is an index of these articles.
func indexOf(t testing.TB, articles ...*news.Article) *Index {
	t.Helper()
	x := openIn(t, filepath.Join(t.TempDir(), "bleve"))
	if err := x.CatchUp(t.Context(), rowsOf(articles...)); err != nil {
		t.Fatal(err)
	}
	return x
}

// find gives the IDs of the stories that a query finds, the best first.
func find(t testing.TB, x *Index, query string, o Options) []string {
	t.Helper()
	q, err := Parse(query)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	if o.Limit == 0 {
		o.Limit = 100
	}
	found, err := x.Search(t.Context(), q, o)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, hit := range found.Hits {
		ids = append(ids, hit.StoryID)
	}
	return ids
}
