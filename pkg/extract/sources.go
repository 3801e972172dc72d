package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// sources says which organisations supplied the story, by its sign-off, its
// dateline, its byline, its source lines and the structured data, and which
// supplied its pictures.
func (s *story) sources() {
	s.dateline()
	if s.rec.Signoff != nil {
		_, agencies := readSignoff(s.rec.Signoff.Raw)
		s.addAgencies(agencies, news.ScopeStory)
	}
	if d := s.rec.Dateline; d != nil && d.Agency != "" {
		found, _ := agency.List(d.Agency)
		s.addAgencies(found, news.ScopeStory)
	}
	if line, _ := cutBy(s.rec.Byline); line != "" {
		s.addAgencies(agenciesIn(line), news.ScopeStory)
	}
	if s.outline != nil {
		s.sourcesFromPage()
	}
	for i := range s.rec.Images {
		for _, org := range s.rec.Images[i].SourceOrganization {
			if a, ok := agency.Find(org); ok {
				s.addAgencies([]agency.Mention{{Agency: a, Literal: org}}, news.ScopePhoto)
			}
		}
	}
	story := false
	for _, src := range s.rec.InfoSources {
		story = story || src.Scope == news.ScopeStory
	}
	s.rec.IsWireCopy = story && !s.hasWriter() && !s.hasInitials()
}

// sourcesFromPage reads the structured data's authors and the lines that name
// a source.
func (s *story) sourcesFromPage() {
	if s.ld != nil {
		for _, key := range [...]string{"author", "creator", "sourceOrganization", "copyrightHolder"} {
			for _, o := range s.graph.objects(s.ld, key) {
				s.addAgencies(agenciesIn(o.text("name")), news.ScopeStory)
			}
		}
	}
	for _, name := range authorMetas {
		for _, m := range s.metas {
			if m.name == name && name != "twitter:data1" {
				s.addAgencies(agenciesIn(squash(m.content)), news.ScopeStory)
			}
		}
	}
	for _, m := range s.metas {
		if m.name == "source" || m.name == "dc.source" || m.name == "article:source" || m.name == "dc.rights" {
			s.addAgencies(agenciesIn(squash(m.content)), news.ScopeStory)
		}
	}
	lo, hi := s.topBlocks()
	if s.root >= 0 {
		hi = max(hi, min(int32(len(s.blocks)), s.els[s.root].last+4))
	}
	for i := lo; i < hi; i++ {
		b := &s.blocks[i]
		if len(b.text) > 200 || s.out[b.el] && s.els[b.el].own&(hintByline|hintSignoff) == 0 || (s.els[b.el].own|s.els[b.el].around)&(hintCaption|hintCredit|hintRelated|hintTeaser) != 0 {
			continue
		}
		s.addAgencies(sourceLine(strings.ReplaceAll(b.text, "\n", " ")), news.ScopeStory)
	}
}

// hasWriter says whether a person wrote the story.
func (s *story) hasWriter() bool {
	for _, p := range s.rec.Author {
		if p.Kind == news.KindPerson {
			return true
		}
	}
	return false
}

func (s *story) hasInitials() bool {
	if s.rec.Signoff == nil {
		return false
	}
	initials, _ := readSignoff(s.rec.Signoff.Raw)
	return initials != ""
}

// agenciesIn gives the agencies of a line that is nothing but names.
func agenciesIn(line string) []agency.Mention {
	if line == "" || len(line) > 150 {
		return nil
	}
	var kept []agency.Mention
	found, rest := agency.List(line)
	if len(found) == 0 {
		// "Jane Doe, AP" has been cut at the comma; "Jane Doe (AP)" not yet.
		if i := strings.IndexByte(line, '('); i >= 0 {
			if j := strings.IndexByte(line[i:], ')'); j > 0 {
				found, rest = agency.List(withoutWith(line[i+1 : i+j]))
			}
		}
	}
	if len(found) == 0 {
		for _, piece := range rest {
			if a, ok := agencyWriter(piece); ok {
				found = append(found, agency.Mention{Agency: a, Literal: piece})
				continue
			}
			fields := strings.Fields(piece)
			if n := len(fields); n > 2 {
				if a, ok := agency.Find(fields[n-1]); ok && isUpperWord(fields[n-1]) {
					found = append(found, agency.Mention{Agency: a, Literal: fields[n-1]})
				}
			}
		}
	}
	for _, m := range found {
		if !m.PhotoOnly {
			kept = append(kept, m)
		}
	}
	return kept
}

// agencyWriter reads "AP Auto Writer", "Associated Press Writer": a job with an
// agency.
func agencyWriter(piece string) (agency.Agency, bool) {
	fields := strings.Fields(piece)
	if n := len(fields); n < 2 || n > 5 || !isJob(fields[n-1]) {
		return agency.Agency{}, false
	}
	if a, ok := agency.Find(strings.ToUpper(fields[0])); ok {
		return a, true
	}
	return agency.Find(fields[0] + " " + fields[1])
}

func isUpperWord(w string) bool { return w == strings.ToUpper(w) && len(w) > 1 }

// sourceLead are the words before the name of a source in a line of its own.
var sourceLead = regexp.MustCompile(`(?i)^\(?\s*(?:source|sources|quelle|quellen|mit material von|mit material der|mit agenturmaterial von|mit informationen von|mit informationen der|with files from|with reporting by|with information from|additional reporting by|includes reporting from|by|von|par|avec|con información de|con informazioni di|fonte|fuente|källa|kilde|lähde|bron|źródło|zdroj|источник|джерело|kaynak|copyright|©)\s*[:：]?\s*(?:the\s+|der\s+|den\s+|agenturen?\s+|nachrichtenagenturen\s+)*(.+?)\s*\)?\.?$`)

// sourceSentence is a sentence that names a source of the story.
var sourceSentence = regexp.MustCompile(`(?i)^\(?(?:material|information|reporting|content) (?:from|by) (.{2,60}?) (?:was|were) (?:used|added|included)\b.*$`)

// sourceLine reads a line that does nothing but name a source: "Quelle: dpa",
// "With files from AP", "© AFP".
func sourceLine(line string) []agency.Mention {
	if m := sourceSentence.FindStringSubmatch(line); m != nil {
		return agenciesIn(strings.TrimPrefix(strings.TrimPrefix(m[1], "the "), "The "))
	}
	if m := sourceLead.FindStringSubmatch(line); m != nil {
		if found := agenciesIn(m[1]); len(found) > 0 {
			return found
		}
	}
	if len(line) > 60 {
		return nil
	}
	found, rest := agency.List(strings.Trim(line, "()[]"))
	if len(rest) > 0 {
		return nil
	}
	var kept []agency.Mention
	for _, m := range found {
		if !m.PhotoOnly {
			kept = append(kept, m)
		}
	}
	return kept
}

func (s *story) addAgencies(found []agency.Mention, scope news.SourceScope) {
next:
	for _, m := range found {
		for _, old := range s.rec.InfoSources {
			if old.Name == m.Name && old.Scope == scope {
				continue next
			}
		}
		s.rec.InfoSources = append(s.rec.InfoSources, news.InfoSource{
			Name: m.Name, FullName: m.FullName, Literal: m.Literal, Role: news.RoleAgency, Scope: scope})
	}
}
