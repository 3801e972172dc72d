package extract

import (
	"fmt"

	"github.com/copydesk/copydesk/pkg/siterules"
)

const (
	// ruled is the confidence in what a site rule names.
	ruled = 0.97
	// mostRuled bounds the elements that a rule is asked about, each counted as
	// often as it stands in another.
	mostRuled = 1 << 21
	// mostFound bounds the elements that make up one field.
	mostFound = 20
)

// siteRule is the rule of a page's site, and what its selectors found. A nil
// one has found nothing.
type siteRule struct {
	*siterules.Rule
	found map[siterules.Field][]foundElement
	// bodies are the elements of the body, holds those around them, leaves
	// those that are left out.
	bodies, holds, leaves map[int32]bool
}

// foundElement is an element with the selector that found it.
type foundElement struct {
	el       int32
	selector string
}

// findRule looks for the rule of the page's site and asks its selectors. The body
// and what is left out take all that is found; other fields what the first
// selector finds that finds something.
func (s *story) findRule() {
	rule := s.in.Rules.Rule(s.base, s.in.FetchedAt)
	if rule == nil {
		return
	}
	s.rec.Extraction.Rule = rule.Name()
	if s.depths() > mostRuled {
		s.warn("site rule " + rule.Name() + ": not asked, for the page has too many elements in each other")
		return
	}
	s.rule = &siteRule{
		Rule: rule, found: map[siterules.Field][]foundElement{},
		bodies: map[int32]bool{}, holds: map[int32]bool{}, leaves: map[int32]bool{},
	}
	for _, field := range siterules.Fields {
		for _, selector := range rule.Selectors[field] {
			if found := s.ask(field, selector); found && !takesAll(field) {
				break
			}
		}
		if len(rule.Selectors[field]) > 0 && len(s.rule.found[field]) == 0 && field != siterules.LeaveOut {
			s.warn(fmt.Sprintf("site rule %s: %s: no element matches", rule.Name(), field))
		}
	}
	for _, f := range s.rule.found[siterules.LeaveOut] {
		s.rule.leaves[f.el] = true
	}
	for _, f := range s.rule.found[siterules.Body] {
		s.rule.bodies[f.el] = true
		for at := f.el; at >= 0 && !s.rule.holds[at]; at = s.els[at].parent {
			s.rule.holds[at] = true
		}
	}
}

func takesAll(field siterules.Field) bool {
	return field == siterules.Body || field == siterules.LeaveOut
}

// ask asks a selector about every element, and says whether it found any.
func (s *story) ask(field siterules.Field, selector siterules.Selector) bool {
	count := 0
	for i := range s.els {
		if !selector.Matches(s.els[i].node) {
			continue
		}
		if count++; count <= mostFound || takesAll(field) {
			s.rule.found[field] = append(s.rule.found[field], foundElement{int32(i), selector.Text})
		}
	}
	s.verdicts.asked(field, selector.Text, count)
	return count > 0
}

// depths counts the elements, each as often as it stands in another.
func (s *story) depths() int {
	depth, sum := make([]int32, len(s.els)), 0
	for i := range s.els {
		if p := s.els[i].parent; p >= 0 {
			depth[i] = depth[p] + 1
		}
		sum += int(depth[i])
	}
	return sum
}

// byRule is what a rule found for a field, in the order of the page, nil for
// nothing.
func (s *story) byRule(field siterules.Field) []foundElement {
	if s.rule == nil {
		return nil
	}
	return s.rule.found[field]
}

// ruledOut says whether a rule says that an element is furniture or is not: what
// it leaves out is, what holds the body is none.
func (s *story) ruledOut(i int32) (out, said bool) {
	if s.rule == nil {
		return false, false
	}
	return s.rule.leaves[i], s.rule.leaves[i] || s.rule.holds[i]
}

// isRuledBody says whether a rule calls the element the body.
func (s *story) isRuledBody(i int32) bool { return s.rule != nil && s.rule.bodies[i] }
