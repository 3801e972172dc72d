package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

const addedAgencies = `schema: siterules/1
agencies:
  - name: Example Press Service
    short: EPS
    aliases: [ExPress, "E.P.S.", eps]
    site: eps.example
`

// wirePage credits an agency that no table has, once in each form.
func wirePage(credits map[string]string) string {
	page := `<html lang="en"><head><title>The mill turns again</title></head><body><article><h1>The mill turns again</h1>
<p class="byline">{byline}</p>
<p>{dateline}The tide mill of Orrin turned again on Saturday, after forty years in which only swallows had used it.</p>
<figure><img src="/mill.jpg" width="800" height="600" alt="The mill"><figcaption>The mill of Orrin on Saturday.{photo}</figcaption></figure>
<p>Half the village came to look at it, and the other half came on Sunday, when it stood still, for it was the tide that was late.</p>
<p>“We had forgotten how loud the wheel is,” the miller Edda Quill {hearer}.</p>
<p>She says that she will grind on every Saturday until the autumn, and that the flour will be given to whoever carries it.{signoff}</p>
{source}</article></body></html>`
	for _, key := range []string{"byline", "dateline", "photo", "hearer", "signoff", "source"} {
		text := credits[key]
		if text == "" {
			text = map[string]string{"byline": "By Ada Reed", "hearer": "said"}[key]
		}
		page = strings.ReplaceAll(page, "{"+key+"}", text)
	}
	return page
}

// TestAddedAgency says that an agency that the operator adds is one wherever one
// of the table is, and that without the file nobody knows it.
func TestAddedAgency(t *testing.T) {
	rules := rulesOf(t, addedAgencies)
	type found struct {
		Source, Literal, Scope, Dateline, Organization, Attribution string
		Authors                                                     []string
		Wire                                                        bool
	}
	read := func(t *testing.T, url, page string, with bool) found {
		t.Helper()
		in := extract.Input{Body: []byte(page), URL: url, ContentType: "text/html"}
		if with {
			in.Rules = rules
		}
		a, err := extract.Extract(in)
		if err != nil {
			t.Fatal(err)
		}
		if a.Extraction.Rules != in.Rules.Digest() {
			t.Errorf("the record names the rules %q", a.Extraction.Rules)
		}
		var f found
		for _, s := range a.InfoSources {
			f.Source, f.Literal, f.Scope = s.FullName, s.Literal, string(s.Scope)
		}
		if a.Dateline != nil {
			f.Dateline = a.Dateline.Agency
		}
		for _, img := range a.Images {
			f.Organization = strings.Join(img.SourceOrganization, "; ")
		}
		for _, o := range a.Attributions {
			if o.Kind == news.OriginOrganization {
				f.Attribution = o.Name
			}
		}
		for _, p := range a.Author {
			f.Authors = append(f.Authors, p.Name)
		}
		f.Wire = a.IsWireCopy
		return f
	}
	const url, full = "https://gazette.example/2026/mill", "Example Press Service"
	ada := []string{"Ada Reed"}
	story := string(news.ScopeStory)
	tests := []struct {
		name, url     string
		credits       map[string]string
		without, with found
	}{
		{"dateline", url, map[string]string{"dateline": "ORRIN (ExPress) — "}, found{Authors: ada}, found{Source: full, Literal: "ExPress", Scope: story, Dateline: "EPS", Authors: ada}},
		{"byline", url, map[string]string{"byline": "By Example Press Service"}, found{Authors: []string{full}}, found{Source: full, Literal: full, Scope: story, Wire: true}},
		{"source line", url, map[string]string{"source": "<p>Source: ExPress</p>"}, found{Authors: ada}, found{Source: full, Literal: "ExPress", Scope: story, Authors: ada}},
		{"sign-off", url, map[string]string{"signoff": " (eps)"}, found{Authors: ada}, found{Source: full, Literal: "eps", Scope: story, Authors: ada}},
		{"picture", url, map[string]string{"photo": " Jane Doe/ExPress"}, found{Authors: ada, Organization: "ExPress"}, found{Source: full, Literal: "ExPress", Scope: string(news.ScopePhoto), Authors: ada, Organization: "EPS"}},
		{"hearer", url, map[string]string{"hearer": "told EPS"}, found{Authors: ada}, found{Authors: ada, Attribution: "EPS"}},
		{"own site", "https://en.eps.example/2026/mill", nil, found{Authors: ada}, found{Source: full, Literal: "en.eps.example", Scope: story, Authors: ada}},
		{"the word", url, map[string]string{"source": "<p>Source: express</p>"}, found{Authors: ada}, found{Authors: ada}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := wirePage(tt.credits)
			if d := cmp.Diff(tt.without, read(t, tt.url, page, false)); d != "" {
				t.Errorf("without the file (-want +got)\n%s", d)
			}
			if d := cmp.Diff(tt.with, read(t, tt.url, page, true)); d != "" {
				t.Errorf("with it (-want +got)\n%s", d)
			}
		})
	}
}
