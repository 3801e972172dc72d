package extract

import (
	_ "embed"
	"strings"

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

// isCity says whether a text is the name of a city that stories come from, or
// of several: "Wien/Berlin".
func isCity(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if !places[prose.Fold(part)] {
			return false
		}
	}
	return true
}
