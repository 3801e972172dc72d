package api

import "github.com/copydesk/copydesk/pkg/frontier"

// The verbs about sources, all answered by the fetcher that has the frontier.
const (
	SourcesAdd    = "sources.add"    // SourcesAddRequest → SourcesAddReply
	SourcesList   = "sources.list"   // SourcesListRequest → SourcesListReply
	SourcesRemove = "sources.remove" // SourceRequest → nothing
	SourcesPause  = "sources.pause"  // SourceRequest → nothing
	SourcesResume = "sources.resume" // SourceRequest → nothing
)

// SourcesAddRequest has sources polled, at most [AddLimit].
type SourcesAddRequest struct {
	Sources []frontier.SourceRequest `json:"sources"`
}

// SourcesAddReply comes when all sources are on disk, before they are read.
type SourcesAddReply struct {
	Answers []frontier.SourceAnswer `json:"answers"`
}

// SourcesListRequest asks for one source, or for all behind an address, in the
// order of their addresses.
type SourcesListRequest struct {
	URL   string `json:"url,omitempty"`
	After string `json:"after,omitempty"`
	Limit int    `json:"limit,omitempty"`
}

// SourcesListReply holds sources.
type SourcesListReply struct {
	Sources []frontier.Source `json:"sources"`
	// More says that there are others after the last.
	More bool `json:"more,omitempty"`
}

// SourceRequest names a source. What is done to it is done to all that it led
// to.
type SourceRequest struct {
	URL string `json:"url"`
}
