package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// toTheLetter is how far a line says what the address says that was made
	// from the same words, headlineReach how many lines below it another may
	// stand that is printed larger.
	toTheLetter   = 0.9
	headlineReach = 3
	// headlineAbove and headlineInside are how many lines before and behind the
	// begin of the running text the headline may stand.
	headlineAbove  = 60
	headlineInside = 6
	// fewestWords a headline has that the address does not repeat;
	// fewestLetters where words are not parted.
	fewestWords = 3
	// longestLive is the longest headline, in characters: that of a live blog,
	// which strings together its news.
	longestLive   = 300
	fewestLetters = 8
)

// headlineLine is the line that is most like a headline: what the address says,
// what the story speaks of, what stands near a date or a byline; -1 if none is.
func (p *textPage) headlineLine(s *story, first, last int) int {
	q := &headlineQuest{story: s, page: p, first: first, slug: slugWords(s.in.URL), told: map[string]int{}, seen: map[string]int{}}
	var story strings.Builder
	for i := first; i < last; i++ {
		for w := range addressWords(p.lines[i].text) {
			q.told[w]++
		}
		story.WriteString(p.lines[i].text)
	}
	q.foreign = !prose.IsLatin(story.String())
	to := min(last, first+headlineInside)
	for i := p.at; i < first; i++ {
		q.seen[prose.Fold(p.lines[i].text)]++
	}
	head, best := -1, never
	for i := p.at; i < to; i++ {
		if points := q.points(i); points > never && points >= best {
			head, best = i, points
		}
	}
	if best <= 0 {
		return head // of poor ones the best, if any
	}
	// What repeats the address to the letter may be the way to the page, and the
	// headline a line below. The line above may be the headline of which this is
	// the deck, and any line may be it without its kicker.
	if q.like(head) > toTheLetter {
		for i := min(head+headlineReach, to-1); i > head; i-- {
			if q.like(i) > 0.4 && utf8.RuneCountInString(p.lines[i].text) <= utf8.RuneCountInString(p.lines[head].text) && q.points(i) > 0.6*best {
				head = i
				break
			}
		}
	}
	if above := head - 1; above >= p.at && utf8.RuneCountInString(p.lines[head].text) > longestSubhead && utf8.RuneCountInString(p.lines[above].text) < utf8.RuneCountInString(p.lines[head].text) && q.points(above) > 0.55*best {
		head = above
	}
	for i := p.at; i < to; i++ {
		if line := p.lines[i].text; len(line) < len(p.lines[head].text) && strings.HasSuffix(p.lines[head].text, " "+line) && q.points(i) > 0.5*best {
			head = i
		}
	}
	return head
}

// headlineQuest is what is known when the headline is looked for.
type headlineQuest struct {
	*story
	page    *textPage
	first   int             // line of the running text
	foreign bool            // which is not in Latin letters
	slug    map[string]bool // words of the address
	told    map[string]int  // words of the story, and how many of its lines have them
	seen    map[string]int  // lines before the story
}

// like is how far a line says what the address says.
func (q *headlineQuest) like(i int) float64 {
	return likeWords(addressWords(q.page.lines[i].text), q.slug)
}

// never is said of a line that cannot be the headline.
const never = -100.0

// points says how much a line is like the headline, [never] if it cannot be it.
func (q *headlineQuest) points(i int) float64 {
	line := q.page.lines[i].text
	named := addressWords(line)
	like := likeWords(named, q.slug)
	n := utf8.RuneCountInString(line)
	switch {
	case n > longestLive || strings.ContainsAny(line, "@»›") && isTrail(line) || q.tellsDate(line) || q.isCredited(line) || isPlea(line) || isShortLink(line):
		return never
	case like < 0.5 && q.isByLine(line):
		return never
	case prose.IsDense(line) && n < fewestLetters, !prose.IsDense(line) && (prose.CountWords(line) < 2 || prose.CountWords(line) < fewestWords && like < 0.5):
		return never
	case q.foreign && prose.IsLatin(line):
		return never
	}
	others := 1 // lines that have a word, beside this one
	if i >= q.first {
		others++
	}
	points := float64(4*like) + float64(2*q.share(named, others))
	if last, _ := utf8.DecodeLastRuneInString(line); strings.ContainsRune(".。।۔", last) {
		points--
	}
	if q.page.lines[i].weight > shortSentence {
		points -= 1.5
	}
	if q.seen[prose.Fold(line)] > 1 {
		points += 0.3
	}
	for k := i + 1; k <= i+3 && k < len(q.page.lines); k++ {
		if below := q.page.lines[k].text; q.isDateLine(below) || q.isByLine(below) {
			points += 0.9 - float64(0.1*float64(k-i))
			break
		}
	}
	if like < surelyLike {
		points -= float64(0.3 * float64(max(i-q.first, 0)))
	}
	return points - float64(0.02*float64(min(max(q.first-i, 0), headlineAbove)))
}

// isTrail says whether a line holds an address of mail, or the way to the page.
func isTrail(line string) bool {
	return strings.Contains(line, "@") || strings.Contains(line, " » ") || strings.Contains(line, " › ")
}

// isByLine says whether a line names who wrote the story.
func (s *story) isByLine(line string) bool {
	_, by := byline.CutBy(line)
	return by && len(line) < 120 && len(s.bylines().Printed(line)) > 0
}

// fewestTold is how many words tell how much a line has in common with a story.
const fewestTold = 4

// share is the part of the words, but for the shortest ones, that so many lines
// of the story have; less where they are too few to tell.
func (q *headlineQuest) share(words map[string]bool, lines int) float64 {
	n, hits := 0, 0
	for w := range words {
		if len(w) < 4 {
			continue
		}
		n++
		if q.told[w] >= lines {
			hits++
		}
	}
	return float64(hits) / float64(max(n, fewestTold))
}
