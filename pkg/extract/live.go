package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// fewestEntries is how many entries a live blog has at least.
	fewestEntries = 3
	// longestEntryLine is how long a line may be, in bytes, that says when an
	// entry was written, and by whom.
	longestEntryLine = 80
	// leastLive is the part of the text, one in so many bytes, that stands in the
	// entries at least.
	leastLive = 5
	// leastReport is the running text, in bytes, that makes what stands above the
	// entries a report of its own.
	leastReport = 500
)

// entry is a dated piece of a live blog.
type entry struct {
	el, first, last int32
	date            *news.Date
}

// findEntries finds the entries of a live blog, in the order in which they are
// printed: elements of one parent, made alike, each with a time and with text of
// the story. The page must call itself live, in its data or in its names: sports
// tables and lists of events have such elements too.
func (s *story) findEntries() {
	if s.root < 0 || len(s.picked) == 0 {
		return
	}
	told := s.toldLive()
	moments := s.entryTimes(told)
	if len(moments) < fewestEntries {
		return
	}
	type group struct {
		parent int32
		likeness
	}
	members := map[group][]int32{}
	var groups []group
	for _, m := range moments {
		for at := m; at > s.root; at = s.els[at].parent {
			k := group{s.els[at].parent, likeness{s.els[at].node.Data, attr(s.els[at].node, "class")}}
			all := members[k]
			if n := len(all); n > 0 && all[n-1] == at {
				break
			}
			if len(all) == 0 {
				groups = append(groups, k)
			}
			members[k] = append(all, at)
		}
	}
	before := s.pickedBefore()
	inside := func(at int32) int32 { return before[s.els[at].last] - before[s.els[at].first] }
	var best []int32
	most := int32(0)
	for _, k := range groups {
		all := slices.DeleteFunc(members[k], func(at int32) bool { return inside(at) == 0 })
		if len(all) < fewestEntries || !told && !callsItselfLive(k.class) && !callsItselfLive(attr(s.els[k.parent].node, "class")) {
			continue
		}
		n := int32(0)
		for _, at := range all {
			n += inside(at)
		}
		if n > most {
			best, most = all, n
		}
	}
	if most*leastLive < before[len(s.blocks)] {
		return
	}
	for _, at := range best {
		e := &s.els[at]
		s.entries = append(s.entries, entry{at, e.first, e.last, s.entryDate(at, moments)})
	}
	s.dropEntryLines()
}

// pickedBefore is, for each block, how much of the body stands before it, in
// bytes, and behind the last one how much all of it is.
func (s *story) pickedBefore() []int32 {
	before := make([]int32, len(s.blocks)+1)
	for _, i := range s.picked {
		before[i+1] = int32(len(s.blocks[i].text))
	}
	for i := range s.blocks {
		before[i+1] += before[i]
	}
	return before
}

// toldLive says whether the page's data call it a live blog.
func (s *story) toldLive() bool {
	for _, t := range s.graph.Things {
		if slices.Contains(t.Types(), "liveblogposting") {
			return true
		}
	}
	return false
}

// callsItselfLive says whether a name is one of a live blog's.
func callsItselfLive(class string) bool {
	class = strings.ToLower(class)
	return strings.Contains(class, "live") || strings.Contains(class, "ticker")
}

// entryTimes are the elements in the body that say a time, in order.
func (s *story) entryTimes(told bool) []int32 {
	var all []int32
	for _, at := range s.times {
		if s.within(at, s.root) {
			all = append(all, at)
		}
	}
	root := &s.els[s.root]
	if told {
		for at := s.root + 1; at < root.end; at++ {
			if attr(s.els[at].node, "datetime") != "" {
				all = append(all, at)
			}
		}
	}
	for i := root.first; i < root.last; i++ {
		if b := &s.blocks[i]; len(b.text) < 20 && clockAlone.MatchString(b.text) {
			all = append(all, b.el)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// entryDate is the first moment in an entry that has a day, nil for none.
func (s *story) entryDate(at int32, moments []int32) *news.Date {
	k, _ := slices.BinarySearch(moments, at+1)
	for ; k < len(moments) && s.within(moments[k], at); k++ {
		e := &s.els[moments[k]]
		text := attr(e.node, "datetime")
		if text == "" {
			text = s.textOf(moments[k])
		}
		if d, ok := s.dated(text, news.FromSelector, s.path(moments[k]), 0.8); ok {
			return d.date()
		}
	}
	return nil
}

// dropEntryLines takes out of the body the lines that say when an entry was
// written, by whom.
func (s *story) dropEntryLines() {
	kept := s.picked[:0]
	for _, i := range s.picked {
		if b := &s.blocks[i]; len(b.text) < longestEntryLine && !prose.EndsSentence(b.text) && !isHeading(s.els[b.el].tag) && s.entryOf(i) >= 0 && s.isDated(b.text) {
			continue
		}
		kept = append(kept, i)
	}
	s.picked = kept
	s.left(Clock)
}

// entryOf is the entry in which a block stands, -1 for none.
func (s *story) entryOf(i int32) int {
	k := sort.Search(len(s.entries), func(k int) bool { return s.entries[k].first > i }) - 1
	if k >= 0 && i < s.entries[k].last {
		return k
	}
	return -1
}

// openUpdates puts an update with its time before the first block of each entry.
func (s *story) openUpdates(body []news.Block, from []int32) ([]news.Block, []int32) {
	if len(s.entries) == 0 {
		return body, from
	}
	out := make([]news.Block, 0, len(body)+len(s.entries))
	src := make([]int32, 0, len(body)+len(s.entries))
	in := -1
	for k, b := range body {
		at := s.entryOf(from[k])
		if at >= 0 && at != in {
			out, src = append(out, news.Block{Kind: news.Update, DatePublished: s.entries[at].date}), append(src, from[k])
		}
		out, src = append(out, b), append(src, from[k])
		in = at
	}
	return out, src
}

// report is the text that stands above the entries of a live blog and tells the
// story by itself; the whole body where there is none, or where the page, in its
// data or by its names, counts the entries to its article.
func (s *story) report(body []news.Block) []news.Block {
	first := slices.IndexFunc(body, func(b news.Block) bool { return b.Kind == news.Update })
	if first < 0 || s.ld != nil && slices.Contains(s.ld.Types(), "liveblogposting") {
		return body
	}
	for at := s.entries[0].el; at >= s.root; at = s.els[at].parent {
		if s.els[at].own&(propBody|hintProse) != 0 {
			return body
		}
	}
	n, paragraphs := 0, 0
	for _, b := range body[:first] {
		if b.Kind == news.Paragraph {
			n += len(b.Text)
			paragraphs++
		}
	}
	if n < leastReport || paragraphs < 3 {
		return body
	}
	return body[:first]
}
