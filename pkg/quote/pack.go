package quote

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

//go:embed packs
var packs embed.FS

// parsePack reads a pack: lines "class: word word_of_several -ending …", with #
// before remarks. A line that begins with white space goes on with the class
// above it.
func parsePack(data string) *lexicon {
	l := &lexicon{words: map[string]class{}, traits: map[string]trait{}, endings: map[string]class{}, phrases: map[string][]phrase{}, pairs: map[string][]string{}, lists: map[class][]string{}, starts: map[rune]start{}, elisions: map[string]bool{}, cases: map[string][]caseEnding{}, relations: map[string]bool{}}
	name := ""
	for line := range strings.Lines(data) {
		line, _, _ = strings.Cut(line, "#")
		if key, rest, ok := strings.Cut(line, ":"); ok && !unicode.IsSpace(prose.FirstRune(line)) {
			name, line = key, rest
		}
		for w := range strings.FieldsSeq(line) {
			l.add(name, w)
		}
	}
	for line := range strings.Lines(firstNames()) {
		sex, names, _ := strings.Cut(line, ":")
		for name := range strings.FieldsSeq(names) {
			l.words[name] |= firstName | classNames[sex]
			l.words[plain.Replace(name)] |= firstName | classNames[sex]
		}
	}
	for _, w := range l.nameless {
		l.words[w] &^= firstName | male | female
	}
	return l
}

// plain writes a first name as those do who have no accents.
var plain = strings.NewReplacer("á", "a", "é", "e", "è", "e", "ë", "e", "ï", "i", "í", "i", "ó", "o", "ô", "o", "ú", "u", "ç", "c", "ã", "a", "ş", "s", "ł", "l")

// options are the words of a pack's line "options".
var options = map[string]func(*lexicon) *bool{
	"nouns":     func(l *lexicon) *bool { return &l.nouns },
	"inverted":  func(l *lexicon) *bool { return &l.inverted },
	"second":    func(l *lexicon) *bool { return &l.second },
	"final":     func(l *lexicon) *bool { return &l.final },
	"dash":      func(l *lexicon) *bool { return &l.dash },
	"resume":    func(l *lexicon) *bool { return &l.resume },
	"enclitic":  func(l *lexicon) *bool { return &l.enclitic },
	"hangul":    func(l *lexicon) *bool { return &l.hangul },
	"dense":     func(l *lexicon) *bool { return &l.dense },
	"caseless":  func(l *lexicon) *bool { return &l.caseless },
	"gendered":  func(l *lexicon) *bool { return &l.gendered },
	"inflected": func(l *lexicon) *bool { return &l.inflected },
	"twofold":   func(l *lexicon) *bool { return &l.twofold },
	"suffixed":  func(l *lexicon) *bool { return &l.suffixed },
}

// wordLists are the lines of a pack that list words and endings of words for one
// rule.
var wordLists = map[string]func(*lexicon) *[]string{
	"plurals":    func(l *lexicon) *[]string { return &l.plurals },
	"sayers":     func(l *lexicon) *[]string { return &l.sayers },
	"honorifics": func(l *lexicon) *[]string { return &l.honorifics },
	"adjectives": func(l *lexicon) *[]string { return &l.adjectives },
	"masculine":  func(l *lexicon) *[]string { return &l.masculine },
	"feminine":   func(l *lexicon) *[]string { return &l.feminine },
	"nameless":   func(l *lexicon) *[]string { return &l.nameless },
	"prefixes":   func(l *lexicon) *[]string { return &l.prefixes },
	"personal":   func(l *lexicon) *[]string { return &l.personal },
	"clitics":    func(l *lexicon) *[]string { return &l.clitics },
}

// add notes a word of the line of that name.
func (l *lexicon) add(name, w string) {
	if list, ok := wordLists[name]; ok {
		*list(l) = append(*list(l), w)
		return
	}
	switch name {
	case "options":
		option, ok := options[w]
		if !ok {
			panic("quote: no option " + w)
		}
		*option(l) = true
	case "pairs":
		first, second, _ := strings.Cut(w, "_")
		l.pairs[first] = append(l.pairs[first], second)
		l.words[first] |= weakVerb
	case "cases":
		ending, nominative, _ := strings.Cut(w, "_")
		l.cases[ending] = append(l.cases[ending], caseEnding{ending, nominative})
	case "relations":
		l.relations[w] = true
	case "elisions":
		l.elisions[w] = true
	default:
		l.addWord(name, w)
	}
}

// addWord notes a word, a phrase or an ending that has a class.
func (l *lexicon) addWord(name, w string) {
	c, ok := classNames[name]
	if !ok {
		panic("quote: no class " + name)
	}
	if ending, ok := strings.CutPrefix(w, "-"); ok {
		l.addEnding(ending, c)
		return
	}
	if c == cry {
		l.lists[c] = insertLongest(l.lists[c], strings.ReplaceAll(w, "_", " "))
		return
	}
	if parts := strings.Split(w, "_"); len(parts) > 1 {
		l.phrases[parts[0]] = append(l.phrases[parts[0]], phrase{parts, c})
		return
	}
	for _, w := range [...]string{w, strings.ReplaceAll(w, "ß", "ss")} { // the second as Swiss write it
		l.words[w] |= c
		if t := traitNames[name]; t != 0 {
			l.traits[w] |= t
		}
	}
	l.articles = l.articles || c == definite
	if l.dense {
		l.lists[c] = insertLongest(l.lists[c], w)
		first := l.starts[prose.FirstRune(w)]
		l.starts[prose.FirstRune(w)] = start{first.class | c, first.lengths | 1<<min(utf8.RuneCountInString(w), 15)}
	}
}

// addEnding notes an ending of compounds.
func (l *lexicon) addEnding(w string, c class) {
	if len(w) < 2 {
		panic("quote: ending too short: -" + w)
	}
	l.endings[w] |= c
	l.tails[tailOf(w)] = true
	if i, ok := slices.BinarySearchFunc(l.lengths, len(w), func(a, b int) int { return b - a }); !ok {
		l.lengths = slices.Insert(l.lengths, i, len(w))
	}
}

// insertLongest keeps words with the longest first.
func insertLongest(all []string, w string) []string {
	i, _ := slices.BinarySearchFunc(all, w, func(a, b string) int { return len(b) - len(a) })
	return slices.Insert(all, i, w)
}

// firstNames are frequent first names, in lower case.
var firstNames = sync.OnceValue(func() string {
	data, err := packs.ReadFile("packs/names.txt")
	if err != nil {
		panic("quote: " + err.Error())
	}
	return string(data)
})
