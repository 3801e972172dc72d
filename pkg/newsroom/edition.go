package newsroom

import "time"

// editions is how often the newsroom can be printed: stories are added, edited
// and taken away between one edition and the next.
const editions = 3

// editionTime is when what is new in an edition was changed. Nobody changes
// anything at any other time.
func editionTime(edition int) time.Time {
	return time.Date(2026, time.May, 20+edition, 5, 30, 0, 0, time.UTC)
}

// Advance prints the next edition and says whether there was one. [Start]
// prints the first.
func (r *Room) Advance() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.edition == editions {
		return false
	}
	r.edition++
	return true
}

// Edition is the number of the edition that is served, from 1.
func (r *Room) Edition() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition
}

// in says whether the page is in an edition.
func (p *page) in(edition int) bool {
	return edition >= p.From && (p.Gone == 0 || edition < p.Gone)
}
