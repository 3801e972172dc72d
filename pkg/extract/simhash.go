package extract

import (
	"fmt"
	"strings"
	"unicode"
)

// shingle is the number of words that are hashed together.
const shingle = 3

// simhash is Charikar's similarity hash over the text's word triples: texts
// that share most of them differ in few bits. It is empty for a text of fewer
// words than that.
func simhash(text string) string {
	var recent [shingle]uint64
	var ones tally
	n := 0
	add := func(word string) {
		copy(recent[:], recent[1:])
		recent[shingle-1] = fnv(word)
		if n++; n < shingle {
			return
		}
		h := uint64(14695981039346656037)
		for _, w := range recent {
			h = (h ^ w) * 1099511628211
			h ^= h >> 29
		}
		ones.add(h)
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 0 && isCJK(w) {
			for _, r := range w {
				add(string(r))
			}
			continue
		}
		add(w)
	}
	if n < shingle {
		return ""
	}
	var h uint64
	for bit := range 64 {
		if 2*ones.of(bit) > n-shingle+1 {
			h |= 1 << bit
		}
	}
	return fmt.Sprintf("%016x", h)
}

// tally counts for each bit of a word how often it was set. Bit b of plane p is
// bit p of the count of b, so that all 64 are counted at once.
type tally [32]uint64

func (t *tally) add(h uint64) {
	for p := 0; h != 0 && p < len(t); p++ {
		t[p], h = t[p]^h, t[p]&h
	}
}

// of is how often a bit was set.
func (t *tally) of(bit int) int {
	n := 0
	for p, plane := range t {
		n |= int(plane>>bit&1) << p
	}
	return n
}

// fnv is the 64-bit FNV-1a hash.
func fnv(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
