package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// byline finds who wrote the story, and the line that says so.
func (s *story) byline() {
	line, at := s.printedByline()
	if at >= 0 {
		s.rec.Byline = line
		s.credit("byline", candidate{line, news.FromSelector, s.path(at), 0.7})
	}
	var all []candidate
	for _, set := range []func() ([]news.Person, candidate){s.structuredAuthors, s.microAuthors, s.metaAuthors,
		func() ([]news.Person, candidate) {
			return s.people(line, false), candidate{line, news.FromSelector, s.path(at), 0.7}
		}, s.linkedAuthors} {
		people, from := set()
		if len(people) == 0 {
			continue
		}
		from.value = namesOf(people)
		if len(s.rec.Author) == 0 {
			s.rec.Author = people
		}
		all = append(all, from)
	}
	if len(all) == 0 {
		s.outletAuthor()
	}
	if len(all) > 0 {
		s.credit("author", all[0], all[1:]...)
	}
}

// outletAuthor notes the outlet as the author where the structured data say so
// and name nobody else.
func (s *story) outletAuthor() {
	if s.ld == nil {
		return
	}
	for _, o := range s.graph.objects(s.ld, "author") {
		name := o.text("name")
		if _, isAgency := agency.Find(name); isAgency || name == "" || strings.Contains(name, "://") || runes(name) > 60 {
			continue
		}
		if s.isSiteName(name) || s.isOutlet(name) || contains(o.types(), "organization") || contains(o.types(), "newsmediaorganization") {
			s.rec.Author = addPerson(s.rec.Author, news.Person{Name: name, Kind: news.KindOrganization})
		}
	}
	if len(s.rec.Author) > 0 {
		s.credit("author", candidate{namesOf(s.rec.Author), news.FromJSONLD, "author", 0.6})
	}
}

