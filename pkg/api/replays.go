package api

import (
	"github.com/copydesk/copydesk/pkg/store"
)

// The verbs of replays. The indexer answers them.
const (
	RunsReplay = "runs.replay" // ReplayRequest → store.RunState
	RunsCancel = "runs.cancel" // RunRequest → nothing
	RunsDrop   = "runs.drop"   // RunRequest → nothing
)

// ReplayRequest begins a replay of the captures that there are now, or goes on
// with it.
type ReplayRequest struct {
	Name     string               `json:"name"`
	Question store.ReplayQuestion `json:"question"`
}

// RunRequest names a run.
type RunRequest struct {
	Name string `json:"name"`
}
