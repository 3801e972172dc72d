package storycredit

import (
	_ "embed"
	"strings"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

//go:embed places.txt
var placeList string

// places are the cities that stories come from, folded.
var places = func() map[string]bool {
	m := make(map[string]bool, 1200)
	for line := range strings.Lines(placeList) {
		if line[0] == '#' {
			continue
		}
		for name := range strings.SplitSeq(line, ",") {
			m[prose.Fold(name)] = true
		}
	}
	return m
}()

// IsCity says whether a text is the name of a city that stories come from, or
// of several: "Wien/Berlin".
func IsCity(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if !places[prose.Fold(part)] {
			return false
		}
	}
	return true
}

// isPlaceName says whether all words are written as those of places are.
func isPlaceName(place string) bool {
	fields := strings.Fields(place)
	if len(fields) == 0 || len(fields) > 6 {
		return false
	}
	for _, w := range fields {
		if !prose.IsCapital(w) && !byline.IsParticle(w) {
			return false
		}
	}
	return true
}

// isLoud says whether a place is printed in capitals, up to the first comma.
func isLoud(place string) bool {
	town, _, _ := strings.Cut(place, ",")
	return prose.IsUpperWord(strings.TrimRight(town, " ./"))
}
