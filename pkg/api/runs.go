package api

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// The verbs of runs. The indexer answers them.
const (
	RunsBegin = "runs.begin" // RunsBeginRequest → nothing
	RunsList  = "runs.list"  // RunsListRequest → RunsListReply
)

// RunsBeginRequest begins a run, or goes on with it.
type RunsBeginRequest struct {
	Run news.Run `json:"run"`
	// Sending says that there is more to be sent of an import. Who says so says
	// without, later, that it has sent all.
	Sending bool `json:"sending,omitempty"`
}

// RunsListRequest asks for all runs, or for one by its name.
type RunsListRequest struct {
	Name string `json:"name,omitempty"`
}

// RunsListReply tells how far runs are; of one that was asked for by its name
// also what became of its pages.
type RunsListReply struct {
	Runs []store.RunState `json:"runs"`
}
