package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// access finds whether the story can be read without paying.
func (s *story) access() {
	set := func(free bool, evidence news.AccessEvidence, c candidate) {
		s.rec.IsAccessibleForFree = &free
		s.rec.AccessEvidence = evidence
		s.credit("isAccessibleForFree", c)
	}
	if s.ld != nil {
		switch v := s.ld["isAccessibleForFree"].(type) {
		case bool:
			set(v, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
			return
		case string:
			switch strings.ToLower(v) {
			case "true", "http://schema.org/true", "https://schema.org/true":
				set(true, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
				return
			case "false", "http://schema.org/false", "https://schema.org/false":
				set(false, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
				return
			}
		}
	}
	for _, m := range s.metas {
		if m.name == "article:content_tier" {
			set(m.content == "free", news.AccessByMeta, candidate{method: news.FromMeta, path: m.name, confidence: 0.85})
			return
		}
	}
	if s.barrier >= 0 {
		set(false, news.AccessByTruncation, candidate{method: news.FromText, path: s.path(s.blocks[s.barrier].el), confidence: 0.6})
		return
	}
	for i := range s.els {
		if e := &s.els[i]; e.own&hintPaywall != 0 && e.text > 40 && s.root >= 0 && e.first > s.els[s.root].first {
			set(false, news.AccessByMarkup, candidate{method: news.FromSelector, path: s.path(int32(i)), confidence: 0.5})
			return
		}
	}
}
