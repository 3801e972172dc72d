package stage

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Archiver keeps what visits brought in the archive, and notes in the rows where
// it is.
type Archiver struct {
	conn  *stream.Conn
	rows  *store.Store
	files *archive.Archive
	keeps store.Keep
	log   zerolog.Logger

	losses *Losses

	// caring is held by work on the whole archive: before keeping, where both are.
	caring sync.Mutex
	// expired is when was last looked for what is too old.
	expired time.Time
	// keeping is held while files and rows are changed together.
	keeping sync.Mutex
	// owed are captures that the archive has and the rows may not have.
	owed []news.Capture
	// segment is the last that was written.
	segment string

	closed   chan struct{} // wakes who brings closed files away
	fed      chan struct{} // wakes who hands captures of runs on
	troubles troubles
	vault    troubles
}

// NewArchiver makes an archiver of its parts.
func NewArchiver(conn *stream.Conn, rows *store.Store, files *archive.Archive, log zerolog.Logger) *Archiver {
	return &Archiver{
		conn: conn, rows: rows, files: files, log: log, losses: NewLosses(rows, files), owed: files.Recovered().Captures,
		closed: make(chan struct{}, 1), fed: make(chan struct{}, 1),
	}
}

// Keep has captures go that are older than that, once a day. It is called before
// Run.
func (a *Archiver) Keep(keep store.Keep) { a.keeps = keep }

// archiveBatch is how much is made safe with one flush of the disk.
var archiveBatch = stream.Batch{Size: 100, Wait: 200 * time.Millisecond, Bytes: 32 << 20}

// Run works until ctx ends and what is in hand is finished or handed back.
func (a *Archiver) Run(ctx context.Context) error {
	a.tellRecovery()
	pages := &clerk[stream.Captured]{work: "archive pages", put: a.keep, troubles: &a.troubles, log: a.log}
	group, ctx := errgroup.WithContext(ctx)
	batch := archiveBatch
	batch.Note = journeys{a.conn, a.rows, a.log}.note
	group.Go(func() error { return a.conn.ConsumeCaptures(ctx, batch, pages.commit) })
	group.Go(func() error { return a.tend(ctx) })
	group.Go(func() error { return a.feed(ctx) })
	return group.Wait()
}

// tellRecovery says what the archive found at its start.
func (a *Archiver) tellRecovery() {
	found := a.files.Recovered()
	for _, tail := range found.Tails {
		a.log.Warn().Str("file", tail.File).Int64("offset", tail.Offset).Int64("bytes", tail.Size).
			Msg("a crash left half a capture in the archive: it was cut off, and the page is archived anew")
	}
	for _, damage := range found.Damage {
		a.log.Error().Err(damage).Msg("the archive is damaged: what lies there cannot be read, the rest can")
	}
}

// keep archives a batch, and says what comes of what it cannot archive.
func (a *Archiver) keep(ctx context.Context, batch []*stream.Message[stream.Captured]) ([]error, error) {
	verdicts, err := a.keepAll(ctx, batch)
	if err == nil {
		a.judgeOrphans(ctx, batch, verdicts)
	}
	return verdicts, err
}

// keepAll archives a batch: the pages first, for others of the batch may be the
// same as they. What the rows have already was archived before.
func (a *Archiver) keepAll(ctx context.Context, batch []*stream.Message[stream.Captured]) ([]error, error) {
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return nil, err
	}
	verdicts := make([]error, len(batch))
	if err := a.keepPages(ctx, batch, verdicts); err != nil {
		return nil, err
	}
	if err := a.keepRevisits(ctx, batch, verdicts); err != nil {
		return nil, err
	}
	return verdicts, a.keepImports(ctx, batch, verdicts)
}

func (a *Archiver) keepPages(ctx context.Context, batch []*stream.Message[stream.Captured], verdicts []error) error {
	var ids, digests []string
	for _, m := range batch {
		if page := m.Value.Page; page != nil {
			ids, digests = append(ids, page.CaptureID), append(digests, page.Digest)
		}
	}
	held, err := a.rows.Holdings(ctx, ids, digests)
	if err != nil {
		return err
	}
	var entries []archive.Entry
	for i, m := range batch {
		page := m.Value.Page
		if page == nil || !isNew(held, page.CaptureID) {
			continue
		}
		down, err := a.rows.TakenDown(ctx, page)
		if err != nil {
			return err
		}
		if down {
			verdicts[i] = errTakenDown
			continue
		}
		entries = append(entries, archive.Entry{Page: page, Same: bodyOf(held, page.Digest)})
	}
	return a.append(ctx, entries)
}

