package news

// Block is one piece of a story's body.
type Block struct {
	// Kind tells what the block is. One that you do not know is text, if it has
	// some.
	Kind BlockKind `json:"kind"`
	// Text is the block's plain text. A list has one item a line, a table one
	// row a line with cells parted by tabs.
	Text string `json:"text,omitempty"`
	// Level is a subhead's rank, 2 to 6 as in HTML.
	Level int `json:"level,omitempty"`
	// Ref points at what the block shows: for an image its index in
	// [Article.Images] in decimal digits, for an embed its URL.
	Ref string `json:"ref,omitempty"`
	// DatePublished is the time of an update of a live blog, where it has one.
	DatePublished *Date `json:"datePublished,omitempty"`
}

// BlockKind tells blocks apart.
type BlockKind string

// The kinds of block. An update has no text: it begins an entry of a live blog,
// and the blocks up to the next one are the entry's, its headline a subhead. A
// question is one of an interview, the blocks up to the next one its answer.
const (
	Paragraph     BlockKind = "paragraph"
	Subhead       BlockKind = "subhead"
	List          BlockKind = "list"
	Blockquote    BlockKind = "blockquote"
	Table         BlockKind = "table"
	ImageBlock    BlockKind = "image"
	Embed         BlockKind = "embed"
	SignoffBlock  BlockKind = "signoff"
	Update        BlockKind = "update"
	Preformatted  BlockKind = "preformatted"
	QuestionBlock BlockKind = "question"
)

// Image is one picture of a story.
type Image struct {
	// URL is the address of the picture, absent where only its caption is there.
	URL string `json:"url,omitempty"`
	// Renditions holds the same picture in other sizes.
	Renditions []Rendition `json:"renditions,omitempty"`
	// Alt is the alternative text.
	Alt string `json:"alt,omitempty"`
	// Caption is the printed caption without the credit.
	Caption string `json:"caption,omitempty"`
	// CreditText is the printed credit without its label.
	CreditText string `json:"creditText,omitempty"`
	// CreditLabel is the word that introduces the credit, such as "Image".
	CreditLabel string `json:"creditLabel,omitempty"`
	// Creator holds the photographers that the credit names.
	Creator []string `json:"creator,omitempty"`
	// SourceOrganization holds the agencies, outlets and offices that it names.
	SourceOrganization []string `json:"sourceOrganization,omitempty"`
	// Lead says that this is the story's main picture; absent means no.
	Lead bool `json:"lead,omitempty"`
	// Block is the index in [Article.Body] of the block that shows it, -1 for
	// one that stands outside the body.
	Block int `json:"block"`
}

// Rendition is one size of a picture.
type Rendition struct {
	// URL is the address of the picture in this size.
	URL string `json:"url"`
	// Width is in pixels, absent where unknown.
	Width int `json:"width,omitempty"`
}
