package stage

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// Losses tells captures that can never be read again from those that cannot be
// read for now. It is safe for use by several goroutines.
type Losses struct {
	rows  *store.Store
	files *archive.Archive

	mu sync.Mutex
	// looked is when it was last looked which files are missing: missing says of
	// each whether it is lost for good, unsure why that cannot be told.
	looked  time.Time
	missing map[string]bool
	unsure  error
}

// NewLosses is for the captures of an archive.
func NewLosses(rows *store.Store, files *archive.Archive) *Losses {
	return &Losses{rows: rows, files: files}
}

// Judge is told why a capture could not be read. What it gives is a permanent
// [news.Fault] where it never will be, and else what is waited for.
func (l *Losses) Judge(ctx context.Context, c news.Capture, err error) error {
	if damage, ok := errors.AsType[*archive.DamagedFile](err); ok {
		return lostFor(news.Malformed, fmt.Errorf("the archive's %w: bring the file back as it was, then replay what cannot be read", damage))
	}
	if none, ok := errors.AsType[*archive.NoFile](err); ok {
		if unsure := l.lost(ctx, none.Name); unsure != nil {
			return fmt.Errorf("%w: %w", err, unsure)
		}
		return lostFor(news.NotArchived, fmt.Errorf("the archive lost its file %s: bring it back, then replay what was in it (%w)", none.Name, none.Err))
	}
	if errors.Is(err, store.ErrNotFound) && c.RefersTo != "" {
		if _, gone := l.rows.FindCapture(ctx, c.CaptureID); gone == nil { // it is the other that is not there
			return lostFor(news.NotArchived, fmt.Errorf("the archive lost the capture %s, which has the body: bring back its file, then \"copydesk archive reindex\", and replay", c.RefersTo))
		}
	}
	return err
}

func lostFor(reason news.Reason, why error) *news.Fault {
	return &news.Fault{Kind: news.Permanent, Reason: reason, Err: why}
}

// lookEvery is how long is believed what was found to be missing.
const lookEvery = 5 * time.Second

// lost is nil for a file that is lost for good. Else it says what is to be done.
func (l *Losses) lost(ctx context.Context, file string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.missing[file]; time.Since(l.looked) > lookEvery || !known && l.unsure == nil {
		l.missing, l.unsure = l.look(ctx, file)
		l.looked = time.Now()
	}
	if err := ctx.Err(); err != nil {
		l.looked = time.Time{}
		return err
	}
	switch lost, missing := l.missing[file]; {
	case l.unsure != nil:
		return l.unsure
	case !missing:
		return errors.New("it is there, or comes to be")
	case !lost:
		return errors.New("the archive's folder has no index of it either, and is taken as not mounted: if the file is lost for good, \"copydesk archive reindex --lost\" forgets what was in it")
	}
	return nil
}

// look finds out which files of the archive are missing.
func (l *Losses) look(ctx context.Context, file string) (missing map[string]bool, err error) {
	noted, err := l.rows.Segments(ctx)
	if err != nil {
		return nil, err
	}
	known := []string{file}
	for _, s := range noted {
		away := s.State == store.SegmentUploaded && l.files.Vault == nil
		switch {
		case s.Name == file && away:
			return nil, errors.New("it was brought to an S3 store: give the settings of that again")
		case s.Name != file && !away && s.State != store.SegmentReplaced:
			known = append(known, s.Name)
		}
	}
	return l.files.Missing(ctx, known)
}
