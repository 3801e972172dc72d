package export

// ninjs is the part of IPTC's ninjs 3 that articles, pictures and recordings
// have something to say in.
type ninjs struct {
	// Name is of an associated object only.
	Name               string           `json:"name,omitempty"`
	URI                string           `json:"uri"`
	Type               string           `json:"type,omitempty"`
	RepresentationType string           `json:"representationType,omitempty"`
	Standard           *ninjsStandard   `json:"standard,omitempty"`
	Version            string           `json:"version,omitempty"`
	FirstCreated       string           `json:"firstCreated,omitempty"`
	VersionCreated     string           `json:"versionCreated,omitempty"`
	ContentCreated     string           `json:"contentCreated,omitempty"`
	PubStatus          string           `json:"pubStatus,omitempty"`
	Language           string           `json:"language,omitempty"`
	Title              string           `json:"title,omitempty"`
	Headlines          []ninjsText      `json:"headlines,omitempty"`
	By                 string           `json:"by,omitempty"`
	Located            string           `json:"located,omitempty"`
	Descriptions       []ninjsText      `json:"descriptions,omitempty"`
	Bodies             []ninjsBody      `json:"bodies,omitempty"`
	People             []ninjsConcept   `json:"people,omitempty"`
	Organisations      []ninjsConcept   `json:"organisations,omitempty"`
	InfoSources        []ninjsSource    `json:"infoSources,omitempty"`
	Subjects           []ninjsConcept   `json:"subjects,omitempty"`
	Genres             []ninjsConcept   `json:"genres,omitempty"`
	Renditions         []ninjsRendition `json:"renditions,omitempty"`
	Associations       []ninjs          `json:"associations,omitempty"`
	AltIDs             []ninjsAltID     `json:"altIds,omitempty"`
}

type ninjsStandard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Schema  string `json:"schema"`
}

type ninjsText struct {
	Role        string `json:"role"`
	ContentType string `json:"contentType"`
	Value       string `json:"value"`
}

type ninjsBody struct {
	Role        string `json:"role"`
	ContentType string `json:"contentType"`
	CharCount   int    `json:"charCount"`
	WordCount   int    `json:"wordCount"`
	Value       string `json:"value"`
}

type ninjsConcept struct {
	Name    string `json:"name,omitempty"`
	Rel     string `json:"rel,omitempty"`
	URI     string `json:"uri,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type ninjsSource struct {
	Name    string `json:"name"`
	Role    string `json:"role"`
	Literal string `json:"literal,omitempty"`
}

type ninjsRendition struct {
	Name        string `json:"name"`
	Href        string `json:"href"`
	ContentType string `json:"contentType,omitempty"`
	Width       int    `json:"width,omitempty"`
}

type ninjsAltID struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}
