package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// writeBody writes the body: the picked blocks as paragraphs, subheads, lists and
// quotes, the pictures at their places, the sign-off apart.
func (s *story) writeBody() {
	if len(s.given) > 0 {
		s.writeGiven()
		return
	}
	s.findBarrier()
	s.cutTailNotes()
	s.left(TailNote)
	s.closingLines()
	s.left(IsClosing)
	s.cutSignoff()
	s.left(IsSignoff)
	s.findEntries()
	s.findQuestions()
	var body []news.Block
	var from []int32 // the page's block of each
	list, item := int32(-1), int32(-1)
	quote, table, row := int32(-1), int32(-1), int32(-1)
	var parts []string // of the last block's text
	join := func() {
		if len(parts) > 1 {
			body[len(body)-1].Text = strings.Join(parts, "")
		}
	}
	for k, i := range s.picked {
		b := &s.blocks[i]
		text := b.text
		kind, level := news.Paragraph, 0
		tag := s.els[b.el].tag
		li := s.upTo(b.el, atom.Li)
		q := s.upTo(b.el, atom.Blockquote)
		tr := s.upTo(b.el, atom.Tr)
		switch {
		case tag == atom.Pre:
			kind = news.Preformatted
		case isHeading(tag):
			kind, level = news.Subhead, max(2, int(s.els[b.el].node.Data[1]-'0'))
		case li >= 0:
			kind = news.List
		case q >= 0:
			kind = news.Blockquote
		case tr >= 0 && s.isDataTable(tr):
			kind = news.Table
		case s.interview && s.mayAsk(k):
			kind = news.QuestionBlock
		case s.isBoldHead(k):
			kind, level = news.Subhead, 3
		}
		if kind != news.Preformatted {
			text = strings.ReplaceAll(text, "\n", " ")
		}
		s.verdicts.write(i, kind)
		n := len(body) - 1
		switch {
		case kind == news.List && n >= 0 && body[n].Kind == news.List && s.els[li].parent == list:
			if li == item {
				parts = append(parts, " ", text)
			} else {
				parts = append(parts, "\n", text)
			}
			item = li
			continue
		case kind == news.Blockquote && n >= 0 && body[n].Kind == news.Blockquote && q == quote:
			parts = append(parts, "\n", text)
			continue
		case kind == news.Table && n >= 0 && body[n].Kind == news.Table && s.closest(tr, atom.Table) == table:
			if tr == row {
				parts = append(parts, "\t", text)
			} else {
				parts = append(parts, "\n", text)
			}
			row = tr
			continue
		}
		if kind == news.List {
			list, item = s.els[li].parent, li
		}
		if kind == news.Table {
			table, row = s.closest(tr, atom.Table), tr
		}
		quote = q
		join()
		parts = append(parts[:0], text)
		body = append(body, news.Block{Kind: kind, Text: text, Level: level})
		from = append(from, i)
	}
	join()
	body, from = s.openUpdates(body, from)
	s.rec.ArticleBody = s.withLead(plain(s.report(body)))
	s.rec.Body, from = s.withPictures(body, from)
	if s.closing != "" {
		s.rec.Body = append(s.rec.Body, news.Block{Kind: news.SignoffBlock, Text: s.closing})
	}
	s.citations(from)
	if _, ok := s.rec.Provenance["articleBody"]; !ok && len(body) > 0 {
		s.bodyCredit(news.FromHeuristic, s.path(s.root))
	}
}

