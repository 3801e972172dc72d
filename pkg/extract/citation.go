package extract

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// mostCitations bounds what is kept of a story's links.
const mostCitations = 200

// citations keeps the links in the story's text; from is, for each block of the
// body, the first block of the page in it, -1 for none.
func (s *story) citations(from []int32) {
	k, next := -1, 0 // the block of the body, and the one to look at behind it
	for _, a := range s.anchors {
		for ; next < len(from) && from[next] <= a.block; next++ {
			if from[next] >= 0 {
				k = next
			}
		}
		text := strings.ReplaceAll(a.text, "\n", " ")
		_, picked := slices.BinarySearch(s.picked, a.block)
		if k < 0 || !picked || text == "" || len(s.rec.Citations) >= mostCitations || !strings.Contains(oneLine(s.rec.Body[k].Text), text) {
			continue
		}
		if u := s.absolute(a.href); strings.HasPrefix(u, "http") && !s.isHere(u) {
			s.cite(news.Citation{URL: u, Text: text, Kind: s.citationKind(u), Block: k})
		}
	}
	if len(s.rec.Citations) > 0 {
		s.credit("citations", candidate{method: news.FromSelector, path: s.path(s.root) + " a", confidence: 0.9})
	}
}

// isHere says whether an address leads to a place on the page itself.
func (s *story) isHere(address string) bool {
	before, _, inside := strings.Cut(address, "#")
	here, _, _ := strings.Cut(s.base, "#")
	return inside && before == here
}

// cite adds a link, once for the same words of a block; one that is printed in
// several pieces is one.
func (s *story) cite(c news.Citation) {
	for i := len(s.rec.Citations) - 1; i >= 0; i-- {
		old := &s.rec.Citations[i]
		if old.Block != c.Block {
			break
		}
		if old.URL == c.URL && old.Text == c.Text {
			return
		}
		if i == len(s.rec.Citations)-1 && old.URL == c.URL {
			for _, space := range [...]string{"", " "} {
				if whole := old.Text + space + c.Text; strings.Contains(oneLine(s.rec.Body[c.Block].Text), whole) {
					old.Text = whole
					return
				}
			}
		}
	}
	s.rec.Citations = append(s.rec.Citations, c)
}

// documentEnds are the endings of files that are read, not browsed.
var documentEnds = []string{".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".epub"}

// paperSites keep papers under their numbers, postSites are social networks.
var (
	paperSites = []string{
		"doi.org", "arxiv.org", "biorxiv.org", "medrxiv.org", "ssrn.com", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "europepmc.org",
		"osf.io", "zenodo.org", "hal.science", "researchsquare.com", "semanticscholar.org",
	}
	postSites = []string{"x.com", "twitter.com", "facebook.com", "instagram.com", "threads.net", "threads.com", "bsky.app", "tiktok.com", "t.me", "linkedin.com", "vk.com", "weibo.com", "truthsocial.com", "reddit.com"}
)

var (
	// doi is a DOI in an address (ISO 26324): its publisher keeps the paper there.
	doi = regexp.MustCompile(`/10\.\d{4,9}/`)
	// postPath is the path of a post: behind a word for one, or by its number.
	postPath = regexp.MustCompile(`(?i)/(?:status(?:es)?|posts?|p|reels?|tv|videos?|photos?|permalink|comments|update|pulse)/[^/]|/(?:permalink|story|photo)\.php|/wall-?\d|/\d{2,}$|/status/`)
	// tootPath is the path of a post in the networks that speak ActivityPub.
	tootPath = regexp.MustCompile(`^/@[^/]+/\d{8,}$`)
)

// citationKind tells what a link of the story leads to.
func (s *story) citationKind(address string) news.CitationKind {
	u, err := url.Parse(address)
	if err != nil {
		return news.CitesPage
	}
	host, place := strings.ToLower(strings.TrimPrefix(u.Hostname(), "www.")), strings.TrimRight(u.Path, "/")
	switch end := strings.ToLower(path.Ext(place)); {
	case isBelow(host, paperSites) && place != "" || doi.MatchString(place):
		return news.CitesStudy
	case end != "" && slices.Contains(documentEnds, end):
		return news.CitesDocument
	case isBelow(host, postSites) && postPath.MatchString(place) || tootPath.MatchString(place):
		return news.CitesPost
	case weburl.Site(address) == weburl.Site(s.base):
		return news.CitesOwn
	}
	return news.CitesPage
}

// isBelow says whether a host is one of the sites, or below one.
func isBelow(host string, sites []string) bool {
	for _, site := range sites {
		if host == site || strings.HasSuffix(host, "."+site) {
			return true
		}
	}
	return false
}
