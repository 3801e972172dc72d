package stream

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxArticle is the largest record that travels in a message, in bytes.
const maxArticle = 768 << 10

// frameArticle makes the message of a record. One that is too large loses the
// candidates that were not chosen; one that is still too large is returned
// beside the message, to be kept as an object that the message names.
func frameArticle(a *news.Article) (m *nats.Msg, record []byte, err error) {
	doc, err := json.Marshal(a)
	if err != nil {
		return nil, nil, err
	}
	if len(doc) > maxArticle {
		if doc, err = json.Marshal(withoutAlternatives(a)); err != nil {
			return nil, nil, err
		}
	}
	if len(doc) > maxArticle {
		record = doc
		if doc, err = json.Marshal(identityOf(a)); err != nil {
			return nil, nil, err
		}
	}
	m = frame(articleSubject(a), news.ArticleSchema, a.ID, a.Trace())
	m.Data = doc
	return m, record, nil
}

func withoutAlternatives(a *news.Article) *news.Article {
	less := *a
	less.Provenance = maps.Clone(a.Provenance)
	for field, p := range less.Provenance {
		p.Alternatives = nil
		less.Provenance[field] = p
	}
	return &less
}

// identityOf is what a subscriber needs to know whether it wants the record.
func identityOf(a *news.Article) *news.Article {
	return &news.Article{
		Schema: a.Schema, StoryID: a.StoryID, ID: a.ID,
		URL: a.URL, CanonicalURL: a.CanonicalURL, RequestedURL: a.RequestedURL, ShortURL: a.ShortURL,
		Type: a.Type, Headline: a.Headline, WordCount: a.WordCount,
		DatePublished: a.DatePublished, DateModified: a.DateModified,
		Publisher: a.Publisher, InLanguage: a.InLanguage,
		ContentHash: a.ContentHash, Simhash: a.Simhash,
		Extraction: a.Extraction, Raw: a.Raw,
		RecordRef: a.ID,
	}
}

// readArticle undoes frameArticle.
func (c *Conn) readArticle(ctx context.Context, _ nats.Header, data []byte) (*news.Article, error) {
	a, _, err := c.wholeArticle(ctx, data)
	return a, err
}

// wholeArticle is the record of a message, and its JSON, wherever it lies.
func (c *Conn) wholeArticle(ctx context.Context, data []byte) (*news.Article, []byte, error) {
	var a news.Article
	if err := readJSON(data, news.ArticleSchema, &a); err != nil || a.RecordRef == "" {
		return &a, data, err
	}
	record, err := c.kept(ctx, bucketRecord, a.RecordRef)
	if err != nil {
		return nil, data, err
	}
	var whole news.Article
	if err := readJSON(record, news.ArticleSchema, &whole); err != nil {
		return nil, data, err
	}
	if whole.ID != a.ID {
		return nil, data, malformed("record %q holds article %.40q, not %.40q", a.RecordRef, whole.ID, a.ID)
	}
	return &whole, record, nil
}
