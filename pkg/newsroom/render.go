package newsroom

import (
	"bytes"
	"fmt"
	"text/template"

	"golang.org/x/text/encoding/htmlindex"
)

// layoutFile is what stands around the pages of an outlet: a template with
// blocks that a page fills in. A page that defines no "main" stands alone.
const layoutFile = "layout.html"

// view is what layouts and pages can refer to.
type view struct {
	Outlet, Host, URL, Canonical, Lang, Charset string
}

// html is the page as it goes over the wire before content coding, in the
// page's charset. It is nil for a redirect.
func (p *page) html() ([]byte, error) {
	if p.File == "" {
		return nil, nil
	}
	text, err := p.render()
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: %w", p.outlet.url(p.Path), err)
	}
	charset, err := htmlindex.Get(p.Charset)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: charset %q: %w", p.outlet.url(p.Path), p.Charset, err)
	}
	coded, err := charset.NewEncoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %s: not in %s: %w", p.outlet.url(p.Path), p.Charset, err)
	}
	return coded, nil
}

func (p *page) render() ([]byte, error) {
	source, err := p.outlet.read(p.File)
	if err != nil {
		return nil, err
	}
	if source == nil {
		return nil, fmt.Errorf("no file %s", p.File)
	}
	layout, err := p.outlet.read(layoutFile)
	if err != nil {
		return nil, err
	}
	t := template.New(layoutFile).Funcs(template.FuncMap{"noise": noise}).Option("missingkey=error")
	if _, err := t.Parse(string(layout)); err != nil {
		return nil, err
	}
	if _, err := t.New(p.File).Parse(string(source)); err != nil {
		return nil, err
	}
	name := p.File
	if t.Lookup("main") != nil {
		name = layoutFile
	}
	var out bytes.Buffer
	err = t.ExecuteTemplate(&out, name, view{
		Outlet: p.outlet.Name, Host: p.outlet.host,
		URL: p.outlet.url(p.Path), Canonical: p.outlet.url(p.Canonical),
		Lang: p.Language, Charset: p.Charset,
	})
	return bytes.TrimLeft(out.Bytes(), "\n"), err
}
