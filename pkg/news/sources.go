package news

// Person is somebody, or some desk, who worked on a story.
type Person struct {
	// Name is as printed, absent where only initials are.
	Name string `json:"name,omitempty"`
	// Initials are those that stand for the name.
	Initials string `json:"initials,omitempty"`
	// Kind tells people from desks.
	Kind PersonKind `json:"kind"`
	// JobTitle is what is printed of the job, such as "correspondent".
	JobTitle string `json:"jobTitle,omitempty"`
	// URL is the address of a page about them.
	URL string `json:"url,omitempty"`
}

// PersonKind tells people from desks.
type PersonKind string

// The kinds of author.
const (
	KindPerson       PersonKind = "person"
	KindOrganization PersonKind = "organization"
	KindInitials     PersonKind = "initials"
	KindDesk         PersonKind = "desk"
)

// Signoff is the desk line that closes a story, such as "ab,cd/ef (AFP, dpa)". A
// line that names agencies and nobody's initials is none: they are in
// [Article.InfoSources], the line is a [SignoffBlock].
type Signoff struct {
	// Raw is as printed, without the brackets around the whole.
	Raw string `json:"raw"`
	// Initials are those in it, one each.
	Initials []string `json:"initials,omitempty"`
}

// InfoSource is an organisation that supplied a story or a picture of it
// (ninjs infoSources).
type InfoSource struct {
	// Name is the canonical short name, such as "AFP", the same in every language.
	Name string `json:"name"`
	// FullName is the name in full, such as "Agence France-Presse".
	FullName string `json:"fullName,omitempty"`
	// Literal is what the page printed.
	Literal string `json:"literal,omitempty"`
	// Role is the part that it played.
	Role SourceRole `json:"role"`
	// Scope is what it supplied.
	Scope SourceScope `json:"scope"`
}

// SourceRole is the part that a source played.
type SourceRole string

// The roles of a source.
const (
	RoleAgency       SourceRole = "agency"
	RolePartner      SourceRole = "partner"
	RoleOutlet       SourceRole = "outlet"
	RolePressRelease SourceRole = "pressRelease"
)

// SourceScope is what a source supplied.
type SourceScope string

// The scopes of a source.
const (
	ScopeStory SourceScope = "story"
	ScopePhoto SourceScope = "photo"
)

// Dateline is the line that opens a story with its place: "NIAMEY (AFP) —".
type Dateline struct {
	// Raw is the line as printed, with the dash that ends it.
	Raw string `json:"raw"`
	// Place is the place in it, as printed.
	Place string `json:"place,omitempty"`
	// Agency is the first agency in it by its short name; all that supplied the
	// story are in [Article.InfoSources].
	Agency string `json:"agency,omitempty"`
}

// Attribution is an origin that the story names for a statement or figure.
type Attribution struct {
	// Name is the fullest that the story prints.
	Name string `json:"name"`
	// Kind is what the origin is.
	Kind OriginKind `json:"kind"`
	// Role is what is printed beside the name, such as "the harbour master".
	Role string `json:"role,omitempty"`
	// Anonymous says that the story names nobody: Name is what it calls them, "a
	// senior official".
	Anonymous bool `json:"anonymous,omitempty"`
}

// OriginKind is what the origin of a statement is.
type OriginKind string

// The kinds of origin.
const (
	OriginPerson       OriginKind = "person"
	OriginOrganization OriginKind = "organization"
	OriginDocument     OriginKind = "document"
)

// Quotation is one direct quotation.
type Quotation struct {
	// Text is what stands between the quotation marks.
	Text string `json:"text"`
	// Speaker is the name in [Article.Attributions], empty where left open.
	Speaker string `json:"speaker,omitempty"`
	// Verb is the word of saying that is printed beside it.
	Verb string `json:"verb,omitempty"`
	// Block is the index in [Article.Body], -1 for a quotation in the deck.
	Block int `json:"block"`
}

// Citation is a link in the body of a story.
type Citation struct {
	// URL is the address that the link leads to.
	URL string `json:"url"`
	// Text is what is printed as the link.
	Text string `json:"text,omitempty"`
	// Kind is what the address tells of what is there.
	Kind CitationKind `json:"kind,omitempty"`
	// Block is the index in [Article.Body].
	Block int `json:"block"`
}

// CitationKind is what a link leads to, as far as its address tells.
type CitationKind string

// The kinds of citation.
const (
	CitesOwn      CitationKind = "own"      // another page of the same site
	CitesPage     CitationKind = "page"     // a page of another site
	CitesDocument CitationKind = "document" // a file: PDF, text, table, slides
	CitesStudy    CitationKind = "study"    // a paper, by its DOI or in an archive of papers
	CitesPost     CitationKind = "post"     // a post in a social network
)
