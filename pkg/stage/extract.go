package stage

import (
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
)

// Extract turns a page as it was received into its record. limit bounds, in
// bytes, what its body may unfold to; rules are those of single sites. A page
// without an article gives a [news.Fault] of kind Skip.
func Extract(page *news.Page, limit int, rules *siterules.Set) (*news.Article, error) {
	in, err := Input(page, limit)
	if err != nil {
		return nil, err
	}
	in.Rules = rules
	return extract.Extract(in)
}

// Input unpacks a page as it was received for extraction.
func Input(page *news.Page, limit int) (extract.Input, error) {
	body, err := coding.Decode(page.Body, page.ContentEncoding, limit)
	truncated := page.Truncated
	switch {
	case errors.Is(err, coding.ErrTruncated):
		truncated = true // what came before the cut is worth reading
	case errors.Is(err, coding.ErrTooLarge):
		return extract.Input{}, &news.Fault{Kind: news.Skip, Reason: news.TooLarge, Err: fmt.Errorf("decode the body: %w", err)}
	case err != nil:
		return extract.Input{}, &news.Fault{Kind: news.Skip, Reason: news.BadEncoding, Err: fmt.Errorf("decode the body: %w", err)}
	}
	return extract.Input{
		Body: body, URL: webURL(page), RequestedURL: page.RequestedURL, ContentType: page.ContentType,
		Hints: page.Hints, FetchedAt: page.FetchedAt,
		Raw: news.Raw{
			CaptureID: page.CaptureID, Digest: page.Digest, Status: page.Status, ContentType: page.ContentType,
			FetchedAt: page.FetchedAt, Truncated: truncated,
		},
	}, nil
}

// webURL is the page's address on the web, empty for a saved file.
func webURL(page *news.Page) string {
	if page.Origin == news.OriginFolder {
		return ""
	}
	return page.URL
}
