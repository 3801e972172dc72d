package extract

import "strings"

// pick takes the story's blocks out of the element that holds it. What stands
// between them without being story, other stories, sharing, captions, authors'
// boxes, goes by names, by link density and by how it begins.
func (s *story) pick(root int32, told string) []int32 {
	e := &s.els[root]
	s.boxed = s.boxedText(root)
	s.findPictureBoxes()
	var picked []int32
	start := s.belowHead(e.first, e.last)
	s.verdicts.step(Above, e.first, start, nil)
	for i := start; i < e.last; i++ {
		if why, at := s.judge(i, root); why == InStory || why != IsHeadline && why != HeadLine && s.isStep(&s.blocks[i]) {
			picked = append(picked, i)
		} else {
			s.verdicts.tell(i, why, at)
		}
	}
	picked = s.cutTail(picked)
	s.verdicts.step(Behind, start, e.last, picked)
	picked = s.cutTailList(picked)
	picked = s.cutTailCards(picked)
	s.verdicts.step(TailList, start, e.last, picked)
	if told != "" {
		picked = s.agree(picked, told)
		s.verdicts.step(Untold, start, e.last, picked)
	}
	picked = s.dropLoneHeads(picked)
	s.verdicts.step(LoneHead, start, e.last, picked)
	picked = s.dropUnlikely(picked)
	s.verdicts.step(Unlikely, start, e.last, picked)
	picked = s.cutTailCards(picked) // again: what was unlikely may have stood behind them
	s.verdicts.step(TailList, start, e.last, picked)
	picked = s.cutTailLinks(picked)
	s.verdicts.step(Linked, start, e.last, picked)
	picked = s.dropRepeats(picked)
	s.verdicts.step(Repeated, start, e.last, picked)
	picked = s.dropLoneHeads(picked)
	s.verdicts.step(LoneHead, start, e.last, picked)
	return picked
}

// cutTail ends the story where a heading announces other things.
func (s *story) cutTail(picked []int32) []int32 {
	total := 0
	for _, i := range picked {
		total += len(s.blocks[i].text)
	}
	sum := 0
	for k, i := range picked {
		b := &s.blocks[i]
		if sum*5 > total*2 && len(b.text) < 80 && isTailHead(b.text) && (isHeading(s.els[b.el].tag) || b.bold() || strings.HasSuffix(b.text, ":")) {
			return picked[:k]
		}
		sum += len(b.text)
	}
	return picked
}

// agree drops blocks that a structured articleBody does not have, if it has
// most of the others: what is missing in it was put between by the page.
func (s *story) agree(picked []int32, told string) []int32 {
	all, found := 0, 0
	in := make([]bool, len(picked))
	for k, i := range picked {
		b := &s.blocks[i]
		in[k] = isIn(told, b.text)
		if len(b.text) >= leastProse {
			all += len(b.text)
			if in[k] {
				found += len(b.text)
			}
		}
	}
	if found*10 < all*6 || found*10 < len(told)*6 {
		return picked
	}
	first, last := len(picked), -1
	for k := range picked {
		if in[k] && len(s.blocks[picked[k]].text) > leastProse/2 {
			first, last = min(first, k), k
		}
	}
	complete := found*100 > len(told)*80 // bytes of text against folded ones
	var kept []int32
	for k, i := range picked {
		b := &s.blocks[i]
		switch {
		case in[k]:
		case isHeading(s.els[b.el].tag) && k < last:
		case len(b.text) > 160 && k > first && k < last:
		case !complete && len(b.text) > 80:
		default:
			continue
		}
		kept = append(kept, i)
	}
	return kept
}
