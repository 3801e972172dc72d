package api

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// The verbs of replays. The indexer answers them.
const (
	RunsReplay  = "runs.replay"  // ReplayRequest → store.RunState
	RunsCompare = "runs.compare" // CompareRequest → a Piece of CompareReply
	RunsPromote = "runs.promote" // PromoteRequest → PromoteReply
	RunsCancel  = "runs.cancel"  // RunRequest → nothing
	RunsResume  = "runs.resume"  // RunRequest → nothing
	RunsDrop    = "runs.drop"    // RunRequest → nothing

	// Of a replay whose records are made beside the desk:
	RunsTake = "runs.take" // TakeRequest → TakeReply
	RunsPage = "runs.page" // PageRequest → a Piece of PageReply
	RunsPut  = "runs.put"  // PutRequest → nothing
)

// TheIndex is what a replay is compared with that is compared with no other, and
// so no replay's name.
const TheIndex = "index"

// ReplayRequest begins a replay of the captures that there are now, or goes on
// with it.
type ReplayRequest struct {
	Name     string               `json:"name"`
	Question store.ReplayQuestion `json:"question"`
	// Rules is the text of the site rules that it is extracted with, of at most
	// [RulesLimit] bytes. NoRules has it extracted without any. With neither those of
	// the extractors hold.
	Rules   []byte `json:"rules,omitempty"`
	NoRules bool   `json:"noRules,omitempty"`
	// Extractor makes the records beside the desk; with none the desk's own does.
	Extractor *store.Maker `json:"extractor,omitempty"`
}

// RulesLimit is the most bytes of site rules that a replay may bring: they travel
// in one message.
const RulesLimit = 512 << 10

// TakeRequest asks for captures of a replay that have no result.
type TakeRequest struct {
	Run string `json:"run"`
	// After is the number of the last that was given.
	After int64 `json:"after,omitempty"`
}

// TakeReply holds captures to extract, and none at the end. Run tells how far it is.
type TakeReply struct {
	Captures []string `json:"captures,omitempty"`
	// Number is the last capture that was given: the After of the next request.
	Number int64          `json:"number"`
	Run    store.RunState `json:"run"`
}

// PageRequest asks for a capture's page as it came.
type PageRequest struct {
	CaptureID string `json:"captureId"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// PageReply holds the page, or where the archive cannot give it the result of the
// capture.
type PageReply struct {
	Page *news.Page `json:"page,omitempty"`
	Body []byte     `json:"body,omitempty"`
	Lost *RunResult `json:"lost,omitempty"`
}

// PutRequest brings results of a replay. They have to fit into one message.
type PutRequest struct {
	Run     news.Run    `json:"run"`
	Results []RunResult `json:"results"`
}

// RunResult is what was made of one capture.
type RunResult struct {
	CaptureID string       `json:"captureId"`
	Outcome   news.Outcome `json:"outcome"`
	Reason    news.Reason  `json:"reason,omitempty"`
	Detail    string       `json:"detail,omitempty"`
	// Record is the article's JSON in zstd, absent where there is none.
	Record []byte `json:"record,omitempty"`
}

// RunRequest names a run.
type RunRequest struct {
	Name string `json:"name"`
}

// CompareRequest asks what a replay made of its captures, beside what another
// replay made of them, or the index has of them.
type CompareRequest struct {
	Run string `json:"run"`
	// Against is the other replay; empty for the index.
	Against string `json:"against,omitempty"`
	// After is the number of the last capture that was seen.
	After int64 `json:"after,omitempty"`
	// Offset is where the wanted [Piece] begins.
	Offset int `json:"offset,omitempty"`
}

// CompareReply holds the next captures of a replay. Those are given that differ;
// the others are counted.
type CompareReply struct {
	Differing []store.Comparison `json:"differing,omitempty"`
	// Same are captures whose articles say the same, Neither those with an article
	// on neither side, Undone those without a result in one of the replays.
	Same    int `json:"same"`
	Neither int `json:"neither"`
	Undone  int `json:"undone"`
	// Number is the last capture that was looked at: the After of the next request.
	Number int64 `json:"number"`
	// More says that there are others after it.
	More bool `json:"more,omitempty"`
}

// PromoteRequest publishes articles of a replay that differ from what the index
// has, as new revisions.
type PromoteRequest struct {
	Run string `json:"run"`
	// Sites and Fields leave only articles of one of these sites, that differ in one
	// of these fields; all where there are none.
	Sites  []string `json:"sites,omitempty"`
	Fields []string `json:"fields,omitempty"`
	// Lost withdraws the stories of captures that the replay found to be no article.
	Lost bool `json:"lost,omitempty"`
	// DryRun only tells what would be published.
	DryRun bool `json:"dryRun,omitempty"`
	// After is the number of the last capture that was seen.
	After int64 `json:"after,omitempty"`
}

// PromoteReply tells what became of the next captures of a replay.
type PromoteReply struct {
	Promoted int `json:"promoted"`
	// Skipped are articles that something speaks against.
	Skipped []SkippedArticle `json:"skipped,omitempty"`
	// Withdrawn are those that the replay has no more. Lost counts them where they
	// were not to be withdrawn: they stay as they are.
	Withdrawn []LostArticle `json:"withdrawn,omitempty"`
	Lost      int           `json:"lost"`
	// Unended counts the captures that a replay which was cancelled has no result of.
	Unended int64 `json:"unended,omitempty"`
	// Number is the last capture that was looked at: the After of the next request.
	Number int64 `json:"number"`
	// More says that there are others after it.
	More bool `json:"more,omitempty"`
	// Waits says that nothing was looked at yet: another promotion is at work, or the
	// index has yet to read what was published before.
	Waits bool `json:"waits,omitempty"`
}

// LostArticle is one that is withdrawn, and why its page is none.
type LostArticle struct {
	StoryID  string      `json:"storyId"`
	URL      string      `json:"url,omitempty"`
	Headline string      `json:"headline"`
	Reason   news.Reason `json:"reason"`
}

// SkippedArticle is an article that is not promoted.
type SkippedArticle struct {
	StoryID  string          `json:"storyId"`
	URL      string          `json:"url,omitempty"`
	Headline string          `json:"headline"`
	Why      store.Objection `json:"why"`
}
