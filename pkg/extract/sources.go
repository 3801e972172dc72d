package extract

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/storycredit"
	"github.com/copydesk/copydesk/pkg/when"
)

// sources says which organisations supplied the story, by its sign-off, its
// dateline, its byline, its source lines and the structured data, and which
// supplied its pictures.
func (s *story) sources() {
	s.dateline()
	if d := s.rec.Dateline; d != nil && d.Agency != "" {
		found, _ := s.agencies().ListCredited(d.Agency)
		s.addAgencies(append(s.storyLines().AgenciesIn(d.Raw), found...), news.ScopeStory, supply{InDateline, news.FromText, s.rec.Provenance["dateline"].Path})
	}
	line, _ := byline.CutBy(s.rec.Byline)
	if line != "" {
		line, _ = s.bylines().WithoutDate(line)
		if i := strings.IndexAny(line, "0123456789"); i > 3 && strings.ContainsRune(line[i:], ':') {
			line = when.CutLead(strings.TrimRight(line[:i], " |,-–:·•")) // the hour stands before the day
		}
		from := s.rec.Provenance["byline"]
		s.addAgencies(s.storyLines().AgenciesIn(line), news.ScopeStory, supply{InByline, from.Method, from.Path})
	}
	if s.outline != nil {
		s.sourcesFromPage()
	}
	from := s.rec.Provenance["images"]
	for i := range s.rec.Images {
		for _, org := range s.rec.Images[i].SourceOrganization {
			if a, ok := s.agencies().Find(org); ok {
				s.addAgencies([]agency.Mention{{Agency: a, Literal: s.printedAs(a, s.rec.Images[i].CreditText)}}, news.ScopePhoto, supply{InCredit, from.Method, from.Path})
			}
		}
	}
	s.creditSources()
	s.rec.IsWireCopy = s.isWireCopy(line)
}

// sourceMetas are the meta elements that name who a story is from.
var sourceMetas = map[string]bool{
	"source": true, "dc.source": true, "article:source": true, "article.source": true, "dc.rights": true, "copyright": true, "articleauthor": true, "news_source": true,
	"news_agency": true, "agency": true, "sailthru.source": true, "parsely-source": true, "dcterms.source": true,
}

// tailReach is how many blocks behind the story may name its source.
const tailReach = 8

// sourcesFromPage reads the structured data's authors, the site itself and the
// lines that name a source.
func (s *story) sourcesFromPage() {
	if u, err := url.Parse(s.base); err == nil {
		if a, ok := s.agencies().OfHost(u.Hostname()); ok && !a.PhotoOnly {
			s.addAgencies([]agency.Mention{{Agency: a, Literal: u.Hostname()}}, news.ScopeStory, supply{InAddress, news.FromURL, u.Hostname()})
		}
	}
	if s.ld != nil {
		for _, key := range [...]string{"author", "creator", "sourceOrganization", "copyrightHolder"} {
			for _, o := range s.graph.Objects(s.ld, key) {
				s.addAgencies(s.storyLines().AgenciesIn(o.Text("name")), news.ScopeStory, supply{InData, news.FromJSONLD, key})
			}
		}
	}
	for _, name := range authorMetas {
		for _, m := range s.metas {
			if m.name == name && name != "twitter:data1" {
				s.addAgencies(s.storyLines().AgenciesIn(prose.Squash(m.content)), news.ScopeStory, supply{InMeta, news.FromMeta, m.name})
			}
		}
	}
	for _, m := range s.metas {
		if sourceMetas[m.name] {
			s.addAgencies(s.storyLines().AgenciesIn(prose.Squash(m.content)), news.ScopeStory, supply{InMeta, news.FromMeta, m.name})
		}
	}
	lo, hi := s.topBlocks()
	n := len(s.picked)
	if n == 0 {
		s.sourceBlocks(lo, hi, false)
		return
	}
	behind := s.picked[n-1] + 1
	s.sourceBlocks(lo, min(hi, behind), false)
	s.sourceBlocks(behind, min(int32(len(s.blocks)), behind+tailReach), true)
}

// notSource marks elements that name no source of the story.
const notSource = hintCaption | hintCredit | hintRelated | hintTeaser | hintComments

// sourceBlocks reads the blocks from lo to before hi that are not of the story
// and name its source. Behind the story, inside its element, they may be
// furniture too.
func (s *story) sourceBlocks(lo, hi int32, tail bool) {
	var around hint // what is said of the whole story says nothing here
	if s.root >= 0 {
		around = s.els[s.root].own | s.els[s.root].around
	}
	for i := lo; i < hi; i++ {
		b := &s.blocks[i]
		e := &s.els[b.el]
		_, ours := slices.BinarySearch(s.picked, i)
		out := s.out[b.el] && e.own&(hintByline|hintSignoff) == 0 && !(tail && s.root >= 0 && s.within(b.el, s.root))
		if ours || out || len(b.text) > storycredit.LongestSourceLine || (e.own|e.around&^around)&notSource != 0 || s.closest(b.el, atom.Figure) >= 0 {
			continue
		}
		for line := range strings.SplitSeq(b.text, "\n") {
			if line == "AA" && s.rec.InLanguage.Primary() != "tr" {
				continue // sets the size of the letters
			}
			found, form := s.storyLines().SourceLine(line), InSourceLine
			marked := (e.own|e.around&^around)&(hintByline|hintSignoff|hintDate) != 0
			if found == nil && (marked || tail && b.linked == 0) {
				found = s.storyLines().BareAgencies(line)
			}
			if found == nil && e.own&hintByline != 0 {
				found, form = s.storyLines().AgenciesIn(line), InByline
			}
			s.addAgencies(found, news.ScopeStory, supply{form, news.FromText, s.path(b.el)})
		}
	}
}