func namesOf(people []news.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
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
		for _, o := range s.graph.objects(s.ld, key) {
			names := o.texts("name")
			for _, name := range names {
				for _, p := range s.people(name, true) {
					if len(names) == 1 {
						if p.JobTitle == "" {
							p.JobTitle = o.text("jobTitle")
						}
						if u := o.text("url"); strings.HasPrefix(u, "http") {
							p.URL = u
						}
						if contains(o.types(), "organization") && p.Kind == news.KindPerson && words(p.Name) > 3 {
							p.Kind = news.KindOrganization
						}
					}
					all = addPerson(all, p)
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
			if p.name == name && (s.els[p.el].own|s.els[p.el].around)&(hintComments|hintRelated) == 0 {
				for _, person := range s.people(p.value, true) {
					all = addPerson(all, person)
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
	"cxenseparse:author", "byline", "citation_author", "authors", "article:authors", "dc.contributor", "rbauthors", "mediator_author", "twitter:data1",
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
			for _, p := range s.people(squash(unescape(m.content)), true) {
				all = addPerson(all, p)
			}
		}
		if len(all) > 0 {
			return all, candidate{method: news.FromMeta, path: name, confidence: 0.75}
		}
	}
	return nil, candidate{}
}

func isWrittenBy(label string) bool {
	switch fold(label) {
	case "writtenby", "by", "author", "verfasstvon", "escritopor", "écritpar", "scrittoda", "geschrevendoor", "autor", "автор", "ditulisoleh":
		return true
	}
	return false
}

// printedByline finds the line near the headline, or at the foot of the story,
// that names the authors.
func (s *story) printedByline() (string, int32) {
	lo, hi := s.topBlocks()
	best, bestScore := int32(-1), 0.0
	text := ""
	for i := range s.els {
		e := &s.els[i]
		if e.own&hintByline == 0 || e.own&hintBio != 0 || e.text > 250 || s.head == int32(i) {
			continue
		}
		t := s.textOf(int32(i))
		if n := runes(t); n < 3 || n > 200 {
			continue
		}
		score := 1.0
		if e.first >= lo && e.first <= hi {
			score++
		}
		if e.around&(hintRelated|hintComments|hintTeaser) != 0 || s.out[i] {
			score -= 1.2
		}
		if _, ok := cutBy(t); ok {
			score += 0.5
		}
		if len(s.people(t, false)) > 0 {
			score++
		} else {
			score -= 0.5
		}
		score -= float64(i) / float64(len(s.els)) * 0.1
		if score > bestScore {
			best, bestScore, text = int32(i), score, t
		}
	}
	if bestScore >= 1.5 {
		return text, best
	}
	for i := lo; i < hi; i++ {
		b := &s.blocks[i]
		if len(b.text) > 150 || s.out[b.el] {
			continue
		}
		line := strings.ReplaceAll(b.text, "\n", " ")
		if rest, ok := cutBy(line); ok && len(s.people(rest, false)) > 0 {
			return line, b.el
		}
	}
	if best >= 0 && bestScore >= 1 {
		return text, best
	}
	return "", -1
}

// linkedAuthors reads links that say rel="author", or lead to an author's page.
func (s *story) linkedAuthors() ([]news.Person, candidate) {
	var all []news.Person
	lo, hi := s.topBlocks()
	for _, a := range s.anchors {
		near := a.block >= lo && a.block <= hi
		rel := strings.Contains(attr(s.els[a.el].node, "rel"), "author")
		if !rel && !(near && isAuthorPath(a.href)) || (s.els[a.el].around|s.els[a.el].own)&(hintComments|hintRelated) != 0 {
			continue
		}
		for _, p := range s.people(s.textOf(a.el), false) {
			p.URL = s.absolute(a.href)
			all = addPerson(all, p)
		}
		if len(all) > 0 && !near {
			break
		}
	}
	return all, candidate{method: news.FromSelector, path: "a[rel=author]", confidence: 0.65}
}

func isAuthorPath(href string) bool {
	h := strings.ToLower(href)
	for _, p := range [...]string{"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/by/", "/profile/", "/people/", "/staff/", "/journalist/", "/autore/", "/reporter/", "/columnist/", "/contributor/", "/autores/", "/writers/"} {
		if strings.Contains(h, p) {
			return true
		}
	}
	return false
}

func addPerson(all []news.Person, p news.Person) []news.Person {
	for _, old := range all {
		if same(old.Name, p.Name) {
			return all
		}
	}
	return append(all, p)
}

// people reads the names in a byline. From metadata (told) single words and
// lower case are believed, from print only what looks like a name. Agencies,
// outlets and addresses are left out.
func (s *story) people(line string, told bool) []news.Person {
	line = squash(line)
	if line == "" || strings.Contains(line, "://") || strings.HasPrefix(line, "@") || len(line) > 400 {
		return nil
	}
	line, said := cutBy(line)
	if _, at, ok := findDate(line, s.order); ok && at > 3 {
		line = strings.TrimRight(line[:at], " |,-–:")
		if i := strings.LastIndexByte(line, ' '); i > 0 && (contains(changeWords, fold(line[i:])) || contains(pubWords, fold(line[i:]))) {
			line = line[:i]
		}
	}
	var all []news.Person
	pieces := splitNames(line)
	for _, piece := range pieces {
		name, title := cutTitle(piece)
		if s.isOutlet(title) {
			continue // "Example News (www.example.com)"
		}
		// A single word is a name where the line has no other.
		sure := told || said && len(pieces) == 1
		if name = trimName(name); name == "" || !s.isPerson(name, sure) {
			if len(all) > 0 && title == "" && all[len(all)-1].JobTitle == "" && isJob(piece) {
				all[len(all)-1].JobTitle = piece
			}
			continue
		}
		p := news.Person{Name: name, Kind: news.KindPerson, JobTitle: title}
		if isDesk(name) {
			p.Kind = news.KindDesk
		}
		all = addPerson(all, p)
	}
	return all
}

// byWords stand before the names in a byline.
var byWords = []string{
	"written by", "reported by", "reporting by", "posted by", "published by", "story by", "text by", "words by", "report by", "review by", "analysis by", "opinion by", "by:", "by", "author:", "authors:", "from our correspondent",
	"ein kommentar von", "kommentar von", "eine analyse von", "analyse von", "ein gastbeitrag von", "gastbeitrag von", "ein interview von", "interview von", "interview:", "interview:", "eine kolumne von", "ein bericht von", "ein essay von", "protokoll:", "von:", "von", "text:", "autor:", "autorin:", "geschrieben von", "verfasst von", "aus",
	"propos recueillis par", "par:", "par", "écrit par", "publié par", "por:", "por", "escrito por", "texto:", "di:", "di", "scritto da", "a cura di", "door:", "door", "geschreven door", "av:", "av", "af:", "af", "tekst:", "text av", "autor", "автор:", "yazan:", "oleh:", "oleh", "penulis:", "文・", "記者", "撰文",
}

// cutBy takes the words that introduce names off a line.
func cutBy(line string) (string, bool) {
	said := false
	for range 2 {
		cut := false
		for _, w := range byWords {
			rest, ok := cutPrefixFold(line, w)
			if !ok || rest == "" || w == "aus" {
				continue
			}
			if rest[0] != ' ' && rest[0] != ':' && !strings.HasSuffix(w, ":") {
				continue
			}
			if rest = strings.TrimLeft(rest, " :"); rest != "" {
				line, said, cut = rest, true, true
				break
			}
		}
		if !cut {
			break
		}
	}
	return line, said
}

// nameJoints stand between two names.
var nameJoints = []string{" and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", " with ", " mit ", " avec ", " con ", " i ", " и ", " ve ", " dan ", " sowie ", " , ", "; ", " | ", " / ", " • ", " · ", "、", "，", " – ", " — ", " - ", "\t"}

func splitNames(line string) []string {
	for _, j := range nameJoints {
		line = strings.ReplaceAll(line, j, ",")
	}
	var all []string
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' || r == '•' || r == '/' }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			all = append(all, piece)
		}
	}
	return all
}

// cutTitle parts a name from the job in brackets behind it.
func cutTitle(piece string) (name, title string) {
	if i := strings.IndexAny(piece, "(["); i > 0 {
		return strings.TrimSpace(piece[:i]), strings.Trim(piece[i:], "()[] ")
	}
	return piece, ""
}

func trimName(name string) string {
	name = strings.Trim(name, " \t.,;:*|·•-–—\"“”„'")
	if rest, ok := cutBy(name); ok {
		name = rest
	}
	if i := strings.IndexByte(name, '@'); i >= 0 {
		return ""
	}
	return name
}

// isPerson says whether a piece of a byline is somebody's name.
func (s *story) isPerson(name string, told bool) bool {
	if strings.ContainsAny(name, "0123456789<>{}=@") || runes(name) < 2 || runes(name) > 60 {
		return false
	}
	if s.isSiteName(name) || s.isOutlet(name) {
		return false
	}
	if _, ok := agency.Find(name); ok {
		return false
	}
	if mentions, rest := agency.List(name); len(mentions) > 0 && len(rest) == 0 {
		return false
	}
	switch fold(name) {
	case "admin", "editor", "null", "undefined", "none", "unknown", "facebook", "twitter", "email", "instagram", "linkedin", "share", "follow", "updated", "published", "guest", "administrator", "anonymous", "na",
		"author", "autor", "redaktor", "webmaster", "by", "von", "staff", "writer":
		return false
	}
	fields := strings.Fields(name)
	if told {
		return len(fields) <= 7
	}
	if len(fields) > 5 || len(fields) < 2 && !isDesk(name) {
		return false
	}
	capital := 0
	for _, w := range fields {
		if isCapital(w) {
			capital++
		} else if !isParticle(w) {
			return false
		}
	}
	return capital >= 2 && !isJob(name)
}

func isCapital(w string) bool {
	for _, r := range strings.TrimLeft(w, "'’\"“„(") {
		return strings.ToLower(string(r)) != string(r) || !isCased(r)
	}
	return false
}

// isCased says whether a letter has an upper and a lower case.
func isCased(r rune) bool {
	return strings.ToUpper(string(r)) != string(r) || strings.ToLower(string(r)) != string(r)
}

func isParticle(w string) bool {
	switch strings.ToLower(w) {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu", "zum", "bin", "ibn", "al", "el", "af", "av", "du", "des", "y", "e", "vom", "auf", "ben", "abu", "st", "d'", "'t":
		return true
	}
	return false
}

// deskWords make a name that of a desk.
var deskWords = []string{"redaktion", "newsroom", "staff", "desk", "editorial", "redacción", "redacao", "redação", "redazione", "rédaction", "redactie", "redaksi", "redaktionen", "editors", "team", "bureau", "web desk", "news service", "redakcja", "redakce", "редакция"}

func isDesk(name string) bool {
	low := strings.ToLower(name)
	for _, w := range deskWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// jobWords make a piece of a byline somebody's job, not a name.
var jobWords = []string{"correspondent", "reporter", "editor", "writer", "korrespondent", "redakteur", "journalist", "columnist", "analyst", "producer", "director", "professor", "chief", "contributor", "presenter", "photographer", "chefredakteur", "leiter", "autor", "political", "minutes", "min read", "updated", "published", "read"}

func isJob(text string) bool {
	low := strings.ToLower(text)
	for _, w := range jobWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// isOutlet says whether a name ends as outlets' names do.
func (s *story) isOutlet(name string) bool {
	low := strings.ToLower(name)
	for _, end := range [...]string{".com", ".de", ".org", ".net", ".co.uk", ".at", ".ch", ".fr", ".it", ".es"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}
