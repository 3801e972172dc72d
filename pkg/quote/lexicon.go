package quote

import (
	"strings"
	"sync"
)

// lexicon is what is known of one language.
type lexicon struct {
	words   map[string]class
	traits  map[string]trait
	endings map[string]class // of compounds, by their last part
	lengths []int            // of endings, longest first
	tails   [1 << 8]bool     // by hash of the last two bytes: of endings
	phrases map[string][]phrase
	// pairs are verbs of two parts: gab … bekannt.
	pairs    map[string][]string
	elisions map[string]bool // l', d', dell'
	// nouns says that all nouns have capitals.
	nouns bool
	// inverted says that a subject may follow its verb, second that the verb
	// stands second, final that it ends the sentence.
	inverted, second, final bool
	// dash says that a dash may open speech, resume that speech goes on behind
	// the writer's words without another.
	dash, resume bool
	// enclitic says that nouns carry their article at the end.
	enclitic bool
	// dense says that the words of a text are not told apart by spaces and
	// capitals: Chinese, Japanese, Korean.
	dense bool
	// hangul says that it is Korean, which has spaces, but particles too.
	hangul bool
	// starts tell of the words that begin with a character, in a dense language.
	starts map[rune]start
	lists  map[class][]string // of a dense language: the words of each class, longest first
	// caseless says that no word has a capital, so that names are known by
	// first names; prefixes hang on words.
	caseless bool
	prefixes []string
	// articles says that there are any.
	articles bool
	// gendered says that things are he or she.
	gendered bool
	// personal are endings of nouns that tell what somebody is.
	personal []string
	// twofold says that people have two surnames, of which one may be left out.
	twofold bool
	// clitics are pronouns that hang on verbs with a hyphen.
	clitics []string
	// inflected says that names have cases.
	inflected bool
	// cases are the endings of nouns and names in cases but the nominative,
	// plurals those that many in the nominative have too; masculine and
	// feminine are those of verbs.
	cases                        map[string][]caseEnding
	plurals, masculine, feminine []string
	// adjectives are endings of those that stand behind their noun.
	adjectives []string
	// sayers are endings of verbs that stand before who says so: "diyen Doe";
	// honorifics stand behind names.
	sayers, honorifics []string
	// relations are roles beside others, not in office: neighbour, daughter.
	relations map[string]bool
	// nameless are words that are first names elsewhere only.
	nameless []string
	// suffixed says that endings hang on names with an apostrophe.
	suffixed bool
}

// phrase is an expression of several words, by its first.
type phrase struct {
	words []string
	class class
}

var lexicons sync.Map // language to *lexicon, nil for none

// lexiconOf gives the lexicon of a language, nil if there is none.
func lexiconOf(language string) *lexicon {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	if l, ok := lexicons.Load(language); ok {
		return l.(*lexicon)
	}
	var l *lexicon
	if data, err := packs.ReadFile("packs/" + language + ".txt"); err == nil && language != "" {
		l = parsePack(string(data))
	}
	lexicons.Store(language, l)
	return l
}

// class looks a word up that is in lower case.
func (l *lexicon) class(word string) class {
	if c, ok := l.words[word]; ok {
		return c
	}
	if len(word) < 2 || !l.tails[tailOf(word)] {
		return 0
	}
	for _, n := range l.lengths {
		if n == len(word) && n > 3 || n+2 <= len(word) {
			if c := l.endings[word[len(word)-n:]]; c != 0 {
				return c
			}
		}
	}
	return 0
}

// tailOf hashes the last two bytes of a word, so that most words are known to have
// no ending without a look at each length.
func tailOf(word string) uint8 {
	n := len(word)
	return word[n-1]*31 ^ word[n-2]
}
