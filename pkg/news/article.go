package news

// ArticleSchema names the version of [Article] that this build writes.
const ArticleSchema = "article/1"

// Article is the record of one news story as one capture of its page states it.
// Names follow schema.org NewsArticle and IPTC ninjs 3. A field that the page
// does not state is absent; nothing is invented.
type Article struct {
	// Schema is always "article/1".
	Schema string `json:"schema" jsonschema:"const=article/1"`

	// StoryID stays the same over all revisions of a story: 32 hex digits.
	StoryID string `json:"storyId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// ID names this revision: 32 hex digits over story, capture and content.
	// A redelivered message has the same ID.
	ID string `json:"id" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// URL is the address the page was finally fetched from.
	URL string `json:"url,omitempty"`
	// CanonicalURL is the address that the page itself calls canonical.
	CanonicalURL string `json:"canonicalUrl,omitempty"`
	// RequestedURL is the address that was asked for, before redirects.
	RequestedURL string `json:"requestedUrl,omitempty"`
	// ShortURL is the outlet's own short link to the page.
	ShortURL string `json:"shortUrl,omitempty"`
	// Type is the schema.org type of the story. Take one that you do not know for
	// a NewsArticle.
	Type ArticleType `json:"type"`

	// Kicker holds the labels printed above the headline, in order.
	Kicker []string `json:"kicker,omitempty"`
	// Headline is the headline as printed on the page, without the kicker.
	Headline string `json:"headline"`
	// AlternativeHeadline is the first other headline that the page states.
	AlternativeHeadline string `json:"alternativeHeadline,omitempty"`
	// AlternativeHeadlines holds every other headline, the first one too: those of
	// metadata and social media.
	AlternativeHeadlines []string `json:"alternativeHeadlines,omitempty"`
	// Deck is the printed standfirst between headline and body.
	Deck string `json:"deck,omitempty"`
	// Description is the page's meta description, which need not be printed.
	Description string `json:"description,omitempty"`
	// Body is the story in reading order.
	Body []Block `json:"body,omitempty"`
	// ArticleBody is the plain text of the story, one block a line: a deck as
	// long as a paragraph, or printed directly above the text, and subheads in,
	// captions and sign-off out. Of a live blog with a report of its own above the
	// entries it is that report.
	ArticleBody string `json:"articleBody,omitempty"`
	// WordCount counts the words of ArticleBody. Scripts without spaces count
	// one word a character.
	WordCount int `json:"wordCount"`
	// Correction holds the corrections that the page prints.
	Correction []string `json:"correction,omitempty"`

	// DatePublished is when the story was first published. Of a page that states
	// only its last change it is that one; provenance and a warning say so.
	DatePublished *Date `json:"datePublished,omitempty"`
	// DateModified is when the story was last changed.
	DateModified *Date `json:"dateModified,omitempty"`

	// Byline is the line that names the authors, as printed.
	Byline string `json:"byline,omitempty"`
	// Author holds those who wrote the story. An agency is never an author.
	Author []Person `json:"author,omitempty"`
	// Contributors holds others who had a part in it: editors, initials.
	Contributors []Person `json:"contributors,omitempty"`
	// Signoff is the desk line that closes the story.
	Signoff *Signoff `json:"signoff,omitempty"`

	// InfoSources holds the organisations that supplied the story or a picture.
	InfoSources []InfoSource `json:"infoSources,omitempty"`
	// Dateline is the place line that opens the story.
	Dateline *Dateline `json:"dateline,omitempty"`
	// IsWireCopy says that the story is credited to agencies alone; absent means no.
	IsWireCopy bool `json:"isWireCopy,omitempty"`
	// Attributions holds everyone that the story names as an origin.
	Attributions []Attribution `json:"attributions,omitempty"`
	// Quotations holds the direct quotations of the story.
	Quotations []Quotation `json:"quotations,omitempty"`
	// QuotationShare is how much of ArticleBody is direct quotation, 0 to 1; absent
	// means none.
	QuotationShare float64 `json:"quotationShare,omitempty"`
	// Citations holds the links in the body.
	Citations []Citation `json:"citations,omitempty"`

	// Images holds the story's pictures in reading order.
	Images []Image `json:"images,omitempty"`
	// Media holds the story's videos and recordings in reading order.
	Media []Media `json:"media,omitempty"`

	// Publisher is the outlet.
	Publisher *Publisher `json:"publisher,omitempty"`
	// Section is the part of the outlet that the story belongs to.
	Section string `json:"section,omitempty"`
	// Breadcrumbs is the path to the story, outermost first.
	Breadcrumbs []string `json:"breadcrumbs,omitempty"`
	// Keywords holds the topics that the outlet states.
	Keywords []string `json:"keywords,omitempty"`
	// InLanguage is the language of the story. Where both are there, subjects go by
	// the declared one.
	InLanguage Language `json:"inLanguage,omitzero"`
	// IsAccessibleForFree says whether the whole story can be read without
	// paying; absent where the page does not say.
	IsAccessibleForFree *bool `json:"isAccessibleForFree,omitempty"`
	// AccessEvidence is what IsAccessibleForFree rests on.
	AccessEvidence AccessEvidence `json:"accessEvidence,omitempty"`

	// ContentHash is equal for two records that say the same: 64 hex digits of
	// SHA-256 over the record without id, url, requestedUrl, provenance,
	// extraction and raw.
	ContentHash string `json:"contentHash" jsonschema:"pattern=^[0-9a-f]{64}$"`
	// Simhash is a 64-bit similarity hash of ArticleBody, as 16 hex digits: similar
	// texts differ in few bits. Compare those of one extraction.version.
	Simhash string `json:"simhash,omitempty" jsonschema:"pattern=^[0-9a-f]{16}$"`

	// Provenance says where values came from, by the name of the field.
	Provenance map[string]Provenance `json:"provenance,omitempty"`
	// Extraction says what made this record.
	Extraction Extraction `json:"extraction"`
	// Raw says which bytes it was made from.
	Raw Raw `json:"raw"`

	// RecordRef names the object that holds the whole record where it was too
	// large for a message; the message then carries identity only.
	RecordRef string `json:"recordRef,omitempty"`
}

