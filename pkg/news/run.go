package news

import (
	"fmt"
	"time"
)

// Run is a piece of work over many pages of the archive: an import of other
// people's pages, or a replay of our own.
type Run struct {
	Name string  `json:"name"`
	Kind RunKind `json:"kind"`
	// Publish says that the articles that come out are news: they go to ARTICLE.
	Publish bool `json:"publish,omitempty"`
	// BegunAt is when it was begun.
	BegunAt time.Time `json:"begunAt,omitzero"`
	// Rules is the digest of the site rules that the run brings, or [NoRules]
	// where it is extracted without; empty where the extractors' own hold.
	Rules string `json:"rules,omitempty"`
}

// NoRules stands for no site rules, whatever the extractors have.
const NoRules = "off"

// BringsRules says that the run has site rules of its own.
func (r *Run) BringsRules() bool { return r != nil && r.Rules != "" && r.Rules != NoRules }

// RunKind is what a run is for.
type RunKind string

// The kinds of run.
const (
	// RunImport brings pages that we did not have; what is made of them is kept.
	RunImport RunKind = "import"
	// RunReplay extracts pages again; what is made of them waits to be looked at.
	RunReplay RunKind = "replay"
)

// maxRunName is the longest name of a run, in bytes.
const maxRunName = 64

// Check says whether the name can be one: it is a part of subjects and of names
// of files.
func (r Run) Check() error {
	if r.Kind != RunImport && r.Kind != RunReplay {
		return fmt.Errorf("a run of the kind %q: must be %s or %s", r.Kind, RunImport, RunReplay)
	}
	if len(r.Name) == 0 || len(r.Name) > maxRunName {
		return fmt.Errorf("the run's name %.80q: must have 1 to %d letters", r.Name, maxRunName)
	}
	for _, c := range r.Name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return fmt.Errorf("the run's name %q: must have small letters, digits, - and _ only", r.Name)
		}
	}
	return nil
}

// Replays says that what is made of a message is the replay's alone: it is no
// part of a page's journey. A message that belongs to no run has a nil one.
func (r *Run) Replays() bool { return r != nil && r.Kind == RunReplay }
