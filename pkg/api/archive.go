package api

import (
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// The verbs of the archive. The indexer answers them.
const (
	ArchiveList  = "archive.list"  // ArchiveListRequest → a Piece of ArchiveListReply
	ArchiveGet   = "archive.get"   // ArchiveGetRequest → a Piece of ArchiveGetReply
	ArchiveBegin = "archive.begin" // ArchiveTask → ArchiveJob
	ArchiveState = "archive.state" // nothing → ArchiveJob
	ArchiveWould = "archive.would" // ArchiveWouldRequest → a Piece of store.Takedown
)

// ArchiveListLimit is the most captures in one answer.
const ArchiveListLimit = 1000

// ArchiveListRequest asks for captures in the order of their time. What is zero
// chooses nothing.
type ArchiveListRequest struct {
	// URL is an address that answered, or that was asked for and led elsewhere; a
	// story's own address names all captures of the story.
	URL  string `json:"url,omitempty"`
	Site string `json:"site,omitempty"`
	// From and Until bound the time of the fetch: From is in it, Until is not.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// After is the last capture of the answer before.
	After *news.Capture `json:"after,omitempty"`
	Limit int           `json:"limit"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// ArchiveListReply holds captures.
type ArchiveListReply struct {
	Captures []news.Capture `json:"captures"`
	// More says that there are others after the last.
	More bool `json:"more,omitempty"`
}

// ArchiveGetRequest asks for a page as it came.
type ArchiveGetRequest struct {
	// URL is as in [ArchiveListRequest]. Of its captures the last is given that
	// was fetched at At or before; with a zero At the last of all.
	URL string    `json:"url"`
	At  time.Time `json:"at,omitzero"`
	// Record asks for the capture's main record instead of the page.
	Record bool `json:"record,omitempty"`
	// Indexed asks for what the index has of it too.
	Indexed bool `json:"indexed,omitempty"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// ArchiveGetReply holds a page with its body as received, or a WARC record.
type ArchiveGetReply struct {
	Capture news.Capture `json:"capture"`
	Page    *news.Page   `json:"page,omitempty"`
	Body    []byte       `json:"body,omitempty"`
	Record  []byte       `json:"record,omitempty"`
	// Indexed is what the index has of it, where that was asked for.
	Indexed store.Made `json:"indexed,omitzero"`
}

// ArchiveWork is what may be done with the archive as a whole. It takes its time,
// and one is done at a time.
type ArchiveWork string

// The works.
const (
	ArchiveVerify  ArchiveWork = "verify"  // prove that all of it is whole
	ArchiveReindex ArchiveWork = "reindex" // make its rows anew of its files
	ArchiveDelete  ArchiveWork = "delete"  // take a page out of it, and its story out of the desk
	ArchiveExpire  ArchiveWork = "expire"  // take out what is older than it is to be kept
)

// ArchiveWouldRequest asks what would go if an address were deleted.
type ArchiveWouldRequest struct {
	URL string `json:"url"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// ArchiveTask begins a work. If the very same is being done, it goes on.
type ArchiveTask struct {
	Work ArchiveWork `json:"work"`
	// URL and Reason are those of a deletion.
	URL    string `json:"url,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Lost says, of a reindex, that the files that are missing are lost, many as
	// they may be.
	Lost bool `json:"lost,omitempty"`
	// DryRun only counts what would expire.
	DryRun bool `json:"dryRun,omitempty"`
}

// ArchiveJob tells how far a work is, or how the last one ended.
type ArchiveJob struct {
	ArchiveTask
	Running bool `json:"running"`
	// Begun is when it was begun; it tells one from the next. It is zero where
	// none was since the indexer started.
	Begun time.Time `json:"begun,omitzero"`
	// Files are those of the archive that are to be read, Done those that were.
	Files int `json:"files"`
	Done  int `json:"done"`
	// Captures, Records and Bytes, of bodies, are what was read.
	Captures int   `json:"captures"`
	Records  int   `json:"records,omitempty"`
	Bytes    int64 `json:"bytes,omitempty"`
	// Changed counts the captures whose rows were put right, Indexes the index
	// files that were written anew.
	Changed int `json:"changed,omitempty"`
	Indexes int `json:"indexes,omitempty"`
	// Deleted is what was deleted, Expired what expired.
	Deleted *ArchiveDeleted `json:"deleted,omitempty"`
	Expired *store.Expired  `json:"expired,omitempty"`
	// Found counts what is not as it should be; Findings are the first of it.
	Found    int              `json:"found"`
	Findings []ArchiveFinding `json:"findings,omitempty"`
	// Error is why it ended before it was done.
	Error string `json:"error,omitempty"`
}

// ArchiveDeleted counts what was deleted.
type ArchiveDeleted struct {
	Captures int `json:"captures"`
	// Elsewhere are captures of other addresses that had the very body of one.
	Elsewhere int    `json:"elsewhere,omitempty"`
	StoryID   string `json:"storyId,omitempty"`
	Revisions int    `json:"revisions,omitempty"`
}

// ArchiveFindings is the most of what is found that is told.
const ArchiveFindings = 200

// ArchiveFinding is something in the archive that is not as it should be.
type ArchiveFinding struct {
	File string `json:"file"`
	// Offset is where, in bytes.
	Offset    int64  `json:"offset,omitempty"`
	CaptureID string `json:"captureId,omitempty"`
	Problem   string `json:"problem"`
}
