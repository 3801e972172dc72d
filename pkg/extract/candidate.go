package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// candidate is one value that a field might have, and where it was found.
type candidate struct {
	value      string
	method     news.Method
	path       string
	confidence float64
}

// sureOfText is the most confidence in a field of a page of which only the text
// survives.
const sureOfText = 0.85

// maxAlternatives bounds what provenance keeps of the values not chosen.
const maxAlternatives = 5

// credit notes where a field's value came from. The alternatives are those of
// the candidates that say something else, in the order given.
func (s *story) credit(field string, chosen candidate, rest ...candidate) {
	if s.onlyText {
		chosen.confidence = min(chosen.confidence, sureOfText)
	}
	p := news.Provenance{Method: chosen.method, Path: chosen.path, Confidence: round2(chosen.confidence)}
	seen := []string{prose.Fold(chosen.value)}
next:
	for _, c := range rest {
		if len(p.Alternatives) == maxAlternatives {
			break
		}
		f := prose.Fold(c.value)
		if f == "" {
			continue
		}
		for _, old := range seen {
			if old == f {
				continue next
			}
		}
		seen = append(seen, f)
		p.Alternatives = append(p.Alternatives, news.Alternative{Value: c.value, Method: c.method, Path: c.path})
	}
	s.rec.Provenance[field] = p
}

func round2(f float64) float64 { return float64(int(float64(f*100)+0.5)) / 100 }
