package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

// sighting is one article of a story that came in.
type sighting struct {
	id        string
	row       int64 // of the revision that says what it says
	hash      string
	fetchedAt int64
	sequence  int64
}

// compare orders the sightings of a story in time.
func (s sighting) compare(t sighting) int {
	return cmp.Or(
		cmp.Compare(s.fetchedAt, t.fetchedAt),
		cmp.Compare(s.sequence, t.sequence),
		cmp.Compare(s.id, t.id),
	)
}

// history holds all sightings of one story in order. Neighbours with equal
// content have the same row.
type history []sighting

// historyQuery asks for the sightings of a story.
const historyQuery = `
	SELECT s.id, s.row, r.content_hash, s.fetched_at, s.stream_seq
	FROM sightings s JOIN revisions r ON r.row = s.row
	WHERE s.story_id = ? ORDER BY s.fetched_at, s.stream_seq, s.id`

func historyOf(ctx context.Context, tx *sql.Tx, storyID string) (history, error) {
	rows, err := tx.QueryContext(ctx, historyQuery, storyID)
	return readHistory(rows, err, storyID)
}

// readHistory reads what historyQuery found, or says why it did not.
func readHistory(rows *sql.Rows, err error, storyID string) (history, error) {
	if err != nil {
		return nil, fmt.Errorf("history of story %s: %w", storyID, err)
	}
	defer rows.Close()
	var h history
	for rows.Next() {
		var s sighting
		if err := rows.Scan(&s.id, &s.row, &s.hash, &s.fetchedAt, &s.sequence); err != nil {
			return nil, fmt.Errorf("history of story %s: %w", storyID, err)
		}
		h = append(h, s)
	}
	return h, rows.Err()
}

// place is where s belongs, and the row of the neighbour that says the same, 0
// if neither does. A page that comes late may say what the one after it says.
func (h history) place(s sighting) (at int, sameAs int64) {
	at, _ = slices.BinarySearchFunc(h, s, sighting.compare)
	switch {
	case at > 0 && h[at-1].hash == s.hash:
		return at, h[at-1].row
	case at < len(h) && h[at].hash == s.hash:
		return at, h[at].row
	}
	return at, 0
}

// behind is a number behind all sightings of a time.
func (h history) behind(fetchedAt int64) int64 {
	last := int64(0)
	for _, s := range h {
		if s.fetchedAt == fetchedAt {
			last = max(last, s.sequence)
		}
	}
	return last + 1
}

// version is the number of the version that the sighting at i belongs to.
func (h history) version(i int) int {
	n := 1
	for j := 1; j <= i; j++ {
		if h[j].row != h[j-1].row {
			n++
		}
	}
	return n
}

// find is the place of the article with that id, or -1.
func (h history) find(id string) int {
	return slices.IndexFunc(h, func(s sighting) bool { return s.id == id })
}

// first is the first sighting of a numbered version, or -1.
func (h history) first(version int) int {
	n := 0
	for i := range h {
		if i == 0 || h[i].row != h[i-1].row {
			n++
		}
		if n == version {
			return i
		}
	}
	return -1
}

// stored tells of a record of this history what only the history knows.
func (h history) stored(a *news.Article, version int) *news.Stored {
	last := len(h) - 1
	return &news.Stored{
		Article: *a, Version: version, Versions: h.version(last),
		FirstSeen: fromMicros(h[0].fetchedAt), LastSeen: fromMicros(h[last].fetchedAt),
	}
}
