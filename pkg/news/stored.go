package news

import "time"

// Stored is a record as it is shown to people: the article and what only the
// indexer can know of it.
type Stored struct {
	Article
	// Version counts the revisions of the story in the order of their capture,
	// from 1. A late page moves the versions after it up by one.
	Version int `json:"version"`
	// Versions is the number of revisions of the story.
	Versions int `json:"versions"`
	// FirstSeen is when the story's first capture was fetched.
	FirstSeen time.Time `json:"firstSeen"`
	// LastSeen is when its last capture was fetched, changed or not.
	LastSeen time.Time `json:"lastSeen"`
	// WithdrawnAt is when its page was found gone; see [Withdrawn].
	WithdrawnAt time.Time `json:"withdrawnAt,omitzero"`
}

// StoredRow is a revision with its row number and all that is known of it: one
// line of an export.
type StoredRow struct {
	Number int64 `json:"row"`
	// Latest says that this is the revision that the story is at now.
	Latest bool `json:"latest"`
	Stored
}

// Row is one revision under the number that the indexer gave it. Numbers only
// grow, so that whoever follows the rows needs to remember one.
type Row struct {
	Number int64 `json:"row"`
	// Latest says that this is the revision that the story is at now.
	Latest bool `json:"latest"`
	// Article has the StoryID that it is kept under.
	Article *Article `json:"article"`
}
