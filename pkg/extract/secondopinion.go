package extract

import (
	"net/url"
	"strings"

	readability "github.com/go-shiori/go-readability"
	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// secondOpinion asks go-readability where our own reading of the page is in
// doubt. It is the only user of that module, which is no longer kept up; it
// changes the tree that it reads, so it gets a copy.
func (s *story) secondOpinion() {
	if len(s.els) == 0 || s.tooDeep() {
		return
	}
	address, err := url.Parse(s.base)
	if err != nil {
		address = &url.URL{}
	}
	p := readability.NewParser()
	p.DisableJSONLD = true
	article, err := p.ParseDocument(clone(s.els[0].node), address)
	if err != nil || article.Node == nil {
		return
	}
	theirs := prose.Fold(inlineText(article.Node))
	if len(theirs) < 2*len(prose.Fold(s.allPicked())) || len(theirs) < 200 {
		return // no better than what we have
	}
	if len(theirs)*len(s.blocks) > compareBudget {
		return
	}
	var picked []int32
	for i := range s.blocks {
		b := &s.blocks[i]
		if s.head >= 0 && s.within(b.el, s.head) || !s.within(b.el, s.realm) || isPlea(b.text) || s.captionLines[int32(i)] {
			continue
		}
		if f := prose.Fold(b.text); len(f) > 20 && strings.Contains(theirs, f) || s.isPicked(int32(i)) {
			picked = append(picked, int32(i))
		}
	}
	picked = s.cutTailCards(s.cutTailList(s.cutTail(picked)))
	if len(picked) == 0 {
		return
	}
	s.picked = s.dropLoneHeads(picked)
	s.root = s.around(picked)
	s.sure = max(s.sure, 0.4)
	s.warn("body: own reading in doubt, go-readability believed")
	s.bodyCredit(news.FromHeuristic, "go-readability")
}

// tooDeep says whether the page has more elements inside each other than
// another opinion is worth: it looks at each of them from all that are around.
func (s *story) tooDeep() bool {
	return s.depths() > mostOpinion
}

func (s *story) allPicked() string {
	var b strings.Builder
	for _, i := range s.picked {
		b.WriteString(s.blocks[i].text)
		b.WriteByte('\n')
	}
	return b.String()
}

// around is the innermost element that holds all the blocks.
func (s *story) around(picked []int32) int32 {
	first, last := picked[0], picked[len(picked)-1]
	at := s.blocks[first].el
	for at > 0 && (s.els[at].first > first || s.els[at].last <= last) {
		at = s.els[at].parent
	}
	return at
}

func clone(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.AppendChild(clone(k))
	}
	return c
}
