package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

// isStep says whether a block is part of the recipe that the structured data tell,
// whatever the element is named that holds it.
func (s *story) isStep(b *block) bool {
	return s.recipe != "" && len(b.text) >= leastIngredient && isIn(s.recipe, b.text)
}

// leastIngredient is the shortest line, in bytes, by which a recipe is found.
const leastIngredient = 12

// toldRecipe is the text of the recipe that the structured data hold, folded;
// empty where they hold none.
func (s *story) toldRecipe() string {
	for _, t := range s.graph.Things {
		if !slices.Contains(t.Types(), "recipe") {
			continue
		}
		parts := append([]string{t.Text("description")}, t.Texts("recipeIngredient")...)
		text := strings.Join(append(parts, s.steps(t, "recipeInstructions", 0)...), "\n")
		if len(text) < leastStory || len(text)*len(s.blocks) > compareBudget {
			return ""
		}
		return prose.Fold(text)
	}
	return ""
}

// mostNested bounds how deep sections of a recipe are followed.
const mostNested = 12

// steps are the texts of a recipe's steps, which may stand in sections.
func (s *story) steps(t structured.Thing, key string, depth int) []string {
	var all []string
	if depth > mostNested {
		return nil
	}
	for _, o := range s.graph.Objects(t, key) {
		switch {
		case o.Has("itemListElement"):
			all = append(all, s.steps(o, "itemListElement", depth+1)...)
		case o.Has("text"):
			all = append(all, o.Text("text"))
		default:
			all = append(all, stripTags(o.Text("name")))
		}
	}
	return all
}

// withRecipe is the innermost element that holds a root and the recipe: lists of
// what is needed and of what is to be done are hardly running text.
func (s *story) withRecipe(root int32) int32 {
	told := s.toldRecipe()
	if told == "" || root < 0 {
		return root
	}
	recipe := s.rootByText(told, leastIngredient)
	if recipe < 0 {
		return root
	}
	s.recipe = told
	for !s.within(recipe, root) {
		root = s.els[root].parent
	}
	return root
}
