// Package api holds the questions that a running desk answers over its broker,
// and the answers. Each verb is a subject, news.v1.api.<verb>; a question and
// an answer are JSON.
//
// The command line asks nothing else, so whatever it can do, a program of yours
// can do with these types.
package api

import (
	"encoding/json"
	"time"

	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// The verbs. The fetcher that has the frontier answers Add, Refetch and
// those of sources.go, the indexer all others but the status of other services.
const (
	Add       = "add"        // AddRequest → AddReply
	Search    = "search"     // SearchRequest → SearchReply
	Show      = "show"       // ShowRequest → a Piece of news.Stored
	Journey   = "journey"    // JourneyRequest → JourneyReply
	Export    = "export"     // ExportRequest → a Piece of ExportReply
	Reindex   = "reindex"    // ReindexRequest → ReindexReply
	DeadList  = "dead.list"  // DeadListRequest → DeadListReply
	DeadShow  = "dead.show"  // DeadShowRequest → a Piece of stream.DeadMessage
	DeadRetry = "dead.retry" // DeadRequest → nothing
	DeadDrop  = "dead.drop"  // DeadRequest → nothing
)

// Status is the verb that a service answers about itself: Status("fetcher"). Of
// fetchers only the one that has the frontier answers.
func Status(service string) string { return "status." + service }

// AddLimit is the most URLs in one [AddRequest].
const AddLimit = 1000

// AddRequest gives URLs to the desk.
type AddRequest struct {
	URLs []frontier.Request `json:"urls"`
}

// AddReply comes when all URLs are on disk.
type AddReply struct {
	Answers []frontier.Answer `json:"answers"`
}

// SearchRequest asks for articles; the language of Query is that of
// [search.Parse].
type SearchRequest struct {
	Query  string       `json:"query"`
	Limit  int          `json:"limit"`
	Offset int          `json:"offset,omitempty"`
	Sort   search.Order `json:"sort,omitempty"`
}

// SearchReply holds one page of what was found.
type SearchReply struct {
	Total uint64        `json:"total"`
	Took  time.Duration `json:"tookNs"`
	Hits  []Hit         `json:"hits"`
}

// Hit is one article found.
type Hit struct {
	StoryID       string     `json:"storyId"`
	Score         float64    `json:"score"`
	Headline      string     `json:"headline"`
	URL           string     `json:"url,omitempty"`
	Site          string     `json:"site,omitempty"`
	Language      string     `json:"language"`
	DatePublished *news.Date `json:"datePublished,omitempty"`
	// Snippet is a part of the text in which the matches are marked.
	Snippet search.Snippet `json:"snippet,omitzero"`
}

// ShowRequest asks for a record; see [store.Store.Story].
type ShowRequest struct {
	Key     string `json:"key"`
	Version int    `json:"version,omitempty"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// JourneyRequest asks what became of a URL.
type JourneyRequest struct {
	URL string `json:"url"`
}

// JourneyReply holds the visits to a URL, and when what they brought was deleted.
type JourneyReply struct {
	Visits  []store.Visit   `json:"visits"`
	Deleted *store.Deletion `json:"deleted,omitempty"`
}

// ExportRequest asks for records in the order of their rows.
type ExportRequest struct {
	// After is the row to begin behind.
	After int64 `json:"after,omitempty"`
	// Query leaves out what it does not find; its language is that of
	// [search.Parse].
	Query string `json:"query,omitempty"`
	// Site leaves out those of other sites, as the filter site: of Query does.
	Site string `json:"site,omitempty"`
	// Since and Until bound the time of the fetch: Since is in it, Until is not.
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Revisions asks for all revisions of a story, not only the newest.
	Revisions bool `json:"revisions,omitempty"`
	// Captures asks for what is in the archive instead of articles. It knows no
	// Query.
	Captures bool `json:"captures,omitempty"`
	// Removed asks for what has to go from a copy of the records instead of them, of
	// the whole desk: After is then the Row of the reply before. [news.RemovedLeft] asks
	// for the stories that changed after the row After and that Query, Site, Since and
	// Until leave out now.
	Removed news.RemovalKind `json:"removed,omitempty"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// ExportReply holds the next records.
type ExportReply struct {
	// Records are each a [news.StoredRow], or a [news.CaptureRow] where captures
	// were asked for; of what was removed a [news.Removal] or a [news.CaptureGap].
	Records []json.RawMessage `json:"records,omitempty"`
	// Row is the last row that was looked at: the After of the next request.
	Row int64 `json:"row"`
	// LastRow is the highest row that there is. Where Row is that, all was seen.
	LastRow int64 `json:"lastRow"`
	// Removed is as it was asked for: a desk that knows nothing of it has records.
	Removed news.RemovalKind `json:"removed,omitempty"`
}

// ReindexRequest asks how far the new search index is, and begins it if wanted
// and none is being built.
type ReindexRequest struct {
	Begin bool `json:"begin,omitempty"`
}

// ReindexReply tells how far the new search index is.
type ReindexReply struct {
	Running bool `json:"running"`
	// Begun is when it was begun; it tells one from the next. It is zero where
	// none was since the indexer started.
	Begun time.Time `json:"begun,omitzero"`
	Row   int64     `json:"row"`
	Rows  int64     `json:"rows"`
	Error string    `json:"error,omitempty"`
}

// DeadListRequest asks for dead messages after a sequence number.
type DeadListRequest struct {
	After uint64 `json:"after,omitempty"`
	Limit int    `json:"limit"`
}

// DeadListReply holds dead messages, oldest first, without their headers and
// payloads.
type DeadListReply struct {
	Messages []stream.DeadMessage `json:"messages"`
	// More says that there are others after the last.
	More bool `json:"more,omitempty"`
}

// DeadShowRequest asks for a dead message with its headers and payload.
type DeadShowRequest struct {
	Sequence uint64 `json:"sequence"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// DeadRequest names a dead message by its sequence number.
type DeadRequest struct {
	Sequence uint64 `json:"sequence"`
}

// StatusReply is what one service says of itself.
type StatusReply struct {
	Service   string        `json:"service"`
	Version   string        `json:"version"`
	Build     string        `json:"build,omitempty"` // the program's bytes, see version.Build
	Host      string        `json:"host"`            // the machine's name
	PID       int           `json:"pid"`
	StartedAt time.Time     `json:"startedAt"`
	Ready     bool          `json:"ready"`
	Parts     []health.Part `json:"parts"`
	// Disk is the room on the disk of the service's files, of those that keep
	// any.
	Disk *Disk `json:"disk,omitempty"`
	// Frontier is the fetcher's.
	Frontier *frontier.Counts `json:"frontier,omitempty"`
	// Slow are the fetcher's hosts that keep URLs waiting longest.
	Slow []frontier.Slow `json:"slow,omitempty"`
	// Sources are the fetcher's.
	Sources *frontier.SourceCounts `json:"sources,omitempty"`
	// Rules are the extractor's.
	Rules *RulesStatus `json:"rules,omitempty"`
	// Extraction is what the extractor writes into its records now, but for the
	// rule that holds.
	Extraction *news.Extraction `json:"extraction,omitempty"`
	// Index is the indexer's.
	Index *IndexStatus `json:"index,omitempty"`
	// Archive is the indexer's, absent where it keeps none.
	Archive *ArchiveStatus `json:"archive,omitempty"`
}

// RulesStatus is which site rules hold.
type RulesStatus struct {
	// Digest is empty where there is no file of them.
	Digest string `json:"digest,omitempty"`
	Count  int    `json:"count"`
	// Agencies are how many the file adds, or adds names to.
	Agencies int `json:"agencies,omitempty"`
	// Problem is why the file as it is now was not taken; those from before go
	// on.
	Problem string `json:"problem,omitempty"`
}

// Disk is the room on the disk of a data folder, in bytes.
type Disk struct {
	Folder string `json:"folder"`
	datafolder.Space
}

// IndexStatus is how many rows there are, what came in of late, and how far
// search follows.
type IndexStatus struct {
	store.Counts
	Activity    store.Activity `json:"activity"`
	LastRow     int64          `json:"lastRow"`
	SearchedRow int64          `json:"searchedRow"`
	// Runs are the last that were begun, the newest at the end; with Outcomes those
	// that are imports and not too large to count.
	Runs []store.RunState `json:"runs,omitempty"`
}

// ArchiveStatus is how much is in the archive.
type ArchiveStatus struct {
	store.CaptureCounts
	// Segments is the number of its files, Bytes their size together.
	Segments int   `json:"segments"`
	Bytes    int64 `json:"bytes"`
	// Disk is the room on its disk, which may be another than that of the data
	// folder.
	Disk *Disk `json:"disk,omitempty"`
	// Vault is absent where closed files stay in the data folder.
	Vault *VaultStatus `json:"vault,omitempty"`
}

// VaultStatus is where closed files of the archive are brought, and what of it
// is still to be.
type VaultStatus struct {
	Address string `json:"address"`
	// Waiting is the number of closed files in the data folder, WaitingBytes
	// their size together, WaitingSince when the first of them was closed.
	Waiting      int       `json:"waiting"`
	WaitingBytes int64     `json:"waitingBytes"`
	WaitingSince time.Time `json:"waitingSince,omitzero"`
	// Problem is why they cannot be brought away now.
	Problem string `json:"problem,omitempty"`
}