// plain is the story's text, one block a line.
func plain(body []news.Block) string {
	lines := make([]string, 0, len(body))
	for _, b := range body {
		switch b.Kind {
		case news.ImageBlock, news.SignoffBlock, news.Embed, news.Update:
		default:
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// longestLine is how long a deck may be, in bytes, to be a line of the page's
// head; what is longer is a paragraph.
const longestLine = 160

// withLead puts a deck that is a paragraph, or that the text follows with
// nothing between, before it, if it is not in it already: such a lead tells what
// the story then takes for granted.
func (s *story) withLead(text string) string {
	deck := s.rec.Deck
	if deck == "" || len(deck) < longestLine && !s.leadsOn || text == "" || strings.Contains(text, deck) {
		return text
	}
	return deck + "\n" + text
}

// upTo is the nearest element with the tag, inside the body.
func (s *story) upTo(at int32, tag atom.Atom) int32 {
	for ; at >= 0 && at != s.root; at = s.els[at].parent {
		if s.els[at].tag == tag {
			return at
		}
	}
	return -1
}

// isDataTable says whether a row's table shows data, not layout: its cells are
// short.
func (s *story) isDataTable(tr int32) bool {
	t := s.closest(tr, atom.Table)
	if t < 0 || s.root >= 0 && s.within(s.root, t) {
		return false
	}
	e := &s.els[t]
	n := e.last - e.first
	return n > 2 && e.text/n < 80
}

// isBoldHead says whether the picked block with number k is a subhead in all but
// its tag: a short line, all bold, without a full stop, with a paragraph behind it.
func (s *story) isBoldHead(k int) bool {
	b := &s.blocks[s.picked[k]]
	n := int32(len(b.text))
	if !b.bold() || n > 110 || n < 3 || prose.EndsSentence(b.text) && !strings.HasSuffix(b.text, "?") || strings.HasSuffix(b.text, ",") || opensEntry(b.text) {
		return false
	}
	return k+1 < len(s.picked) && len(s.blocks[s.picked[k+1]].text) > 80
}

// opensEntry says whether a line begins with the time of an entry in a ticker:
// "8.47 – The ferry sails". It heads that entry, not a part of the story.
func opensEntry(line string) bool {
	time := line[:min(len(line), longestEntryTime)]
	for _, dash := range [...]string{" - ", " – ", " — ", " | ", ": "} {
		if before, _, ok := strings.Cut(time, dash); ok && clockAlone.MatchString(before) {
			return true
		}
	}
	return false
}

// longestEntryTime is how many bytes the time before an entry has, with what parts it
// from the entry.
const longestEntryTime = 20

// standing is a picture or a recording that stands inside the body.
type standing struct {
	first int32 // the block at which it stands
	media bool
	index int // in the record
}

// withPictures puts the pictures and recordings that stand inside the body at
// their places.
func (s *story) withPictures(body []news.Block, from []int32) ([]news.Block, []int32) {
	order := s.standing()
	if len(order) == 0 || len(from) == 0 {
		return body, from
	}
	out := make([]news.Block, 0, len(body)+len(order))
	src := make([]int32, 0, len(body)+len(order))
	put := func(upTo int32) {
		for len(order) > 0 && order[0].first <= upTo {
			k := order[0].index
			if order[0].media {
				m := &s.rec.Media[k]
				m.Block = len(out)
				out = append(out, news.Block{Kind: news.Embed, Ref: cmp.Or(m.EmbedURL, m.URL)})
			} else {
				s.rec.Images[k].Block = len(out)
				out = append(out, news.Block{Kind: news.ImageBlock, Ref: strconv.Itoa(k)})
			}
			src = append(src, -1)
			order = order[1:]
		}
	}
	for i := range body {
		put(from[i])
		out, src = append(out, body[i]), append(src, from[i])
	}
	put(int32(len(s.blocks)))
	return out, src
}

// standing lists what stands inside the body, in reading order. A recording
// without an address cannot be shown there.
func (s *story) standing() []standing {
	if s.root < 0 {
		return nil
	}
	order := make([]standing, 0, len(s.placed)+len(s.played))
	for i := range s.placed {
		if s.within(s.placed[i].el, s.root) {
			order = append(order, standing{first: s.placed[i].first, index: i})
		}
	}
	for i := range s.played {
		if p := &s.played[i]; s.within(p.el, s.root) && p.URL+p.EmbedURL != "" {
			order = append(order, standing{first: p.first, media: true, index: i})
		}
	}
	slices.SortStableFunc(order, func(a, b standing) int { return int(a.first - b.first) })
	return order
}
