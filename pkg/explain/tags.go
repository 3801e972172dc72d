package explain

import "golang.org/x/net/html/atom"

// shape is how an element of a page is shown: as which element of ours, and
// where a region can be folded.
type shape struct {
	name string
	fold folding
}

// folding says where the fold of a region goes.
type folding int

const (
	inLine folding = iota // stands in a line: nothing folds
	whole                 // a block that cannot be folded by itself
	around                // the fold goes around it
	inside                // the fold goes inside it, for its parent wants it bare
)

// shapes are the elements that are shown, as what. Of all others only what is
// inside is shown. Landmarks and headings become plain: the page's own outline
// is that of the explanation.
var shapes = map[atom.Atom]shape{
	atom.Address: {"div", around}, atom.Article: {"div", around}, atom.Aside: {"div", around}, atom.Center: {"div", around},
	atom.Details: {"div", around}, atom.Div: {"div", around}, atom.Fieldset: {"div", around}, atom.Figcaption: {"div", around},
	atom.Figure: {"div", around}, atom.Footer: {"div", around}, atom.Form: {"div", around}, atom.Header: {"div", around},
	atom.Main: {"div", around}, atom.Menu: {"ul", around}, atom.Nav: {"div", around}, atom.Section: {"div", around}, atom.Summary: {"div", around},
	atom.H1: {"div", around}, atom.H2: {"div", around}, atom.H3: {"div", around}, atom.H4: {"div", around}, atom.H5: {"div", around}, atom.H6: {"div", around},
	atom.Blockquote: {"blockquote", around}, atom.Dl: {"dl", around}, atom.Ol: {"ol", around}, atom.Ul: {"ul", around},
	atom.Pre: {"pre", around}, atom.Table: {"table", around},
	atom.Dd: {"dd", inside}, atom.Dt: {"dt", inside}, atom.Li: {"li", inside}, atom.Td: {"td", inside}, atom.Th: {"th", inside},
	atom.Html: {"div", whole}, atom.Body: {"div", whole}, atom.P: {"p", whole}, atom.Caption: {"caption", whole}, atom.Tbody: {"tbody", whole}, atom.Tfoot: {"tfoot", whole},
	atom.Thead: {"thead", whole}, atom.Tr: {"tr", whole},
	atom.A: {"span", inLine}, atom.B: {"b", inLine}, atom.Cite: {"cite", inLine}, atom.Code: {"code", inLine}, atom.Em: {"em", inLine},
	atom.I: {"i", inLine}, atom.Q: {"q", inLine}, atom.S: {"s", inLine}, atom.Small: {"small", inLine}, atom.Strong: {"strong", inLine},
	atom.Sub: {"sub", inLine}, atom.Sup: {"sup", inLine}, atom.Time: {"time", inLine}, atom.U: {"u", inLine},
}

// ranks are those of headings, moved below the explanation's own.
var ranks = map[atom.Atom]string{atom.H1: "3", atom.H2: "4", atom.H3: "5", atom.H4: "6", atom.H5: "6", atom.H6: "6"}

// stands are the elements for which a box with words stands.
var stands = map[atom.Atom]string{
	atom.Img: "picture", atom.Iframe: "embedded page", atom.Video: "video", atom.Audio: "audio", atom.Embed: "embedded object",
	atom.Object: "embedded object",
}
