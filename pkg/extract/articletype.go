package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
)

// schemaTypes maps structured types to those that the record tells apart.
var schemaTypes = map[string]news.ArticleType{
	"newsarticle": news.NewsArticle, "article": news.NewsArticle, "opinionnewsarticle": news.OpinionNewsArticle,
	"analysisnewsarticle": news.AnalysisNewsArticle, "backgroundnewsarticle": news.BackgroundNewsArticle,
	"reportagenewsarticle": news.ReportageNewsArticle, "reviewnewsarticle": news.ReviewNewsArticle, "review": news.ReviewNewsArticle,
	"liveblogposting": news.LiveBlogPosting, "blogposting": news.BlogPosting,
}

func (s *story) articleType() {
	s.toldType()
	if len(s.entries) > 0 && s.rec.Type != news.LiveBlogPosting {
		s.rec.Type = news.LiveBlogPosting
		s.credit("type", candidate{string(news.LiveBlogPosting), news.FromSelector, s.path(s.entries[0].el), 0.85})
	}
}

// toldType takes the type that the structured data state.
func (s *story) toldType() {
	if s.ld == nil {
		return
	}
	for _, name := range s.ld.Types() {
		if t, ok := schemaTypes[name]; ok {
			s.rec.Type = t
			s.credit("type", candidate{string(t), news.FromJSONLD, "@type", 0.9})
			if t != news.NewsArticle {
				return
			}
		}
	}
}
