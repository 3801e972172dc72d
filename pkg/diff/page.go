package diff

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

var (
	//go:embed page.html
	pageText string
	//go:embed style.css
	style string

	page = template.Must(template.New("page").Parse(pageText))
)

const (
	// mostArticles are on a page, mostOpen of them unfolded.
	mostArticles = 5000
	mostOpen     = 20
	// mostFilters are offered of the sites.
	mostFilters = 200
)

// filter is a button that leaves only some of the articles.
type filter struct {
	Name  string
	Count int
	ID    string
}

// shown is an article on the page.
type shown struct {
	Change
	Classes string
	Open    bool
}

// view is what the template sees.
type view struct {
	*Report
	Policy                           string
	Style                            template.CSS
	Kinds, FieldFilters, SiteFilters []filter
	Articles                         []shown
	Omitted                          int
}

// WriteHTML writes the report as one HTML page that needs nothing else: filters by
// kind, field and site are a matter of its style sheet.
func (r *Report) WriteHTML(w io.Writer) error {
	v := view{
		Report:       r,
		Kinds:        filters("k", []Count{{string(Changed), r.Changed}, {string(Gained), r.Gained}, {string(Lost), r.Lost}}),
		FieldFilters: filters("f", r.Fields),
		SiteFilters:  filters("s", r.Sites[:min(len(r.Sites), mostFilters)]),
		Omitted:      max(0, len(r.Changes)-mostArticles),
	}
	for i, c := range r.Changes[:len(r.Changes)-v.Omitted] {
		v.Articles = append(v.Articles, shown{c, v.classes(c), i < mostOpen})
	}
	sheet := style + v.rules()
	v.Style = template.CSS(sheet)
	sum := sha256.Sum256([]byte(sheet))
	// The page may use this style sheet and nothing else.
	v.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	if err := page.Execute(w, v); err != nil {
		return fmt.Errorf("write the report of run %s: %w", r.Run, err)
	}
	return nil
}

func filters(letter string, counts []Count) []filter {
	all := make([]filter, len(counts))
	for i, c := range counts {
		all[i] = filter{c.Name, c.Count, fmt.Sprint(letter, i)}
	}
	return all
}

// classes are the filters that leave an article.
func (v *view) classes(c Change) string {
	var ids []string
	for _, f := range v.Kinds {
		if f.Name == string(c.Kind) {
			ids = append(ids, f.ID)
		}
	}
	for _, f := range v.FieldFilters {
		if slices.ContainsFunc(c.Fields, func(x Field) bool { return x.Name == f.Name }) {
			ids = append(ids, f.ID)
		}
	}
	for _, f := range v.SiteFilters {
		if f.Name == c.Site {
			ids = append(ids, f.ID)
		}
	}
	return strings.Join(ids, " ")
}

// rules have each filter hide what it does not leave. They are made of numbers of
// ours, never of words of a page.
func (v *view) rules() string {
	var b strings.Builder
	for _, f := range slices.Concat(v.Kinds, v.FieldFilters, v.SiteFilters) {
		fmt.Fprintf(&b, "body:has(#%s:checked) details:not(.%[1]s) { display: none; }\n", f.ID)
	}
	return b.String()
}
