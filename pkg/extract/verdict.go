package extract

import "github.com/copydesk/copydesk/pkg/news"

// Verdict says why a block of a page is not in the body of its story; empty for
// one that is.
type Verdict string

// The verdicts. More may come.
const (
	InStory Verdict = ""

	// Told by where a block stands.
	NoRoot    Verdict = "noRoot"    // no element holds a story
	Outside   Verdict = "outside"   // outside the element that holds the story
	Above     Verdict = "above"     // above the first line of the story
	Furniture Verdict = "furniture" // in navigation, a footer, or what is named after such
	Boxed     Verdict = "boxed"     // in a figure, an aside, a form or an address
	Behind    Verdict = "behind"    // below a heading that announces other things
	TailList  Verdict = "tailList"  // in a list of links behind the story
	TailNote  Verdict = "tailNote"  // leads to the author or the outlet elsewhere
	LoneHead  Verdict = "loneHead"  // a heading without text below it

	// Told by the names of the elements around it.
	Caption   Verdict = "caption"   // below a picture
	HeadLine  Verdict = "headLine"  // the headline, a date or a byline, again or in its place
	Teaser    Verdict = "teaser"    // leads to another story
	AboutBox  Verdict = "aboutBox"  // tells of the author
	Gallery   Verdict = "gallery"   // part of a set of pictures
	Media     Verdict = "media"     // belongs to a player
	PullQuote Verdict = "pullQuote" // the story's words once more, set large
	InfoBox   Verdict = "infoBox"   // a box beside the story

	// Told by the text itself.
	Linked  Verdict = "linked"  // mostly a link
	Outlet  Verdict = "outlet"  // the outlet's name among links
	Plea    Verdict = "plea"    // asks readers to subscribe, to share, to follow
	Clock   Verdict = "clock"   // the time of an update
	Symbol  Verdict = "symbol"  // no words
	Label   Verdict = "label"   // the label of a button
	Untold  Verdict = "untold"  // missing in the structured articleBody, which has the rest
	Unheard Verdict = "unheard" // left out by the second opinion

	// Kept, but in a field of its own.
	IsHeadline Verdict = "headline"
	IsKicker   Verdict = "kicker"
	IsDeck     Verdict = "deck"
	IsClosing  Verdict = "closing" // a correction, an editor, a source
	IsSignoff  Verdict = "signoff"
)

// verdicts are those on the blocks of one page, and at which element each was
// told. They are kept only for who asks: a nil pointer takes what it is told and
// keeps nothing.
type verdicts struct {
	of    []Verdict
	at    []int32
	kinds map[int32]news.BlockKind
}

// write notes that a block has become one of the body.
func (v *verdicts) write(i int32, kind news.BlockKind) {
	if v != nil {
		v.kinds[i] = kind
	}
}

// tell notes a verdict on block i.
func (v *verdicts) tell(i int32, why Verdict, at int32) {
	if v == nil {
		return
	}
	for len(v.of) <= int(i) {
		v.of, v.at = append(v.of, InStory), append(v.at, -1)
	}
	v.of[i], v.at[i] = why, at
}

// step notes that every block without a verdict that is not among the picked
// ones has just been left out.
func (v *verdicts) step(why Verdict, first, last int32, picked []int32) {
	if v == nil {
		return
	}
	for i := first; i < last; i++ {
		for len(picked) > 0 && picked[0] < i {
			picked = picked[1:]
		}
		if len(picked) > 0 && picked[0] == i || int(i) < len(v.of) && v.of[i] != InStory {
			continue
		}
		v.tell(i, why, -1)
	}
}

// left notes that whatever has gone from the body since the last verdicts went
// for one reason.
func (s *story) left(why Verdict) {
	if s.verdicts != nil && s.root >= 0 {
		s.verdicts.step(why, s.els[s.root].first, s.els[s.root].last, s.picked)
	}
}