// ArticleType is a schema.org type name.
type ArticleType string

// The article types that Copydesk tells apart.
const (
	NewsArticle           ArticleType = "NewsArticle"
	OpinionNewsArticle    ArticleType = "OpinionNewsArticle"
	AnalysisNewsArticle   ArticleType = "AnalysisNewsArticle"
	BackgroundNewsArticle ArticleType = "BackgroundNewsArticle"
	ReportageNewsArticle  ArticleType = "ReportageNewsArticle"
	ReviewNewsArticle     ArticleType = "ReviewNewsArticle"
	LiveBlogPosting       ArticleType = "LiveBlogPosting"
	BlogPosting           ArticleType = "BlogPosting"
)

// Language holds BCP 47 tags.
type Language struct {
	// Declared is what the page says of itself.
	Declared string `json:"declared,omitempty"`
	// Detected is what the text of the story looks like.
	Detected string `json:"detected,omitempty"`
}

// Primary is the primary subtag of the language, "und" where none is known.
// The declared language is believed before the detected one.
func (l Language) Primary() string {
	for _, tag := range []string{l.Declared, l.Detected} {
		if p := primarySubtag(tag); p != "" {
			return p
		}
	}
	return "und"
}

func primarySubtag(tag string) string {
	for i := 0; i <= len(tag); i++ {
		if i < len(tag) && tag[i] != '-' && tag[i] != '_' {
			continue
		}
		if i < 2 || i > 3 {
			return ""
		}
		p := make([]byte, i)
		for j := range p {
			c := tag[j] | 0x20
			if c < 'a' || c > 'z' {
				return ""
			}
			p[j] = c
		}
		return string(p)
	}
	return ""
}

// Publisher is an outlet.
type Publisher struct {
	// Name is the outlet's, as the page states it.
	Name string `json:"name,omitempty"`
	// Domain is the registrable domain of the page, in lower case and punycode.
	Domain string `json:"domain,omitempty"`
	// Country is an ISO 3166-1 alpha-2 code. No build fills it yet.
	Country string `json:"country,omitempty"`
}

// AccessEvidence is a ground to believe that a story is or is not free to read.
type AccessEvidence string

// The grounds.
const (
	AccessByStructuredData AccessEvidence = "structuredData"
	AccessByMeta           AccessEvidence = "meta"
	AccessByMarkup         AccessEvidence = "markup"
	AccessByTruncation     AccessEvidence = "truncation"
)
