package extract

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// documentEnds are the endings of files that are read, not browsed.
var documentEnds = []string{".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".epub"}

// paperSites keep papers under their numbers, postSites are social networks, of
// which an address with something behind the account is a post.
var (
	paperSites = []string{"doi.org", "arxiv.org", "biorxiv.org", "medrxiv.org", "ssrn.com", "pubmed.ncbi.nlm.nih.gov"}
	postSites  = []string{"x.com", "twitter.com", "facebook.com", "instagram.com", "threads.net", "bsky.app", "tiktok.com", "t.me", "linkedin.com", "vk.com", "weibo.com", "truthsocial.com", "reddit.com"}
)

// citationKind tells what a link of the story leads to.
func (s *story) citationKind(address string) news.CitationKind {
	u, err := url.Parse(address)
	if err != nil {
		return news.CitesPage
	}
	host := strings.ToLower(strings.TrimPrefix(u.Hostname(), "www."))
	deep := strings.Count(strings.Trim(u.Path, "/"), "/") > 0
	switch end := strings.ToLower(path.Ext(u.Path)); {
	case end != "" && slices.Contains(documentEnds, end):
		return news.CitesDocument
	case isBelow(host, paperSites):
		return news.CitesStudy
	case deep && isBelow(host, postSites):
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
