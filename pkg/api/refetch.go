package api

import "github.com/copydesk/copydesk/pkg/frontier"

// Refetch is the verb that has pages fetched again: RefetchRequest →
// RefetchReply. The fetcher that has the frontier answers it.
const Refetch = "refetch"

// RefetchRequest names URLs, at most [AddLimit], or a site.
type RefetchRequest struct {
	URLs []string `json:"urls,omitempty"`
	// Site is a registrable domain, such as "news.example": all its pages that
	// were had, so many at a time.
	Site string `json:"site,omitempty"`
	// After is the Next of the answer before, 0 at first.
	After int64 `json:"after,omitempty"`
	// Whole has pages asked for as if nothing were known of them.
	Whole bool `json:"whole,omitempty"`
}

// RefetchReply comes when the new visits are on disk.
type RefetchReply struct {
	Answers []frontier.Again `json:"answers"`
	// Next is not 0 where the site has more pages.
	Next int64 `json:"next,omitempty"`
}
