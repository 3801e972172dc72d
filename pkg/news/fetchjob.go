package news

import "time"

// FetchSchema names the version of [FetchJob] that this build writes.
const FetchSchema = "fetch/1"

// FetchJob asks a fetcher for one page, once.
type FetchJob struct {
	// Schema is always "fetch/1".
	Schema  string `json:"schema" jsonschema:"const=fetch/1"`
	VisitID string `json:"visitId" jsonschema:"pattern=^[0-9a-f]{32}$"`
	// URL is normalised.
	URL      string    `json:"url"`
	Site     string    `json:"site"`
	Priority Priority  `json:"priority"`
	AddedAt  time.Time `json:"addedAt"`
	Hints    Hints     `json:"hints,omitzero"`
	// Known is what the last capture of the page was told by. A page that is
	// still the same is not taken again.
	Known Validators `json:"known,omitzero"`
	// KnownCapture is that capture, empty where it is not known.
	KnownCapture string `json:"knownCapture,omitempty"`
}

// Priority orders fetches: smaller is sooner.
type Priority int

// The priorities.
const (
	Fresh    Priority = 0 // just discovered news
	Normal   Priority = 1 // asked for by a person
	Backfill Priority = 2 // old pages
)
