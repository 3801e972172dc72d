package prose

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// shingle is the number of words that are hashed together.
const shingle = 3

// Simhash is Charikar's similarity hash over the text's word triples: texts
// that share most of them differ in few bits. It is empty for a text of fewer
// words than that.
func Simhash(text string) string {
	var recent [shingle]uint64
	var ones tally
	n := 0
	add := func(word uint64) {
		copy(recent[:], recent[1:])
		recent[shingle-1] = word
		if n++; n < shingle {
			return
		}
		h := uint64(fnvBasis)
		for _, w := range recent {
			h = (h ^ w) * fnvPrime
			h ^= h >> 29
		}
		ones.add(h)
	}
	eachWord(text, add)
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

// The 64-bit FNV-1a hash.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// eachWord hashes each word of a text in lower case. Characters of Chinese,
// Japanese and Korean are words of their own.
func eachWord(text string, do func(hash uint64)) {
	h, in, single := uint64(fnvBasis), false, false
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && FoldByte(c) != 0 {
			h = (h ^ uint64(FoldByte(c))) * fnvPrime
			i++
			if single {
				do(h)
				h = fnvBasis
			}
			in = true
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		r = unicode.ToLower(r)
		if c < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if in && !single {
				do(h)
			}
			h, in, single = fnvBasis, false, false
			continue
		}
		if !in {
			single = IsCJK(r)
		}
		var bytes [utf8.UTFMax]byte
		for _, b := range bytes[:utf8.EncodeRune(bytes[:], r)] {
			h = (h ^ uint64(b)) * fnvPrime
		}
		if single {
			do(h)
			h = fnvBasis
		}
		in = true
	}
	if in && !single {
		do(h)
	}
}
