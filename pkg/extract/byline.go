package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

// byline finds who wrote the story, and the line that says so.
func (s *story) byline() {
	line, at := s.printedByline()
	if at >= 0 {
		s.rec.Byline = line
		s.credit("byline", candidate{line, news.FromSelector, s.path(at), 0.7})
	}
	var sets []signed
	for _, read := range []func() ([]news.Person, candidate){s.structuredAuthors, s.microAuthors, s.metaAuthors,
		func() ([]news.Person, candidate) {
			return s.signers(at, line), candidate{line, news.FromSelector, s.path(at), 0.7}
		}, s.linkedAuthors} {
		people, from := read()
		if len(people) > 0 {
			from.value = namesOf(people)
			printed := at >= 0 && from.path == s.path(at)
			sets = append(sets, signed{people, from, printed, printed && s.saysBy(line, at)})
		}
	}
	if !slices.ContainsFunc(sets, func(set signed) bool { return hasPerson(set.people) }) {
		if people, from := s.stateAuthors(); len(people) > 0 {
			from.value = namesOf(people)
			sets = append(sets, signed{people, from, false, false})
		}
	}
	var all []candidate
	if len(sets) > 0 {
		best := bestSigned(sets)
		sets[0], sets[best] = sets[best], sets[0]
		s.rec.Author = sets[0].people
		if i := slices.IndexFunc(sets[1:], func(set signed) bool {
			return set.printed && adds(set.people, s.rec.Author) && s.isNamesOnly(line, set.people)
		}); i >= 0 {
			s.rec.Author = sets[1+i].people // the page prints all of them, and more
		}
		for _, set := range sets {
			all = append(all, set.from)
		}
	}
	if len(all) == 0 {
		s.outletAuthor()
	}
	if len(all) > 0 {
		all[0].confidence = max(0, min(all[0].confidence, alone)+agreement(all))
		s.credit("author", all[0], all[1:]...)
	}
}

// signed is what one place of the page says of the authors.
type signed struct {
	people  []news.Person
	from    candidate
	printed bool
	saidBy  bool // printed beside the headline, behind "by"
}

// bestSigned is the set to believe: the first, but for two cases. The data may name
// a desk or a company where another place names people; or they may name who typed
// the story in, by login or by name, where the page prints who wrote it.
func bestSigned(sets []signed) int {
	best := 0
	if !slices.ContainsFunc(sets[0].people, func(p news.Person) bool { return p.Kind == news.KindPerson }) {
		if i := slices.IndexFunc(sets, func(set signed) bool { return hasPerson(set.people) }); i > 0 {
			best = i
		}
	}
	if isLogin(sets[best].people) {
		if i := slices.IndexFunc(sets, func(set signed) bool { return set.printed && !sharesName(sets[best].people, set.people) }); i > best {
			best = i
		}
	}
	if i := slices.IndexFunc(sets, func(set signed) bool { return set.saidBy && areOthers(set.people, sets[best].people) }); i > best && hasPerson(sets[best].people) {
		best = i
	}
	return best
}

// areOthers says whether all of some people are persons with full names, and none
// has the family name of one of the others.
func areOthers(people, others []news.Person) bool {
	return len(people) > 0 && !slices.ContainsFunc(people, func(p news.Person) bool {
		family := p.Name[strings.LastIndexByte(p.Name, ' ')+1:]
		return family == p.Name || p.Kind != news.KindPerson || byline.IsOrganization(p.Name) || slices.ContainsFunc(others, func(o news.Person) bool {
			return strings.Contains(prose.Fold(o.Name), prose.Fold(family)) || strings.Contains(prose.Fold(p.Name), prose.Fold(o.Name))
		})
	})
}

// saysBy says whether a byline stands beside the headline and begins with the word
// for it.
func (s *story) saysBy(line string, at int32) bool {
	lo, hi := s.topBlocks()
	_, by := byline.CutBy(line)
	return by && s.head >= 0 && s.els[at].first >= lo && s.els[at].first <= hi && !s.out[at]
}

// adds says whether people are all of some others, and more.
func adds(people, others []news.Person) bool {
	return len(people) > len(others) && !slices.ContainsFunc(others, func(o news.Person) bool {
		return o.Kind != news.KindPerson || !slices.ContainsFunc(people, func(p news.Person) bool { return prose.Same(p.Name, o.Name) })
	})
}

// isNamesOnly says whether a byline is nothing but the names of people, with a date
// behind them or none.
func (s *story) isNamesOnly(line string, people []news.Person) bool {
	line, _ = byline.CutBy(line)
	line, _ = s.bylines().WithoutDate(line)
	for _, p := range people {
		if p.Kind != news.KindPerson || byline.IsOrganization(p.Name) {
			return false
		}
		line = strings.Replace(line, p.Name, "", 1)
	}
	line = byline.DropJoints(line)
	return strings.Trim(line, " ,.") == ""
}

// hasPerson says whether one of the people has a full name.
func hasPerson(people []news.Person) bool {
	return slices.ContainsFunc(people, func(p news.Person) bool {
		return p.Kind == news.KindPerson && (strings.Contains(p.Name, " ") || !prose.IsCased(prose.FirstRune(p.Name)))
	})
}

// alone is the most confidence in authors that only one place of the page names.
const alone = 0.88

