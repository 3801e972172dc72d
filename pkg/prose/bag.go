package prose

// Bag is a text as its folded words, for comparing it with others.
type Bag struct {
	// Folded is the whole text; see [Fold].
	Folded string
	count  map[string]int
	size   int
}

// BagOf reads a text once, for many comparisons.
func BagOf(text string) Bag {
	words := FoldedWords(text)
	b := Bag{Folded: Fold(text), count: make(map[string]int, len(words)), size: len(words)}
	for _, w := range words {
		b.count[w]++
	}
	return b
}

// Likeness is the share of words that a text has in common with the bag (Dice),
// 0 to 1.
func (b *Bag) Likeness(words []string) float64 {
	if b.size == 0 || len(words) == 0 {
		return 0
	}
	common := 0
	for i, w := range words {
		left := b.count[w]
		if left == 0 {
			continue
		}
		for _, before := range words[:i] {
			if before == w {
				left--
			}
		}
		if left > 0 {
			common++
		}
	}
	return 2 * float64(common) / float64(b.size+len(words))
}
