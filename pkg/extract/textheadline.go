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
	// longestKickerLine is the longest line above a headline, in characters, that
	// is not rather the headline itself.
	longestKickerLine = 45
)

// headlineLine is the line that is most like a headline: what the address says,
// what the story speaks of, what stands near a date or a byline; -1 if none is.
func (p *textPage) headlineLine(s *story, first, last int) int {
	q := &headlineQuest{story: s, page: p, from: p.at, first: first, to: min(last, first+headlineInside), told: map[string]int{}, seen: map[string]int{}, stamps: map[int]bool{}, known: map[int]float64{}}
	var story strings.Builder
	for i := first; i < last; i++ {
		for w := range p.words(i) {
			q.told[w]++
		}
		story.WriteString(p.lines[i].text)
	}
	q.begin = q.from
	for q.begin < first && p.lines[q.begin].weight <= 0 {
		q.begin++
	}
	q.foreign = !prose.IsLatin(story.String())
	for i := p.at; i < first; i++ {
		q.seen[prose.Fold(p.lines[i].text)]++
	}
	head, best := -1, never
	for i := q.from; i < q.to; i++ {
		if points := q.points(i); points > never && points >= best {
			head, best = i, points
		}
	}
	if best <= 0 {
		return head // of poor ones the best, if any
	}
	return q.secondHalf(q.bare(q.aboveDeck(q.printed(head)), best))
}

// headlineQuest is what is known when the headline is looked for.
type headlineQuest struct {
	*story
	page     *textPage
	from, to int            // the lines that may be it
	first    int            // line of the story
	begin    int            // first line of running text, be it of the story or not
	foreign  bool           // which is not in Latin letters
	told     map[string]int // words of the story, and how many of its lines have them
	seen     map[string]int // lines before the story
	stamps   map[int]bool   // lines of which it is known whether they are dates or bylines
	known    map[int]float64
}

// isStamp says whether a line is a date or a byline, as stands below a headline.
func (q *headlineQuest) isStamp(i int) bool {
	if i >= len(q.page.lines) {
		return false
	}
	is, known := q.stamps[i]
	if !known {
		line := q.page.lines[i].text
		is = q.isDateLine(line) || q.isByLine(line)
		q.stamps[i] = is
	}
	return is
}

// printed is the line of the headline as it is printed above the story, where
// the best line is the way to the page: it repeats the address or the title, and
// the headline, which may have other words, stands below, apart from it and
// right above a date, a byline or the story.
func (q *headlineQuest) printed(head int) int {
	p := q.page
	if p.like(head) > toTheLetter {
		for i := min(head+headlineReach, q.to-1); i > head; i-- {
			if p.like(i) > 0.4 && length(p, i) <= length(p, head) && q.points(i) > 0.6*q.points(head) {
				return i
			}
		}
	}
	if p.like(head) < 0.4 || q.isStamp(head+1) || q.isStamp(head+2) {
		return head
	}
	for i := min(q.first, q.to-1); i > head+1; i-- {
		if q.isAboveStamp(i) && q.points(i) > 0 && prose.CountWords(p.lines[i].text) > fewestWords && q.isApart(head, i) {
			return i
		}
	}
	return head
}

// isAboveStamp says whether a line stands right above a date or a byline, or has
// only the deck between.
func (q *headlineQuest) isAboveStamp(i int) bool {
	return q.isStamp(i+1) || i+1 < len(q.page.lines) && q.page.lines[i+1].weight > 0 && q.isStamp(i+2)
}

// isApart says whether a line is no deck of one above it: nothing that long
// stands between them, or far more than a head has, and the story has its words.
func (q *headlineQuest) isApart(upper, lower int) bool {
	if length(q.page, lower-1) > longestLabel/2 {
		return false
	}
	if lower-upper > 2*headlineReach {
		return q.page.like(upper) > toTheLetter && q.share(q.page.words(lower), 1) >= 0.25
	}
	for i := upper + 1; i < lower; i++ {
		if length(q.page, i) > longestLabel/2 {
			return false
		}
	}
	return true
}