// agreement is how much the other places that name authors add to the confidence
// in the first, or take from it.
func agreement(all []candidate) float64 {
	if len(all) < 2 {
		return 0
	}
	for _, c := range all[1:] {
		if prose.Same(c.value, all[0].value) {
			return 0.07
		}
	}
	return -0.1
}

// isLogin says whether the authors are one name of one word, as people log in
// with.
func isLogin(people []news.Person) bool {
	return len(people) == 1 && people[0].Kind == news.KindPerson && !strings.Contains(people[0].Name, " ") && prose.IsCased(prose.FirstRune(people[0].Name))
}

// sharesName says whether one of the people is among the others, by a part of
// the name.
func sharesName(people, others []news.Person) bool {
	for _, p := range people {
		for _, o := range others {
			if strings.Contains(prose.Fold(o.Name), prose.Fold(p.Name)) {
				return true
			}
		}
	}
	return false
}

// bylines reads the names that this outlet prints.
func (s *story) bylines() byline.Reader {
	return byline.Reader{Outlet: &s.outlet, Agencies: s.agencies(), Order: s.order}
}

// outletAuthor notes the outlet as the author where the structured data say so
// and name nobody else.
func (s *story) outletAuthor() {
	if s.ld == nil {
		return
	}
	for _, o := range s.graph.Objects(s.ld, "author") {
		name := o.Text("name")
		if _, isAgency := s.agencies().Find(name); isAgency || name == "" || strings.Contains(name, "://") || utf8.RuneCountInString(name) > 60 {
			continue
		}
		if s.outlet.Is(name) || byline.EndsInDomain(name) || isCompany(o.Types()) {
			s.rec.Author = byline.AddPerson(s.rec.Author, news.Person{Name: name, Kind: news.KindOrganization})
		}
	}
	if len(s.rec.Author) > 0 {
		s.credit("author", candidate{namesOf(s.rec.Author), news.FromJSONLD, "author", 0.6})
	}
}

// isCompany says whether one of the types of an object is an organisation. What is
// a person, too, is one: so blogs of one author call themselves.
func isCompany(types []string) bool {
	return !slices.Contains(types, "person") && slices.ContainsFunc(types, func(t string) bool { return strings.HasSuffix(t, "organization") || t == "corporation" })
}

func namesOf(people []news.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		if names[i] = p.Name; p.Name == "" {
			names[i] = p.Initials
		}
	}
	return strings.Join(names, ", ")
}

// structuredAuthors reads the JSON-LD author: an object, a string, a list of
// either, a reference.
func (s *story) structuredAuthors() ([]news.Person, candidate) {
	var all []news.Person
	if s.ld == nil {
		return nil, candidate{}
	}
	for _, key := range [...]string{"author", "creator"} {
		for _, o := range s.graph.Objects(s.ld, key) {
			names := o.Texts("name")
			for _, name := range names {
				for _, p := range s.bylines().Told(name) {
					if len(names) == 1 {
						if p.JobTitle == "" {
							p.JobTitle = o.Text("jobTitle")
						}
						if u := o.Text("url"); strings.HasPrefix(u, "http") {
							p.URL = u
						}
						if p.Kind == news.KindPerson && isCompany(o.Types()) {
							p.Kind = news.KindOrganization
						}
					}
					all = byline.AddPerson(all, p)
				}
			}
		}
		if len(all) > 0 {
			return all, candidate{method: news.FromJSONLD, path: key, confidence: 0.9}
		}
	}
	return nil, candidate{}
}

func (s *story) microAuthors() ([]news.Person, candidate) {
	var all []news.Person
	for _, name := range [...]string{"author.name", "author", "creator.name", "creator"} {
		for _, p := range s.micro {
			el := s.outline.props[p.At]
			if p.Name == name && (s.els[el].own|s.els[el].around)&(hintComments|hintRelated) == 0 && s.closest(el, atom.Figure) < 0 {
				for _, person := range s.bylines().Told(p.Value) {
					all = byline.AddPerson(all, person)
				}
			}
		}
		if len(all) > 0 {
			break
		}
	}
	return all, candidate{method: news.FromMicrodata, path: "author", confidence: 0.85}
}

var authorMetas = []string{
	"article:author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author_name", "og:article:author", "og:author", "article.author",
	"cxenseparse:author", "byline", "citation_author", "authors", "article:authors", "dc.contributor", "rbauthors", "mediator_author", "articleauthor", "article_author", "content_author", "twitter:data1",
}

func (s *story) metaAuthors() ([]news.Person, candidate) {
	for _, name := range authorMetas {
		if name == "twitter:data1" {
			if l, _ := s.lookup("twitter:label1"); !isWrittenBy(l) {
				continue
			}
		}
		var all []news.Person
		for _, m := range s.metas {
			if m.name != name {
				continue
			}
			for _, p := range s.bylines().Told(prose.Squash(structured.Unescape(m.content))) {
				all = byline.AddPerson(all, p)
			}
		}
		if len(all) > 0 {
			return all, candidate{method: news.FromMeta, path: name, confidence: 0.75}
		}
	}
	return nil, candidate{}
}

func isWrittenBy(label string) bool {
	switch prose.Fold(label) {
	case "writtenby", "by", "author", "verfasstvon", "escritopor", "écritpar", "scrittoda", "geschrevendoor", "autor", "автор", "ditulisoleh":
		return true
	}
	return false
}
