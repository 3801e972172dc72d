package stage

import (
	"context"
	"fmt"
	"sync"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stream"
)

// runSets are the site rules that runs bring, ready to be used.
type runSets struct {
	mu sync.Mutex
	// last are those used last, the very last at the end.
	last []runSet
}

type runSet struct {
	run news.Run
	set *siterules.Set
}

// mostRunSets is how many are kept: runs come one after another, or a few at a
// time.
const mostRunSets = 4

// of gives the rules of a run that brings some. Who cannot have them cannot
// extract a page of it.
func (s *runSets) of(ctx context.Context, conn *stream.Conn, run news.Run) (*siterules.Set, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, known := range s.last {
		if known.run == run {
			s.last = append(append(s.last[:i:i], s.last[i+1:]...), known)
			return known.set, nil
		}
	}
	text, err := conn.RunRules(ctx, run)
	if err != nil {
		return nil, err
	}
	set, err := siterules.Parse("site rules of run "+run.Name, text)
	if err != nil {
		return nil, fmt.Errorf("the run was begun by a newer build: %w", err)
	}
	if set.Digest() != run.Rules {
		return nil, fmt.Errorf("site rules of run %s: they are %s, the run began with %s", run.Name, set.Digest(), run.Rules)
	}
	s.last = append(s.last[max(0, len(s.last)+1-mostRunSets):], runSet{run, set})
	return set, nil
}