// aboveDeck is the line above the best one, if that is its deck.
func (q *headlineQuest) aboveDeck(head int) int {
	p, above := q.page, head-1
	if above < q.from || q.points(above) <= 0.55*q.points(head) {
		return head
	}
	long, longer := length(p, head), length(p, above)
	if long > longestSubhead && longer < long || longer > longestKickerLine && q.isStamp(head+1) && p.like(head) < surelyLike {
		return above
	}
	return head
}

// bare is the line that has the headline without its kicker, if there is one
// that is no worse than half as good.
func (q *headlineQuest) bare(head int, best float64) int {
	p := q.page
	for i := q.from; i < q.to; i++ {
		if line := p.lines[i].text; len(line) < len(p.lines[head].text) && strings.HasSuffix(p.lines[head].text, " "+line) && q.points(i) > 0.5*best {
			head = i
		}
	}
	return head
}

// secondHalf is the line below the best one, if the title is the two with a mark
// between them: a kicker and its headline.
func (q *headlineQuest) secondHalf(head int) int {
	p := q.page
	if head+1 >= q.to || p.title == "" {
		return head
	}
	behind, ok := strings.CutPrefix(p.title, strings.TrimRight(p.lines[head].text, kickerMarks))
	if lower := strings.TrimLeft(p.lines[head+1].text, kickerMarks); ok && lower != "" && strings.HasPrefix(strings.TrimLeft(behind, kickerMarks), lower) {
		return head + 1
	}
	return head
}

func length(p *textPage, i int) int { return utf8.RuneCountInString(p.lines[i].text) }

// never is said of a line that cannot be the headline.
const never = -100.0

// points says how much a line is like the headline, [never] if it cannot be it.
func (q *headlineQuest) points(i int) float64 {
	points, known := q.known[i]
	if !known {
		points = q.weigh(i)
		q.known[i] = points
	}
	return points
}

func (q *headlineQuest) weigh(i int) float64 {
	line := q.page.lines[i].text
	like := q.page.like(i)
	n, words := utf8.RuneCountInString(line), prose.CountWords(line)
	switch {
	case n > longestLive || strings.ContainsAny(line, "@»›>/") && isTrail(line) || q.tellsDate(line) || q.isCaption(line) || isPlea(line) || isShortLink(line):
		return never
	case q.outlet.Is(line), like < 0.5 && q.isByLine(line):
		return never
	case prose.IsDense(line) && n < fewestLetters, !prose.IsDense(line) && (words < 2 || words < fewestWords && like < 0.5):
		return never
	case q.foreign && prose.IsLatin(line):
		return never
	}
	others := 1 // lines that have a word, beside this one
	if i >= q.first {
		others++
	}
	points := float64(4*like) + float64(2*q.share(q.page.words(i), others))
	if last, _ := utf8.DecodeLastRuneInString(line); strings.ContainsRune(".。।۔", last) {
		points--
	}
	if words <= fewestWords && like < 0.5 {
		points -= 0.7 // a place, a name
	}
	if q.page.lines[i].weight > shortSentence {
		points -= 1.5
	}
	if q.seen[prose.Fold(line)] > 1 {
		points += 0.3
	}
	for k := i + 1; k <= i+3; k++ {
		if q.isStamp(k) {
			points += 0.9 - float64(0.1*float64(k-i))
			break
		}
	}
	if i > q.begin && (q.isCreditAt(i-1) || q.isCreditAt(i+1)) {
		points -= 2 // a caption in the story
	}
	if like < surelyLike {
		points -= float64(0.3 * float64(max(i-q.first, 0)))
	}
	return points - float64(0.02*float64(min(max(q.first-i, 0), headlineAbove)))
}

// isCreditAt says whether a line is the credit of a picture and no more.
func (q *headlineQuest) isCreditAt(i int) bool {
	return i >= 0 && i < len(q.page.lines) && q.page.creditOf(i).alone
}

// isTrail says whether a line holds an address of mail, or the way to the page.
func isTrail(line string) bool {
	return strings.Contains(line, "@") || strings.Count(line, " / ") > 1 || strings.Contains(line, " » ") || strings.Contains(line, " › ") || strings.Count(line, " > ") > 1
}

// isCaption says whether a line is a sentence with the credit of a picture.
func (q *headlineQuest) isCaption(line string) bool {
	caption, c := q.story.photoLines().Cut(line)
	return c.Text != "" && (c.Label != "" || prose.EndsSentence(caption))
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
