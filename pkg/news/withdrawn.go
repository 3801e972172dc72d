package news

import "time"

// WithdrawnSchema names the version of [Withdrawn] that this build writes.
const WithdrawnSchema = "withdrawn/1"

// Withdrawn says that the page of an indexed story is gone: its publisher
// answers 404 or 410; or that it never was an article, as a better extraction
// found. A record of the story that is published later says that it is back.
type Withdrawn struct {
	// Schema is always "withdrawn/1".
	Schema string `json:"schema" jsonschema:"const=withdrawn/1"`
	// ID is the same however often this is told.
	ID string `json:"id" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// StoryID is that of the story's records.
	StoryID string `json:"storyId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// ArticleID is the story's last revision.
	ArticleID string `json:"articleId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// VisitID is the visit that found the page gone, or brought what is no article.
	VisitID string `json:"visitId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// URL is the address of the last revision.
	URL string `json:"url"`
	// Site is the registrable domain of the page, "_" where there is none.
	Site string `json:"site"`
	// Language is the primary subtag, "und" where it is not known.
	Language string `json:"language"`
	// Headline is that of the last revision.
	Headline string `json:"headline"`
	// Reason is why the page is no article; absent where it is gone.
	Reason Reason `json:"reason,omitempty"`
	// At is when the page was found gone, or was fetched as what is no article.
	At time.Time `json:"at"`
}

// WithdrawnID is the identity of a withdrawal of a page that is gone.
func WithdrawnID(storyID, visitID string) string { return hash("withdrawn", storyID, visitID) }

// LostID is the identity of a withdrawal of a revision that is no article.
func LostID(storyID, articleID string) string { return hash("lost", storyID, articleID) }

// Trace names the visit, the story and its last revision.
func (w *Withdrawn) Trace() Trace {
	return Trace{VisitID: w.VisitID, StoryID: w.StoryID, ArticleID: w.ArticleID, URL: w.URL, Site: w.Site}
}
