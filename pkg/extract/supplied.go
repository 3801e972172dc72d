package extract

import (
	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// SourceForm is the form in which a page credits who supplied the story or a
// picture.
type SourceForm string

// The forms.
const (
	InSignoff    SourceForm = "signoff"
	InDateline   SourceForm = "dateline"
	InByline     SourceForm = "byline"
	InSourceLine SourceForm = "sourceLine"
	InData       SourceForm = "structuredData"
	InMeta       SourceForm = "meta"
	InAddress    SourceForm = "address"
	InCredit     SourceForm = "pictureCredit"
)

// Words explains a form.
func (f SourceForm) Words() string {
	switch f {
	case InSignoff:
		return "the sign-off"
	case InSourceLine:
		return "a line that names sources"
	case InData:
		return "the structured data"
	case InMeta:
		return "a meta element"
	case InAddress:
		return "the page is its own"
	case InCredit:
		return "a picture's credit"
	}
	return "the " + string(f)
}

// field is the field of the record whose words have such a credit, if one has.
func (f SourceForm) field() string {
	switch f {
	case InSignoff, InDateline, InByline:
		return string(f)
	case InCredit:
		return "images"
	}
	return ""
}

// sure is how sure a credit of that form is.
func (f SourceForm) sure() float64 {
	switch f {
	case InSignoff, InDateline, InByline:
		return 0.95
	case InSourceLine, InCredit:
		return 0.9
	}
	return 0.8
}

// supply is where somebody is credited.
type supply struct {
	form   SourceForm
	method news.Method
	path   string
}

// addAgencies notes agencies that are credited, each once for the story and once
// for its pictures.
func (s *story) addAgencies(found []agency.Mention, scope news.SourceScope, by supply) {
next:
	for _, m := range found {
		for _, old := range s.rec.InfoSources {
			if old.Name == m.Name && old.Scope == scope {
				continue next
			}
		}
		s.rec.InfoSources = append(s.rec.InfoSources, news.InfoSource{
			Name: m.Name, FullName: m.FullName, Literal: m.Literal, Role: news.RoleAgency, Scope: scope})
		s.supplies = append(s.supplies, by)
	}
}

// printedAs is what a credit prints for an agency: "Lehtikuva" for "STT".
func (s *story) printedAs(a agency.Agency, credit string) string {
	found, _ := s.agencies().List(credit)
	for _, m := range found {
		if m.Name == a.Name {
			return m.Literal
		}
	}
	return a.Name
}

// creditSources notes where the first source was found, of the story before
// those of its pictures.
func (s *story) creditSources() {
	best := -1
	for i := range s.rec.InfoSources {
		if best < 0 || s.rec.InfoSources[best].Scope != news.ScopeStory && s.rec.InfoSources[i].Scope == news.ScopeStory {
			best = i
		}
	}
	if best >= 0 {
		by := s.supplies[best]
		s.credit("infoSources", candidate{s.rec.InfoSources[best].Name, by.method, by.path, by.form.sure()})
	}
}
