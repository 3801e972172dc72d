package byline

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// Outlet is who publishes a page, by the names that it goes by. It signs nothing
// as a person does.
type Outlet struct {
	names  []string // folded
	domain []string // the words of its domain
}

// Add notes a name of the outlet.
func (o *Outlet) Add(name string) {
	if f := prose.Fold(name); len(f) > 1 && !slices.Contains(o.names, f) {
		o.names = append(o.names, f)
	}
}

// AddDomain notes the outlet's domain, such as "harbour-news.example", and the
// words that it is made of.
func (o *Outlet) AddDomain(site string) {
	o.Add(site)
	label, _, ok := strings.Cut(site, ".")
	if !ok || len(label) <= 2 {
		return
	}
	o.Add(label)
	if parts := strings.Split(label, "-"); len(parts) > 1 {
		o.domain = parts
	}
}

// Is says whether a text is the outlet's name or address.
func (o *Outlet) Is(text string) bool {
	f := prose.Fold(text)
	for _, name := range o.names {
		if f == name || f == "the"+name || f == name+"com" {
			return true
		}
	}
	return o.SpellsDomain(f)
}

// SpellsDomain says whether a folded text is the words of the outlet's domain
// and little else: "Le Courrier de Belvaux" for courrier-belvaux.
func (o *Outlet) SpellsDomain(f string) bool {
	if len(o.domain) == 0 || len(f) > 60 {
		return false
	}
	f = prose.PlainLetters(f)
	covered := 0
	for _, w := range o.domain {
		if !strings.Contains(f, w) {
			return false
		}
		covered += len(w)
	}
	return covered*10 >= len(f)*7
}

// Holds says whether a text is the outlet's name, alone or as a part of a longer
// one ("Example News Online").
func (o *Outlet) Holds(text string) bool {
	if o.Is(text) {
		return true
	}
	f := prose.Fold(text)
	if len(f) == 0 || prose.CountWords(text) > 5 {
		return false
	}
	for _, name := range o.names {
		if len(name) > 3 && len(f) > 3 && (strings.HasPrefix(f, name) || strings.HasPrefix(name, f) || strings.HasSuffix(name, f) || strings.HasSuffix(f, name)) {
			return true
		}
	}
	return false
}

// opens says whether a name is the outlet's and more: "Example News Service".
func (o *Outlet) opens(name string) bool {
	f := prose.Fold(name)
	return slices.ContainsFunc(o.names, func(site string) bool { return len(site) > 6 && strings.HasPrefix(f, site) })
}

// isBranch says whether a name is the outlet's with a place or a service behind
// it: "Example North".
func (o *Outlet) isBranch(name string) bool {
	first, rest, ok := strings.Cut(name, " ")
	return ok && len(first) > 2 && first == strings.ToUpper(first) && first != strings.ToLower(first) && rest == strings.ToUpper(rest) && o.Is(first)
}
