package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// isWireCopy says whether agencies supplied the story and nobody of the outlet is
// named: no writer but those of an agency, no initials.
func (s *story) isWireCopy(byline string) bool {
	supplied := slices.ContainsFunc(s.rec.InfoSources, func(src news.InfoSource) bool { return src.Scope == news.ScopeStory })
	if !supplied || s.rec.Signoff != nil {
		return false
	}
	for _, p := range s.rec.Author {
		if p.Kind == news.KindInitials || p.Kind == news.KindPerson && !s.writesForAgency(byline) {
			return false
		}
	}
	return true
}

// writesForAgency says whether a byline names the agency as that of its writers,
// right behind them: "Jane Doe, AP", "Jane Doe and John Roe Associated Press". With
// "and" or "with" before it the agency is one source beside them.
func (s *story) writesForAgency(byline string) bool {
	for _, m := range s.storyLines().AgenciesIn(byline) {
		before, ok := strings.CutSuffix(byline, m.Literal)
		if !ok {
			continue
		}
		before = strings.TrimRight(before, " ")
		if strings.HasSuffix(before, ",") {
			return true
		}
		if w := before[strings.LastIndexByte(before, ' ')+1:]; prose.IsCapital(w) && !strings.ContainsAny(w, "/&|–—-+()") {
			return true
		}
	}
	return false
}
