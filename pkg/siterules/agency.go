package siterules

import (
	"cmp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/copydesk/copydesk/pkg/agency"
)

const (
	// mostAgencies and mostAliases bound what a file adds: the world's agencies
	// are known.
	mostAgencies = 200
	mostAliases  = 50
)

// Agency is a news agency that the file adds, or adds names to.
type Agency struct {
	// Name is empty where Short is that of an agency of the world.
	Name, Short string
	Aliases     []string
	// Site is the host of its own pages, empty for none.
	Site string
	// Pictures says that it supplies pictures, not text.
	Pictures bool
	// Line is where it begins in its file.
	Line int
}

// agencies reads the agencies, and what names stand for with them.
func (p *parser) agencies(list *yaml.Node, set *Set) {
	if list.Kind != yaml.SequenceNode {
		p.wrong(list.Line, "agencies: write a list, each entry with a dash")
		return
	}
	for _, entry := range list.Content[:min(len(list.Content), mostAgencies)] {
		set.agencies = append(set.agencies, p.agency(entry, &set.names))
	}
	if len(list.Content) > mostAgencies {
		p.wrong(list.Content[mostAgencies].Line, "more than %d agencies: they are meant to be few", mostAgencies)
	}
}

func (p *parser) agency(n *yaml.Node, names *agency.Table) *Agency {
	a := &Agency{Line: n.Line}
	var aliases []*yaml.Node
	p.mapping(n, func(key string, line int, value *yaml.Node) {
		switch key {
		case "name":
			a.Name = p.printed(key, value)
		case "short":
			a.Short = p.printed(key, value)
		case "aliases":
			aliases = p.aliases(value)
		case "site":
			a.Site = p.site(value)
		case "supplies":
			a.Pictures = p.supplies(value)
		case "note":
		default:
			p.wrong(line, "there is no %q: write one of name, short, aliases, site, supplies, note", key)
		}
	})
	if a.Name == "" && a.Short == "" {
		p.wrong(a.Line, "an agency without name: write \"name: Example Press Service\", or \"short: AFP\" to add to one that is known")
		return a
	}
	a.Short = cmp.Or(a.Short, a.Name)
	added := agency.Agency{Name: a.Short, FullName: a.Name, PhotoOnly: a.Pictures}
	if a.Site != "" {
		added.Home = "https://" + a.Site
	}
	if err := names.Add(added); err != nil {
		p.wrong(a.Line, "agency: %w", err)
		return a
	}
	for _, alias := range aliases {
		name := p.printed("aliases", alias)
		if name == "" {
			continue
		}
		if err := names.AddAlias(a.Short, name); err != nil {
			p.wrong(alias.Line, "aliases: %w", err)
			continue
		}
		a.Aliases = append(a.Aliases, name)
	}
	return a
}

// printed reads one name, with single spaces.
func (p *parser) printed(key string, n *yaml.Node) string {
	name := strings.Join(strings.Fields(n.Value), " ")
	if n.Kind != yaml.ScalarNode || name == "" {
		p.wrong(n.Line, "%s: write a name as it is printed", key)
		return ""
	}
	return name
}

func (p *parser) aliases(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		p.wrong(n.Line, "aliases: write a list such as [ExPress, E.P.S.]")
		return nil
	}
	if len(n.Content) > mostAliases {
		p.wrong(n.Content[mostAliases].Line, "more than %d aliases: write those that pages print", mostAliases)
		return nil
	}
	return n.Content
}

func (p *parser) supplies(n *yaml.Node) (pictures bool) {
	switch {
	case n.Kind == yaml.ScalarNode && (n.Value == "text" || n.Value == "pictures"):
		return n.Value == "pictures"
	default:
		p.wrong(n.Line, "supplies %q: write \"text\" or \"pictures\"", n.Value)
		return false
	}
}
