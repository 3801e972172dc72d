package extract

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
	Ruled     Verdict = "ruled"     // the site rule leaves it out
	Boxed     Verdict = "boxed"     // in a figure, an aside, a form or an address
	Behind    Verdict = "behind"    // below a heading that announces other things
	TailList  Verdict = "tailList"  // in a list of links behind the story
	TailNote  Verdict = "tailNote"  // leads to the author or the outlet elsewhere
	LoneHead  Verdict = "loneHead"  // a heading without text below it
	Repeated  Verdict = "repeated"  // a paragraph of the story once more

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
	Linked   Verdict = "linked"   // mostly a link
	Outlet   Verdict = "outlet"   // the outlet's name among links
	Plea     Verdict = "plea"     // asks readers for something, or announces other things
	Clock    Verdict = "clock"    // the time of an update
	Symbol   Verdict = "symbol"   // no words
	Label    Verdict = "label"    // the label of a button
	Unlikely Verdict = "unlikely" // its signs, taken together, are none of a story
	Untold   Verdict = "untold"   // missing in the structured articleBody, which has the rest
	Unheard  Verdict = "unheard"  // left out by the second opinion

	// Kept, but in a field of its own.
	IsHeadline Verdict = "headline"
	IsKicker   Verdict = "kicker"
	IsDeck     Verdict = "deck"
	IsByline   Verdict = "byline"
	IsClosing  Verdict = "closing" // a correction, an editor, a source
	IsSignoff  Verdict = "signoff"
)

// Words says the verdict as people do, empty for a block of the story.
func (v Verdict) Words() string { return verdictWords[v] }

var verdictWords = map[Verdict]string{
	NoRoot:     "no element of the page holds a story",
	Outside:    "outside the element that holds the story",
	Above:      "above the story's first line",
	Furniture:  "page furniture, by its names",
	Ruled:      "left out by the site rule",
	Boxed:      "in a figure, an aside, a form or an address",
	Behind:     "below a heading that announces other things",
	TailList:   "a list of links behind the story",
	TailNote:   "leads to the author or the outlet elsewhere",
	LoneHead:   "a heading without text below it",
	Repeated:   "a paragraph of the story once more",
	Caption:    "the caption of a picture",
	HeadLine:   "a headline, date or byline",
	Teaser:     "a teaser of another story",
	AboutBox:   "a box about the author",
	Gallery:    "part of a set of pictures",
	Media:      "belongs to a player",
	PullQuote:  "a pull quote",
	InfoBox:    "a box beside the story",
	Linked:     "mostly a link",
	Outlet:     "the outlet's name among links",
	Plea:       "asks readers for something, or announces other things",
	Clock:      "the time of an update",
	Symbol:     "no words",
	Label:      "the label of a button",
	Unlikely:   "looks like no part of a story, taken all in all",
	Untold:     "not in the page's own articleBody, which has the rest",
	Unheard:    "left out by the second opinion",
	IsHeadline: "the headline",
	IsKicker:   "the kicker",
	IsDeck:     "the deck",
	IsByline:   "the byline",
	IsClosing:  "closes or corrects the story",
	IsSignoff:  "the sign-off",
}
