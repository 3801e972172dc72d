package search

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// Index is an open search index. Its methods may be called at the same time.
//
// Its folder holds the index as a generation, a folder of its own that the file
// "current" names; a rebuild makes the next generation beside it.
type Index struct {
	dir    string
	lock   io.Closer
	opened Opened

	feeding    sync.Mutex // held while rows are taken in
	rebuilding sync.Mutex // held during a rebuild

	answering sync.RWMutex // held for reading while current is used
	current   generation
	closed    bool
}

// Opened says what [Open] found.
type Opened struct {
	// Fresh says that the index is empty: it was made, or made again.
	Fresh bool
	// SetAside is the folder that an unusable index was moved to, "" for none,
	// and Why is what was wrong with it. The next unusable one takes its place.
	SetAside string
	Why      error
}

// Open opens the index in dir or makes it. One that is damaged or of another
// layout is set aside and an empty one made, which [Index.CatchUp] fills;
// [Index.Opened] tells. For an index in use it returns [ErrInUse] at once.
func Open(dir string) (*Index, error) {
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("open search index %s: %w", dir, err)
	}
	x := &Index{dir: dir, lock: lock}
	if err := x.open(); err != nil {
		return nil, fmt.Errorf("open search index %s: %w", dir, errors.Join(err, lock.Close()))
	}
	return x, nil
}

func (x *Index) open() error {
	name, err := x.currentName()
	if err != nil {
		return err
	}
	if name != "" {
		x.current, err = openGeneration(x.path(name))
		switch {
		case err == nil:
			return x.sweep(name)
		case !isUnusable(err):
			return err
		}
		x.opened.Why = err
		if x.opened.SetAside, err = x.setAside(name); err != nil {
			return err
		}
	}
	x.opened.Fresh = true
	if name, err = x.nextName(); err != nil {
		return err
	}
	if x.current, err = newGeneration(x.path(name)); err != nil {
		return err
	}
	if err := errors.Join(x.setCurrent(name), x.sweep(name)); err != nil {
		return errors.Join(err, x.current.Close())
	}
	return nil
}

// Opened says what was found when the index was opened.
func (x *Index) Opened() Opened { return x.opened }

// errClosed is returned for work on a closed index.
var errClosed = errors.New("the search index is closed")

// Close waits for searches and batches under way and closes the index. Closing
// it again does nothing.
func (x *Index) Close() error {
	x.feeding.Lock()
	defer x.feeding.Unlock()
	x.answering.Lock()
	defer x.answering.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return errors.Join(x.current.Close(), x.lock.Close())
}

// Applied is the number of the last row that the index has taken in, 0 where
// it has taken none.
func (x *Index) Applied() (int64, error) {
	x.answering.RLock()
	defer x.answering.RUnlock()
	return x.current.applied()
}
