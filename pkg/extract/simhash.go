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
	var sums [64]int
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
		for bit := range sums {
			if h>>bit&1 == 1 {
				sums[bit]++
			} else {
				sums[bit]--
			}
		}
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
	for bit, sum := range sums {
		if sum > 0 {
			h |= 1 << bit
		}
	}
	return fmt.Sprintf("%016x", h)
}

// fnv is the 64-bit FNV-1a hash.
func fnv(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
