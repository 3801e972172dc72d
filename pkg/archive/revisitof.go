package archive

import (
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// ErrNoOriginal is returned for a revisit record that does not say which capture
// has its body.
var ErrNoOriginal = errors.New("a revisit that does not say by address and date what it is a revisit of")

// RevisitOf reads the page of a revisit record, which has no body, and the visit
// that brought the one that it has (WARC/1.1, section 6.7). The page's digest,
// length and identity as a capture are those of that body, which is for the
// caller to find.
func RevisitOf(rec *warc.Record) (page *news.Page, original string, err error) {
	url, at, err := rec.Header.Original()
	if err != nil {
		return nil, "", err
	}
	if url == "" {
		return nil, "", ErrNoOriginal
	}
	target := rec.Header.Target()
	if !isWeb(target) {
		return nil, "", fmt.Errorf("%s %q: %w", warc.Revisit, target, ErrNoPage)
	}
	fetched, err := rec.Header.Time()
	if err != nil {
		return nil, "", err
	}
	page = &news.Page{
		Schema: news.PageSchema, Origin: news.OriginArchive,
		RequestedURL: target, URL: target, Site: weburl.Site(target),
		VisitID: news.VisitID(target, fetched), FetchedAt: fetched,
		RemoteIP: rec.Header.Get(warc.IPAddress),
	}
	answer, err := warc.ReadMessage(rec.Block)
	if err == nil {
		takeHead(page, answer)
		takeProtocol(page, rec.Header)
	}
	return page, news.VisitID(url, at), nil
}
