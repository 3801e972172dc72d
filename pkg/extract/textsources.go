package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
)

// textSources reads the lines between headline and story that name its sources:
// those that say so, and agencies in the place of authors.
func (s *story) textSources(p *textPage) {
	for i := max(0, p.at-aboveReach); i < p.at; i++ {
		line := p.lines[i].text
		if i > p.head {
			s.between = append(s.between, candidate{value: line, method: news.FromText, path: lineName(i)})
		}
		found := s.storyLines().SourceLine(line)
		if found == nil && i > p.head && s.isByDate(p, i) {
			found = s.storyLines().BareAgencies(line)
		}
		s.addAgencies(found, news.ScopeStory, supply{InSourceLine, news.FromText, lineName(i)})
	}
}
