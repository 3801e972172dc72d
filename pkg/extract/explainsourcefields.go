package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// sourceFields are those that say who a story comes from, in a few words each:
// [ExplainedSources] has all of it.
func sourceFields(a *news.Article) []filled {
	var names []string
	for _, s := range a.InfoSources {
		name := s.Name
		if s.Scope == news.ScopePhoto {
			name += " (photo)"
		}
		names = append(names, name)
	}
	fields := []filled{{name: "infoSources", value: strings.Join(names, " · ")}}
	add := func(name, value string) { fields = append(fields, filled{name: name, value: value}) }
	if a.IsWireCopy {
		add("isWireCopy", "true")
	}
	if n := len(a.Attributions); n > 0 {
		add("attributions", fmt.Sprintf("%d: %s", n, counts(a.Attributions, func(w news.Attribution) string { return string(w.Kind) })))
	}
	if n := len(a.Quotations); n > 0 {
		spoken := 0
		for _, q := range a.Quotations {
			if q.Speaker != "" {
				spoken++
			}
		}
		add("quotations", fmt.Sprintf("%d, with a speaker %d, %.0f %% of the text", n, spoken, a.QuotationShare*100))
	}
	if n := len(a.Citations); n > 0 {
		add("citations", fmt.Sprintf("%d: %s", n, counts(a.Citations, func(c news.Citation) string { return string(c.Kind) })))
	}
	return fields
}

// counts says how many there are of each kind: "own 3, page 1".
func counts[T any](all []T, kind func(T) string) string {
	of := map[string]int{}
	for _, one := range all {
		of[kind(one)]++
	}
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, of[k]))
	}
	return strings.Join(parts, ", ")
}
