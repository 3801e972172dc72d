package store

import (
	"sync"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxLately is how much of the rows put last is held in memory, in bytes of JSON.
const maxLately = 4 << 20

// lately are the rows that were put last, whose numbers follow one another: who
// follows the rows need not unpack what was in hand a moment ago.
type lately struct {
	mu   sync.Mutex
	rows []latelyRow
	size int
}

// latelyRow is a row and the size of its JSON in bytes. Nobody changes its article.
type latelyRow struct {
	number  int64
	article *news.Article
	size    int
}

// add takes in rows that were put in one commit, in the order of their numbers.
func (l *lately) add(rows []latelyRow) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range rows {
		if n := len(l.rows); n > 0 && l.rows[n-1].number+1 != r.number {
			l.drop(n)
		}
		l.rows, l.size = append(l.rows, r), l.size+r.size
	}
	first := 0
	for size := l.size; size > maxLately; first++ {
		size -= l.rows[first].size
	}
	l.drop(first)
}

// after gives what is held behind a row number, and forgets the rest: who asked
// has had it.
func (l *lately) after(number int64) []latelyRow {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := 0
	for first < len(l.rows) && l.rows[first].number <= number {
		first++
	}
	l.drop(first)
	return l.rows[:len(l.rows):len(l.rows)]
}

// drop forgets the first n. What was given out is not written to.
func (l *lately) drop(n int) {
	for _, r := range l.rows[:n] {
		l.size -= r.size
	}
	if n > 0 {
		l.rows = append([]latelyRow(nil), l.rows[n:]...)
	}
}
