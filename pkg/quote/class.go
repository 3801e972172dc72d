package quote

// class is what a word can be; a word may be several things. What few words are,
// and few rules ask, is a [trait].
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
	abbreviation // Gov.
	finding      // show: of a document or of people without names it says what they say
	sourceNamed  // per: names a source if that has a name
	beside       // with: before somebody who does what a participle says
	toward       // gegenüber: before an outlet to which something is said
	clauseOnly   // قال: says what a clause tells, announces no thing
	firstName
	sound // of a dense language: writes a syllable of foreign names
	cry   // of a dense language: behind a quotation that is nobody's
	male  // Mr, and first names
	female

	pronoun = he | she | it | they | me
	article = definite | indefinite
)

// classNames are the lines of a pack that give classes.
var classNames = map[string]class{
	"verbs": verb, "weak": weakVerb, "participles": participle, "past": past, "auxiliaries": auxiliary, "passive": passive, "negations": negation,
	"he": he, "she": she, "it": it, "they": they, "me": me, "who": who,
	"definite": definite, "oblique": oblique, "genitive": genitive, "places": local, "indefinite": indefinite, "prepositions": preposition, "links": link,
	"conjunctions": conjunction, "that": that | conjunction, "adverbs": adverb, "roles": role, "titles": title | role, "ranks": rank | role, "voices": voice | role, "topics": topic, "surnames": surname, "people": crowd,
	"organizations": organization, "outlets": outlet | organization, "documents": document, "works": work, "common": common, "by": sourceOf, "own": own, "reflexive": reflexive | adverb, "authors": author, "circles": sourceFrom,
	"before": sourceBefore, "after": sourceAfter, "so": quoteOnly, "opinion": opinion, "particles": particle, "near": near | preposition, "addressed": verb,
	"cries": cry, "clausal": clauseOnly | verb, "sounds": sound, "calendar": calendar, "abbreviations": abbreviation, "male": male, "female": female,
	"findings": finding | weakVerb, "about": me, "impersonal": weakVerb,
	"named": sourceNamed | preposition, "beside": beside | preposition, "likeness": preposition, "toward": toward,
	"epithets": role, "sites": organization, "generic": organization, "pointing": 0,
}
