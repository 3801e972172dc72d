package prose

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"The Ferry’s 2nd Boat!", "theferrys2ndboat"},
		{"ÉCLUSE — Hafen", "éclusehafen"},
		{"港口, 3号", "港口3号"},
		{"हिन्दी", "हिन्दी"}, // its marks are letters of a kind
		{"\xff–…", ""},
	}
	for _, tt := range tests {
		got := Fold(tt.text)
		if got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
		}
		if !Same(tt.text, got) {
			t.Errorf("%q and %q are not the same", tt.text, got)
		}
	}
	for _, other := range []string{"The Ferry", "The Ferries 2nd Boat", "The Ferrys 2nd Boats", ""} {
		if Same("The Ferry’s 2nd Boat!", other) {
			t.Errorf("%q is the same", other)
		}
	}
}

func TestSquash(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" ", ""},
		{"one  two\n\tthree ", "one two three"},
		{"har\u00adbour\u200b", "harbour"},
		{"a\u00a0b\u3000c", "a b c"},
		{"a\x00b\xffc", "abc"},
		{"\ufeffplain", "plain"},
	}
	for _, tt := range tests {
		if got := Squash(tt.text); got != tt.want || !isSquashed(got) {
			t.Errorf("Squash(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestCountWords(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0},
		{"The captain's well-kept boat", 4},
		{"… — !", 0},
		{"3.5 km", 3},
		{"港口关闭", 4},
		{"배가 떠났다", 2},
	}
	for _, tt := range tests {
		if got := CountWords(tt.text); got != tt.want {
			t.Errorf("CountWords(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
}

func TestEndsSentence(t *testing.T) {
	for text, want := range map[string]bool{"": false, "It sails.": true, "“It sails!”": true, "船出港了。": true, "Ferry sails": false, "یہ چلتا ہے۔": true, "The ferry,": false} {
		if EndsSentence(text) != want {
			t.Errorf("EndsSentence(%q) is %v", text, !want)
		}
	}
}

func TestLikeness(t *testing.T) {
	bag := BagOf("The ferry sails to the island")
	tests := []struct {
		text string
		want float64
	}{
		{"The ferry sails to the island!", 1},
		{"The the the ferry", 0.6}, // the third article has no fellow
		{"Harbour fees", 0},
		{"", 0},
	}
	for _, tt := range tests {
		if got := bag.Likeness(FoldedWords(tt.text)); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestScripts(t *testing.T) {
	for _, w := range []string{"Quill", "“Quill", "Élan", "港口", "O’Quill"} {
		if !IsCapital(w) {
			t.Errorf("%q has no capital", w)
		}
	}
	for _, w := range []string{"quill", "", "élan"} {
		if IsCapital(w) {
			t.Errorf("%q has a capital", w)
		}
	}
	if !IsUncased("港口") || IsUncased("quill") || !IsUpperWord("FERRY") || IsUpperWord("F") {
		t.Error("case")
	}
	if !IsDense("港口关闭 at 9") || IsDense("The ferry 港") || !IsLatin("The ferry 港") || IsLatin("Паром") {
		t.Error("script")
	}
	if got := PlainLetters("Élan vitál"); got != "Elan vital" {
		t.Errorf("plain letters: %q", got)
	}
}

func TestCut(t *testing.T) {
	if rest, ok := CutPrefixFold("PHOTO: Ada", "photo"); !ok || rest != ": Ada" {
		t.Errorf("got %q, %v", rest, ok)
	}
	if rest, ok := CutPrefixFold("Phot", "photo"); ok || rest != "Phot" {
		t.Errorf("got %q, %v", rest, ok)
	}
	if got := Tail("Fährhafen", 8); got != "hrhafen" {
		t.Errorf("tail: %q", got) // the half ä is dropped
	}
}

// FuzzFold states that folding is done once and for all, and that Same agrees
// with it.
func FuzzFold(f *testing.F) {
	f.Add("The Ferry", "the  FERRY!")
	f.Add("İstanbul", "istanbul")
	f.Add("a\u00adb\xff", "ab")
	f.Fuzz(func(t *testing.T, a, b string) {
		if Same(a, b) != (Fold(a) == Fold(b)) {
			t.Errorf("%q and %q fold to %q and %q", a, b, Fold(a), Fold(b))
		}
		if got := Squash(a); Squash(got) != got || strings.HasPrefix(got, " ") {
			t.Errorf("%q squashed is %q", a, got)
		}
	})
}
