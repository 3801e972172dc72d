package extract

import (
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/structured"
)

// stateArticle is what the state of a page says of its story, or a meta element
// that holds all of it.
type stateArticle struct {
	structured.Story
	from candidate // where it stands; its confidence is that in the date
}

// scriptState is the application state of the page, which stands in its scripts.
func (s *story) scriptState() structured.State {
	return structured.State{Page: s.page, Scripts: s.codes}
}

// state is what the application state of the page says of the story, read when
// it is first asked for: nothing if no object of it has the headline.
func (s *story) state() *stateArticle {
	if s.stateRead == nil {
		a := s.readState()
		s.stateRead = &a
	}
	return s.stateRead
}

func (s *story) readState() stateArticle {
	if v, name := s.lookup("parsely-page"); v != "" {
		if a, ok := structured.ReadStory(v, s.order); ok {
			return stateArticle{a, candidate{method: news.FromMeta, path: name, confidence: 0.9}}
		}
	}
	a := stateArticle{Story: s.scriptState().Story(s.rec.Headline, s.order)}
	if !a.Empty() {
		a.from = candidate{method: news.FromState, path: "state", confidence: 0.78}
	}
	return a
}

// fillFromState takes section, topics and description from the state where nothing
// else states them, if it was read for date or authors, or if both section and
// topics are missing: for one of them alone it is too long.
func (s *story) fillFromState() {
	if s.stateRead == nil && (s.rec.Section != "" || len(s.rec.Keywords) > 0) {
		return
	}
	a := s.state()
	if s.rec.Section == "" && a.Section != "" {
		s.rec.Section = a.Section
		s.credit("section", a.found(a.Section, "section", 0.6))
	}
	if s.rec.Description == "" && a.Description != "" {
		s.rec.Description = a.Description
		s.credit("description", a.found(a.Description, "description", 0.6))
	}
	if len(s.rec.Keywords) == 0 {
		if topics := s.cutKeywords(a.Topics); len(topics) > 0 {
			s.setKeywords(topics, a.found("", "keywords", 0.55))
		}
	}
}

// stateAuthors are the people whom the state names.
func (s *story) stateAuthors() ([]news.Person, candidate) {
	var all []news.Person
	for _, name := range s.state().Authors {
		for _, p := range s.bylines().Told(name) {
			all = byline.AddPerson(all, p)
		}
	}
	return all, s.state().found("", "author", 0.6)
}

// found is a value of the state as a candidate.
func (a *stateArticle) found(value, field string, confidence float64) candidate {
	return candidate{value, a.from.method, a.from.path + "." + field, confidence}
}
