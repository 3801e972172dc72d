package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
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
	for _, t := range s.graph.things {
		if !slices.Contains(t.types(), "recipe") {
			continue
		}
		parts := append([]string{t.text("description")}, t.texts("recipeIngredient")...)
		text := strings.Join(append(parts, s.graph.steps(t, "recipeInstructions", 0)...), "\n")
		if len(text) < leastStory || len(text)*len(s.blocks) > compareBudget {
			return ""
		}
		return prose.Fold(text)
	}
	return ""
}

// steps are the texts of a recipe's steps, which may stand in sections.
func (g *graph) steps(t thing, key string, depth int) []string {
	var all []string
	if depth > maxDepth {
		return nil
	}
	for _, o := range g.objects(t, key) {
		switch {
		case o.has("itemListElement"):
			all = append(all, g.steps(o, "itemListElement", depth+1)...)
		case o.has("text"):
			all = append(all, o.text("text"))
		default:
			all = append(all, stripTags(o.text("name")))
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
