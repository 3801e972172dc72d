package main

import (
	"strings"
	"unicode"
)

// gold is what is known of a page's story: its whole text, of which the summary
// may be left out, or pieces that are in it and pieces that are not.
type gold struct {
	ID, Site, URL string
	Body          string
	Summary       string
	Paragraphs    []string
	Optional      []int
	Excerpt       *string // that of another program, whose opinion a body is
	With, Without []string
}

// Readability says whether the gold is another program's answer.
func (g *gold) Readability() bool { return g.Excerpt != nil }

const (
	// gram is how many words in a row are looked up in the story's text.
	gram = 4
	// fewWords is how many words a block has at least to be known by its grams.
	fewWords = 6
	// mostlyIn and hardlyIn are the shares of a block's grams in the text that
	// make it the story's and not the story's.
	mostlyIn, hardlyIn = 0.8, 0.2
	// tellingPiece is how long, in bytes, a block is at least that stands in a
	// piece of the story.
	tellingPiece = 25
)

// judge is a function that says whether a block is the story's, if that is
// known.
func (g *gold) judge() func(text string) (story, known bool) {
	if len(g.With) > 0 {
		return g.judgePieces
	}
	text := words(g.Body)
	free := words(g.Summary)
	for _, i := range g.Optional {
		free = append(append(free, "\n"), words(g.Paragraphs[i])...)
	}
	in, optional := gramsOf(text), gramsOf(free)
	joined := " " + strings.Join(text, " ") + " "
	lines := map[string]bool{}
	for line := range strings.Lines(g.Body) {
		lines[strings.Join(words(line), " ")] = true
	}
	return func(block string) (story, known bool) {
		w := words(block)
		if len(w) < fewWords {
			line := strings.Join(w, " ")
			if lines[line] || len(w) == 0 {
				return true, len(w) > 0
			}
			return false, len(w) < 3 || !strings.Contains(joined, " "+line+" ")
		}
		all, found, spare := 0, 0, 0
		for i := 0; i+gram <= len(w); i++ {
			k := strings.Join(w[i:i+gram], " ")
			all++
			if in[k] {
				found++
			}
			if optional[k] {
				spare++
			}
		}
		switch share := float64(found) / float64(all); {
		case spare*2 > all:
			return false, false
		case share > mostlyIn:
			return true, true
		default:
			return false, share < hardlyIn
		}
	}
}

// judgePieces goes by the pieces that are known.
func (g *gold) judgePieces(block string) (story, known bool) {
	block = strings.Join(strings.Fields(block), " ")
	with, without := false, false
	for _, piece := range g.With {
		piece = strings.Join(strings.Fields(piece), " ")
		with = with || strings.Contains(block, piece) || len(block) > tellingPiece && strings.Contains(piece, block)
	}
	for _, piece := range g.Without {
		without = without || strings.Contains(block, strings.Join(strings.Fields(piece), " "))
	}
	return with, with != without
}

func gramsOf(words []string) map[string]bool {
	set := map[string]bool{}
	for i := 0; i+gram <= len(words); i++ {
		set[strings.Join(words[i:i+gram], " ")] = true
	}
	return set
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
