package news

// Media is one video or recording of a story (schema.org VideoObject,
// AudioObject).
type Media struct {
	// Kind tells pictures that move from what is only heard.
	Kind MediaKind `json:"kind"`
	// URL is the address of the recording itself.
	URL string `json:"url,omitempty"`
	// EmbedURL is the address of a player that shows it.
	EmbedURL string `json:"embedUrl,omitempty"`
	// Poster is the address of the picture that stands for it.
	Poster string `json:"poster,omitempty"`
	// Title is the name that the page gives it.
	Title string `json:"title,omitempty"`
	// Caption is the printed caption without the credit.
	Caption string `json:"caption,omitempty"`
	// CreditText is the printed credit without its label.
	CreditText string `json:"creditText,omitempty"`
	// CreditLabel is the word that introduces the credit, such as "Video".
	CreditLabel string `json:"creditLabel,omitempty"`
	// Creator holds the people that the credit names.
	Creator []string `json:"creator,omitempty"`
	// SourceOrganization holds the agencies and outlets that it names.
	SourceOrganization []string `json:"sourceOrganization,omitempty"`
	// Duration is how long it is, as an ISO 8601 duration, where the page says so.
	Duration string `json:"duration,omitempty"`
	// Block is the index in [Article.Body] of the block that shows it, -1 for
	// one that stands outside the body.
	Block int `json:"block"`
}

// MediaKind tells recordings apart.
type MediaKind string

// The kinds of recording.
const (
	Video MediaKind = "video"
	Audio MediaKind = "audio"
)
