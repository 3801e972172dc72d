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

// class is what a word can be; a word may be several things.
type class uint64

const (
	verb       class = 1 << iota // says: always names a source
	weakVerb                     // calls: names a source beside a quotation or before a clause
	participle                   // saying: its speaker is the subject before it
	past                         // gesagt: says nothing without an auxiliary
	auxiliary                    // has
	passive                      // was: the participle behind it has no speaker
	negation                     // before a verb: nothing was said
	he                           // pronouns
	she
	it
	they
	me  // the narrator, or nobody
	who // begins a relative clause
	definite
	indefinite
	oblique     // dem: an article that opens no subject
	genitive    // des: an article that may go on with a phrase
	local       // in: goes on with an organisation's phrase before a place
	preposition // ends a phrase
	link        // of: goes on with a phrase
	conjunction // and, but, that: ends a clause
	that        // opens the clause that tells what was said
	adverb
	role         // spokesman
	title        // Mr: no role worth printing
	rank         // Colonel: none beside another role
	voice        // spokesman: speaks for an organisation
	topic        // は, 는: behind a subject
	surname      // of a dense language
	crowd        // officials, analysts: named by what they are
	organization // ministry
	outlet       // newspaper
	document     // report
	common       // nouns that are nobody's name
	sourceOf     // nach: names a source before a document
	sourceFrom   // aus: names a source before people without names
	author       // by, from: names whose document it is
	reflexive    // se
	own          // eigenen: the subject's
	work         // film, before the title of one
	sourceBefore // according to
	sourceAfter  // zufolge, behind the source
	opinion      // para: names a source at the head of a sentence, before a person
	quoteOnly    // so: names a speaker right behind a quotation only
	particle     // von, de, in names
	calendar     // Monday
	near         // med: goes on with people without names, "a source close to her"
	tells        // powiedział: never of an agency, which stands behind it as who was told
	abbreviation // Gov.
	finding      // show: of a document or of people without names it says what they say
	sourceNamed  // per: names a source if that has a name
	beside       // with: before somebody who does what a participle says
	toward       // gegenüber: before an outlet to which something is said
	clausal      // says, before a clause only: announces no thing
	firstName
	sound // of a dense language: writes a syllable of foreign names
	cry   // of a dense language: behind a quotation that is nobody's
	male  // Mr, and first names
	female

	pronoun = he | she | it | they | me
	article = definite | indefinite
)

var classNames = map[string]class{
	"verbs": verb, "weak": weakVerb, "participles": participle, "past": past, "auxiliaries": auxiliary, "passive": passive, "negations": negation,
	"he": he, "she": she, "it": it, "they": they, "me": me, "who": who,
	"definite": definite, "oblique": oblique, "genitive": genitive, "places": local, "indefinite": indefinite, "prepositions": preposition, "links": link,
	"conjunctions": conjunction, "that": that | conjunction, "adverbs": adverb, "roles": role, "titles": title | role, "ranks": rank | role, "voices": voice | role, "topics": topic, "surnames": surname, "people": crowd,
	"organizations": organization, "outlets": outlet | organization, "documents": document, "works": work, "common": common, "by": sourceOf, "own": own, "reflexive": reflexive | adverb, "authors": author, "circles": sourceFrom,
	"before": sourceBefore, "after": sourceAfter, "so": quoteOnly, "opinion": opinion, "particles": particle, "near": near | preposition, "tells": tells | verb,
	"cries": cry, "clausal": clausal | verb, "sounds": sound, "calendar": calendar, "abbreviations": abbreviation, "male": male, "female": female,
	"findings": finding | weakVerb, "about": me, "impersonal": weakVerb,
	"named": sourceNamed | preposition, "beside": beside | preposition, "likeness": preposition, "toward": toward,
	"epithets": role, "sites": organization, "generic": organization, "pointing": 0,
}

//go:embed packs
var packs embed.FS

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

// lexiconOf gives the pack of a language, nil if there is none.
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

func (l *lexicon) add(name, w string) {
	switch name {
	case "options":
		switch w {
		case "nouns":
			l.nouns = true
		case "inverted":
			l.inverted = true
		case "second":
			l.second = true
		case "final":
			l.final = true
		case "dash":
			l.dash = true
		case "resume":
			l.resume = true
		case "enclitic":
			l.enclitic = true
		case "hangul":
			l.hangul = true
		case "dense":
			l.dense = true
		case "caseless":
			l.caseless = true
		case "gendered":
			l.gendered = true
		case "inflected":
			l.inflected = true
		case "twofold":
			l.twofold = true
		case "suffixed":
			l.suffixed = true
		default:
			panic("quote: no option " + w)
		}
		return
	case "pairs":
		first, second, _ := strings.Cut(w, "_")
		l.pairs[first] = append(l.pairs[first], second)
		l.words[first] |= weakVerb
		return
	case "cases":
		ending, nominative, _ := strings.Cut(w, "_")
		l.cases[ending] = append(l.cases[ending], caseEnding{ending, nominative})
		return
	case "plurals":
		l.plurals = append(l.plurals, w)
		return
	case "sayers":
		l.sayers = append(l.sayers, w)
		return
	case "honorifics":
		l.honorifics = append(l.honorifics, w)
		return
	case "relations":
		l.relations[w] = true
		return
	case "adjectives":
		l.adjectives = append(l.adjectives, w)
		return
	case "masculine":
		l.masculine = append(l.masculine, w)
		return
	case "feminine":
		l.feminine = append(l.feminine, w)
		return
	case "nameless":
		l.nameless = append(l.nameless, w)
		return
	case "prefixes":
		l.prefixes = append(l.prefixes, w)
		return
	case "clitics":
		l.clitics = append(l.clitics, w)
		return
	case "personal":
		l.personal = append(l.personal, strings.TrimPrefix(w, "-"))
		return
	case "elisions":
		l.elisions[w] = true
		return
	}
	c, ok := classNames[name]
	if !ok {
		panic("quote: no class " + name)
	}
	if strings.HasPrefix(w, "-") {
		w = w[1:]
		if len(w) < 2 {
			panic("quote: ending too short: -" + w)
		}
		l.endings[w] |= c
		l.tails[tailOf(w)] = true
		for i, n := range l.lengths {
			if n == len(w) {
				return
			}
			if n < len(w) {
				l.lengths = append(l.lengths[:i], append([]int{len(w)}, l.lengths[i:]...)...)
				return
			}
		}
		l.lengths = append(l.lengths, len(w))
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
