package newsroom

import (
	"fmt"
	"strings"
	"text/template"

	"golang.org/x/text/encoding/htmlindex"
)

// layoutFile is what stands around the pages of an outlet: a template with
// blocks that a page fills in. A page that defines no "main" stands alone.
const layoutFile = "layout.html"

// view is what layouts and pages can refer to.
type view struct {
	Outlet, Host, URL, Canonical, Lang, Charset string
	Edition                                     int
}

func (p *page) view(edition int) view {
	return view{
		Outlet: p.outlet.Name, Host: p.outlet.host,
		URL: p.url(), Canonical: p.outlet.url(p.Canonical),
		Lang: p.Language, Charset: p.Charset, Edition: edition,
	}
}

// body is the page in an edition as it goes over the wire before content
// coding, in the page's charset. It is nil for a redirect.
func (p *page) body(edition int) ([]byte, error) {
	if p.Redirect != "" {
		return nil, nil
	}
	text, err := p.render(edition)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: %w", p.url(), err)
	}
	charset, err := htmlindex.Get(p.Charset)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: charset %q: %w", p.url(), p.Charset, err)
	}
	coded, err := charset.NewEncoder().String(text)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: not in %s: %w", p.url(), p.Charset, err)
	}
	if strings.HasSuffix(p.Path, ".gz") { // the file itself is packed, whatever the coding
		return encode([]byte(coded), "gzip")
	}
	return []byte(coded), nil
}

func (p *page) render(edition int) (string, error) {
	if p.List != "" {
		return p.renderList(edition)
	}
	source, err := p.outlet.read(p.File)
	if err != nil {
		return "", err
	}
	if source == nil {
		return "", fmt.Errorf("no file %s", p.File)
	}
	layout, err := p.outlet.read(layoutFile)
	if err != nil {
		return "", err
	}
	t := template.New(layoutFile).Funcs(template.FuncMap{"noise": noise}).Option("missingkey=error")
	if _, err := t.Parse(string(layout)); err != nil {
		return "", err
	}
	if _, err := t.New(p.File).Parse(string(source)); err != nil {
		return "", err
	}
	name := p.File
	if t.Lookup("main") != nil {
		name = layoutFile
	}
	var out strings.Builder
	err = t.ExecuteTemplate(&out, name, p.view(edition))
	return strings.TrimLeft(out.String(), "\n"), err
}