// keepRevisits archives what is as it was, and says which cannot be.
func (a *Archiver) keepRevisits(ctx context.Context, batch []*stream.Message[stream.Captured], verdicts []error) error {
	var ids, digests []string
	for _, m := range batch {
		if r := m.Value.Revisit; r != nil {
			ids, digests = append(ids, r.Page.CaptureID, r.SameAs), append(digests, r.Digest)
		}
	}
	held, err := a.rows.Holdings(ctx, ids, digests)
	if err != nil {
		return err
	}
	var entries []archive.Entry
	for i, m := range batch {
		r := m.Value.Revisit
		if r == nil || !isNew(held, r.Page.CaptureID) {
			continue
		}
		down, err := a.rows.TakenDown(ctx, &r.Page)
		if err != nil {
			return err
		}
		if down {
			verdicts[i] = errTakenDown
			continue
		}
		same, err := a.original(ctx, held, r)
		if errors.Is(err, store.ErrNotFound) {
			verdicts[i] = notArchived(m, r)
			continue
		}
		if err != nil {
			return err
		}
		entries = append(entries, archive.Entry{Page: &r.Page, Same: &same})
	}
	return a.append(ctx, entries)
}

// isNew says of a capture that it is not held, and holds it.
func isNew(held store.Holdings, captureID string) bool {
	_, known := held.Known[captureID]
	held.Known[captureID] = news.Capture{CaptureID: captureID}
	return !known
}

// bodyOf is the capture that has a body, nil where none does. That a page has
// none need not be said by another.
func bodyOf(held store.Holdings, digest string) *news.Capture {
	if c, ok := held.Bodies[digest]; ok && c.Length > 0 {
		return &c
	}
	return nil
}

// original is the capture that has the body of a revisit, or
// [store.ErrNotFound].
func (a *Archiver) original(ctx context.Context, held store.Holdings, r *news.Revisit) (news.Capture, error) {
	if c, ok := held.Bodies[r.Digest]; ok {
		return c, nil
	}
	c, ok := held.Known[r.SameAs]
	switch {
	case !ok || c.RecordID == "":
		return news.Capture{}, store.ErrNotFound
	case c.RefersTo != "":
		return a.rows.FindCapture(ctx, c.RefersTo)
	}
	return c, nil
}

// notArchived is the verdict on a page that is the same as nothing that the
// archive has. That may still be on its way. The death of a worker was an attempt too,
// and no wait.
func notArchived(m *stream.Message[stream.Captured], r *news.Revisit) error {
	fault := &news.Fault{Kind: news.Skip, Reason: news.NotArchived, Err: fmt.Errorf("the archive has no capture %q and no body %q", r.SameAs, r.Digest)}
	if m.Attempt == 1 || m.Alone {
		fault.Kind = news.Temporary
	}
	return fault
}

// append archives entries and puts their rows.
func (a *Archiver) append(ctx context.Context, entries []archive.Entry) error {
	captures, err := a.files.Append(ctx, entries)
	if bad, ok := errors.AsType[*archive.BadEntry](err); ok {
		return &news.Fault{Kind: news.Permanent, Reason: news.Malformed, Err: bad}
	}
	if err != nil && ctx.Err() == nil {
		return &outOfOrder{err}
	}
	if err != nil {
		return err
	}
	a.owed = append(a.owed, captures...)
	return a.settle(ctx)
}

// settle puts the rows of what the archive has, before anything else is archived.
func (a *Archiver) settle(ctx context.Context) error {
	if len(a.owed) == 0 {
		return nil
	}
	if err := a.rows.PutCaptures(ctx, a.owed); err != nil {
		return err
	}
	if last := a.owed[len(a.owed)-1].File; last != a.segment {
		if err := a.noteSegments(ctx); err != nil {
			return err
		}
		a.segment = last
		wake(a.closed)
	}
	a.owed = nil
	return nil
}
