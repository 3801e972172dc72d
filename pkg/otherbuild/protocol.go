package otherbuild

import (
	"github.com/copydesk/copydesk/pkg/news"
)

// Protocol names the conversation that this build can hold. Both sides write one
// JSON document a line. The parent begins with an [Opening], which the child answers
// with a [Greeting]; then each [Job] is answered by one [Answer], until the parent
// closes the child's input. Fields may be added; who does not know one leaves it
// out. A change that would be misunderstood is another protocol.
const Protocol = "pages/1"

// Command is the argument by which a build becomes a child. It is hidden from
// people.
const Command = "pages"

// Identity is what a build says of itself with "version --json".
type Identity struct {
	Version string `json:"version"`
	// Extraction is what it writes into its records.
	Extraction news.Extraction `json:"extraction,omitzero"`
	// Protocols are the conversations that it can hold; of before there were any it
	// has none.
	Protocols []string `json:"protocols,omitempty"`
}

// Opening is how the parent begins.
type Opening struct {
	Schema string `json:"schema"` // the [Protocol]
	// PageLimit bounds, in bytes, what a compressed body may unfold to.
	PageLimit int `json:"pageLimit"`
	// Rules is the text of the site rules, absent for none.
	Rules []byte `json:"rules,omitempty"`
}

// Greeting answers an [Opening].
type Greeting struct {
	// Extraction is what it writes into its records, with the digest of the rules.
	Extraction news.Extraction `json:"extraction,omitzero"`
	// Error is why it cannot work so; it then ends.
	Error string `json:"error,omitempty"`
}

// Job is a page to extract.
type Job struct {
	Page *news.Page `json:"page"`
	Body []byte     `json:"body,omitempty"`
}

// Answer is what became of a page: the record, or why there is none.
type Answer struct {
	Article *news.Article `json:"article,omitempty"`
	Outcome news.Outcome  `json:"outcome"`
	Reason  news.Reason   `json:"reason,omitempty"`
	Detail  string        `json:"detail,omitempty"`
}
