package export

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// heapMost is what an export may hold, in bytes: the lines of the days that are
// not yet on the disk, a row group, and what the library for Parquet holds.
const heapMost = 96 << 20

// What is held does not grow with the number of records, nor with that of days.
func TestMemory(t *testing.T) {
	records := 20_000
	if testing.Short() {
		records = 3_000
	}
	a := example(t)
	a.ArticleBody = strings.Repeat("The ferry sails every forty minutes. ", 100)
	p, err := NewParquet(stageIn(t, t.TempDir()), Articles)
	if err != nil {
		t.Fatal(err)
	}
	table, err := NewCSV(io.Discard, Articles, false)
	if err != nil {
		t.Fatal(err)
	}
	peak := uint64(0)
	held := func() {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapAlloc)
	}
	for n := range records {
		a.Raw.FetchedAt = sampleMorning.AddDate(0, 0, n*7919%300)
		a.Headline = fmt.Sprint("Ferry ", n)
		line := lineOf(t, news.StoredRow{Number: int64(n + 1), Stored: news.Stored{Article: a}})
		for _, w := range []interface{ Write([]byte) error }{p, table, NewNinJS(io.Discard), NewJSONL(io.Discard)} {
			writeAll(t, w, line)
		}
		if n%1000 == 0 {
			held()
		}
	}
	found := 0
	for _, day := range p.days.all() {
		if err := errors.Join(p.days.flush(), p.writeDay(io.Discard, day)); err != nil {
			t.Fatal(err)
		}
		if found += p.days.known[day]; found%1000 < p.days.known[day] {
			held()
		}
	}
	t.Logf("%d records, %d MB held at most", records, peak>>20)
	if found != records || peak > heapMost {
		t.Errorf("%d of %d records with %d bytes held, at most %d are allowed", found, records, peak, heapMost)
	}
}
