package news

import "time"

// RemovalKind is why something has to go from a copy of what the indexer has.
type RemovalKind string

// The kinds.
const (
	// RemovedTakedown is of a story that an operator deleted.
	RemovedTakedown RemovalKind = "takedown"
	// RemovedWithdrawn is of a story that is withdrawn; see [Withdrawn].
	RemovedWithdrawn RemovalKind = "withdrawn"
	// RemovedLeft is of a story that changed, and is not among those that were asked
	// for any more.
	RemovedLeft RemovalKind = "left"
	// RemovedCaptures is of captures that the archive has no more: deleted, or older
	// than they are to be kept.
	RemovedCaptures RemovalKind = "captures"
)

// Removal is a story that has to go from a copy of the records, in which no new
// record tells of it. Of one that was taken down nothing is said that who never
// had it could learn from.
type Removal struct {
	StoryID string      `json:"storyId"`
	Why     RemovalKind `json:"why"`
	// At is when it was taken down, absent where that was not noted yet, when its
	// page was found gone, or when the revision was fetched that it left with.
	At time.Time `json:"at,omitzero"`
	// Before is the first row of a story that was taken down and is there again, or
	// the row that a story left with: what has a lower one has to go. Absent where all
	// has to.
	Before int64 `json:"before,omitempty"`
	// ArticleID and URL are those of the last revision of a story that is withdrawn.
	ArticleID string `json:"articleId,omitempty"`
	URL       string `json:"url,omitempty"`
}

// CaptureGap is rows of captures that have to go from a copy, From and To among
// them.
type CaptureGap struct {
	From int64 `json:"fromRow"`
	To   int64 `json:"toRow"`
}
