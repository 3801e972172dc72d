package search

// Snippet is a piece of a text with the places that match a query.
type Snippet struct {
	Text string `json:"text"`
	// Marks holds the matches as [start, end) in bytes of Text, in order and
	// apart from each other.
	Marks [][2]int `json:"marks,omitempty"`
	// Before and After say that the text goes on there.
	Before bool `json:"before,omitempty"`
	After  bool `json:"after,omitempty"`
}

// snippetText is how much of a text a snippet is looked for in, in bytes.
const snippetText = 256 << 10

// Snippet is the piece of text, at most size bytes long, with the most clauses
// of the query in it, and of such pieces the first. Where nothing matches it is
// the beginning. Clauses that must not hold and filters mark nothing.
func (q Query) Snippet(text string, size int) Snippet {
	whole := len(text)
	text = text[:cut(text, snippetText)]
	found := q.matches(text)
	start, end := window(text, found, size)
	s := Snippet{Text: text[start:end], Before: start > 0, After: end < whole}
	for _, m := range found {
		if m.start < start || m.end > end {
			continue
		}
		from, to := m.start-start, m.end-start
		if n := len(s.Marks); n > 0 && from <= s.Marks[n-1][1] {
			s.Marks[n-1][1] = max(to, s.Marks[n-1][1])
		} else {
			s.Marks = append(s.Marks, [2]int{from, to})
		}
	}
	return s
}

// window is the best piece of a text that has these matches in order.
func window(text string, found []match, size int) (start, end int) {
	if len(text) <= size {
		return 0, len(text)
	}
	context := size / 4 // before the first match
	reach := size / 8   // of a cut, to fall between words
	best := 0
	count := map[int]int{} // of the matches from m to before next, by clause
	next := 0
	for i, m := range found {
		for ; next < len(found) && found[next].end <= m.start+size-context-reach; next++ {
			count[found[next].clause]++
		}
		if len(count) > best {
			best, start = len(count), max(0, m.start-context)
		}
		if next <= i { // m alone is too long
			next = i + 1
			continue
		}
		if count[m.clause]--; count[m.clause] == 0 {
			delete(count, m.clause)
		}
	}
	start = cut(text, min(start, len(text)-size))
	return afterSpace(text, start, reach), beforeSpace(text, start+size, reach)
}
