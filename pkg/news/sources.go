package news

// Person is somebody, or some desk, who worked on a story.
type Person struct {
	Name     string     `json:"name,omitempty"`
	Initials string     `json:"initials,omitempty"`
	Kind     PersonKind `json:"kind"`
	JobTitle string     `json:"jobTitle,omitempty"`
	URL      string     `json:"url,omitempty"`
}

// PersonKind tells people from desks.
type PersonKind string

// The kinds of author.
const (
	KindPerson       PersonKind = "person"
	KindOrganization PersonKind = "organization"
	KindInitials     PersonKind = "initials"
	KindDesk         PersonKind = "desk"
	// KindDocument occurs in attributions only.
	KindDocument PersonKind = "document"
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
	// Name is the canonical short name, such as "AFP".
	Name     string `json:"name"`
	FullName string `json:"fullName,omitempty"`
	// Literal is what the page printed.
	Literal string      `json:"literal,omitempty"`
	Role    SourceRole  `json:"role"`
	Scope   SourceScope `json:"scope"`
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
	Raw    string `json:"raw"`
	Place  string `json:"place,omitempty"`
	Agency string `json:"agency,omitempty"`
}

// Attribution is an origin that the story names for a statement or figure.
type Attribution struct {
	Name string     `json:"name"`
	Kind PersonKind `json:"kind"`
	Role string     `json:"role,omitempty"`
	// Anonymous says that the story names nobody: Name is what it calls them, "a
	// senior official".
	Anonymous bool `json:"anonymous,omitempty"`
}

// Quotation is one direct quotation.
type Quotation struct {
	// Text is what stands between the quotation marks.
	Text string `json:"text"`
	// Speaker is the name in [Article.Attributions], empty where left open.
	Speaker string `json:"speaker,omitempty"`
	Verb    string `json:"verb,omitempty"`
	// Block is the index in [Article.Body], -1 for a quotation in the deck.
	Block int `json:"block"`
}

// Citation is a link in the body of a story.
type Citation struct {
	URL string `json:"url"`
	// Text is what is printed as the link.
	Text string       `json:"text,omitempty"`
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
