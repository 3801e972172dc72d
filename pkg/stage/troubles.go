package stage

import (
	"errors"
	"maps"
	"slices"
	"sync"
)

// troubles are what presently keeps a stage from its work, by the work.
type troubles struct {
	mu  sync.Mutex
	why map[string]error
}

// note remembers why the work cannot be done; nil where it can be.
func (t *troubles) note(work string, why error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if why == nil {
		delete(t.why, work)
		return
	}
	if t.why == nil {
		t.why = map[string]error{}
	}
	t.why[work] = why
}

// state is nil where there is no trouble.
func (t *troubles) state() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []error
	for _, work := range slices.Sorted(maps.Keys(t.why)) {
		all = append(all, t.why[work])
	}
	return errors.Join(all...)
}
