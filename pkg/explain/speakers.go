package explain

import (
	"fmt"
	"strings"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// speaker is somebody that the story names as an origin, with what is quoted.
type speaker struct {
	extract.ExplainedOrigin
	ID   string // of where the name stands on the page
	Said []spoken
}

// spoken is a quotation.
type spoken struct {
	extract.ExplainedQuotation
	ID string
}

// speakersOf gives those who are quoted, those of whom the story only reports, and
// the quotations of which it leaves open whose they are.
func speakersOf(x *extract.ExplainedSources) (quoted, reported []speaker, open []spoken) {
	said := map[string][]spoken{}
	for i, q := range x.Quotations {
		said[q.Speaker] = append(said[q.Speaker], spoken{q, quotationID(i)})
	}
	for i, who := range x.Named {
		one := speaker{who, originID(i), said[who.Name]}
		if len(one.Said) > 0 {
			quoted = append(quoted, one)
		} else {
			reported = append(reported, one)
		}
		delete(said, who.Name)
	}
	return quoted, reported, said[""]
}

// supplier is an organisation that supplied the story or a picture.
type supplier struct {
	extract.ExplainedSupplier
	ID string
}

func suppliersOf(all []extract.ExplainedSupplier) []supplier {
	var out []supplier
	for i, s := range all {
		out = append(out, supplier{s, supplierID(i)})
	}
	return out
}

// Is is what somebody is, in words.
func (s speaker) Is() string {
	var parts []string
	if s.Role != "" {
		parts = append(parts, s.Role)
	}
	switch {
	case s.Anonymous:
		parts = append(parts, "not named")
	case s.Kind != news.OriginPerson:
		parts = append(parts, string(s.Kind))
	}
	return strings.Join(parts, ", ")
}

// Why is why somebody is a source.
func (s speaker) Why() string { return reason(s.Rule, s.Cue) }

// Why is why a quotation is theirs.
func (s spoken) Why() string { return reason(s.Rule, s.Cue) }

// reason is the word that decided, or the rule.
func reason(rule quote.Rule, cue string) string {
	switch {
	case cue == "":
		return rule.Words()
	case rule == quote.ByCue:
		return "by “" + cue + "”"
	}
	return rule.Words() + ", by “" + cue + "”"
}

// titleOf is what a quotation on the page tells to who points at it.
func titleOf(q *extract.ExplainedQuotation) string {
	if q.Speaker == "" {
		return q.Rule.Words()
	}
	return fmt.Sprintf("%s: %s, %.2f sure", q.Speaker, reason(q.Rule, q.Cue), q.Confidence)
}

// link is text that leads to where it stands on the page, if ID is not empty.
type link struct{ ID, Text string }

func linkTo(anchors map[string]bool, id, text string) link {
	if !anchors[id] {
		id = ""
	}
	return link{id, text}
}

// manyQuotations is from how many on those of one speaker are folded.
const manyQuotations = 6

// quotations are those of one speaker, or of nobody.
type quotations struct {
	Anchors map[string]bool
	All     []spoken
}

func quotationsOf(anchors map[string]bool, all []spoken) quotations { return quotations{anchors, all} }

// Many says that they are to be folded.
func (q quotations) Many() bool { return len(q.All) >= manyQuotations }
