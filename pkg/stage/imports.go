package stage

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/warc"
)

// mostImported is the longest body that is taken from other archives, in bytes.
const mostImported = 64 << 20

// imported is a record of somebody else's archive that was read.
type imported struct {
	entry archive.Entry
	// original is the visit whose capture has the body, of a revisit.
	original string
}

// keepImports archives what is imported: first what has its body itself, for
// others of the batch may refer to that.
func (a *Archiver) keepImports(ctx context.Context, batch []*stream.Message[stream.Captured], verdicts []error) error {
	whole, revisits := map[int]imported{}, map[int]imported{}
	all, errs := readImports(batch)
	for i, m := range batch {
		if m.Value.Record == nil {
			continue
		}
		read, err := all[i], errs[i]
		if err == nil {
			m.Trace = read.entry.Page.Trace()
		}
		down := false
		if err == nil {
			if down, err = a.rows.TakenDown(ctx, read.entry.Page); err != nil {
				return err
			}
		}
		switch {
		case down:
			verdicts[i] = errTakenDown
		case err != nil:
			verdicts[i] = &news.Fault{Kind: news.Permanent, Reason: news.Malformed, Err: err}
		case read.original != "":
			revisits[i] = read
		default:
			whole[i] = read
		}
	}
	if len(whole)+len(revisits) == 0 {
		return nil
	}
	if err := a.appendImports(ctx, batch, whole); err != nil {
		return err
	}
	for _, i := range slices.Sorted(maps.Keys(revisits)) {
		read := revisits[i]
		same, err := a.rows.CaptureOfVisit(ctx, read.original)
		if err == nil && same.RefersTo != "" {
			same, err = a.rows.FindCapture(ctx, same.RefersTo)
		}
		if errors.Is(err, store.ErrNotFound) {
			verdicts[i] = errOrphan
			delete(revisits, i)
			continue
		}
		if err != nil {
			return err
		}
		page := read.entry.Page
		page.Digest, page.Length, page.CaptureID = same.Digest, same.Length, news.CaptureID(page.VisitID, same.Digest)
		read.entry.Same = &same
		revisits[i] = read
	}
	return a.appendImports(ctx, batch, revisits)
}

// appendImports archives what is not there yet, in the order of the batch.
func (a *Archiver) appendImports(ctx context.Context, batch []*stream.Message[stream.Captured], all map[int]imported) error {
	var ids []string
	for i, read := range all {
		batch[i].Trace = read.entry.Page.Trace()
		ids = append(ids, read.entry.Page.CaptureID)
	}
	held, err := a.rows.Holdings(ctx, ids, nil)
	if err != nil {
		return err
	}
	var entries []archive.Entry
	for i := range batch {
		if read, ok := all[i]; ok && isNew(held, read.entry.Page.CaptureID) {
			entries = append(entries, read.entry)
		}
	}
	if len(entries) == 0 {
		return nil
	}
	if err := a.append(ctx, entries); err != nil {
		return err
	}
	wake(a.fed)
	return nil
}

// readImports reads the records of a batch, several at a time: to unpack them is
// most of the work on them.
func readImports(batch []*stream.Message[stream.Captured]) (all []imported, errs []error) {
	all, errs = make([]imported, len(batch)), make([]error, len(batch))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, m := range batch {
		if m.Value.Record == nil {
			continue
		}
		group.Go(func() error {
			all[i], errs[i] = readImport(m.Value.Record)
			return nil
		})
	}
	_ = group.Wait() // each has its own error
	return all, errs
}

// readImport reads a record that is imported.
func readImport(r *news.Record) (imported, error) {
	source := &archive.Source{Run: r.Run, File: r.File, Offset: r.Offset}
	if r.Page != nil {
		return imported{entry: archive.Entry{Page: r.Page, Source: source}}, nil
	}
	original, err := archive.ReadOriginal(r.Body)
	if err != nil {
		return imported{}, err
	}
	source.RecordID = original.Header.Get(warc.RecordID)
	read := imported{entry: archive.Entry{Source: source, Original: original}}
	if original.Header.Get(warc.Type) == warc.Revisit {
		read.entry.Page, read.original, err = archive.RevisitOf(original.Record())
	} else {
		read.entry.Page, err = original.Page(mostImported)
	}
	return read, err
}

// errOrphan is the verdict on a revisit of what the archive does not have, until it is
// known whether that may still come.
var errOrphan = errors.New("the capture that it is a revisit of is not in the archive: import the file that has it first")

// judgeOrphans gives up the orphans of a batch whose original does not come with their
// run any more: all of that was sent, and nothing of it is left but what waits too.
// The others wait.
func (a *Archiver) judgeOrphans(ctx context.Context, batch []*stream.Message[stream.Captured], verdicts []error) {
	more := map[string]bool{}
	for i, m := range batch {
		if !errors.Is(verdicts[i], errOrphan) {
			continue
		}
		run := m.Value.Record.Run
		if _, known := more[run]; !known {
			var err error
			if more[run], err = a.moreOf(ctx, run, len(batch)); err != nil {
				a.log.Debug().Err(err).Str("run", run).Msg("it is not known whether there is more to import: revisits wait")
				more[run] = true
			}
		}
		fault := &news.Fault{Kind: news.Permanent, Reason: news.NotArchived, Err: errOrphan}
		if more[run] {
			fault.Kind = news.Awaiting
		}
		verdicts[i] = fault
	}
}

// moreOf says whether there is more of an import than what is in hand, and the
// revisits that wait.
func (a *Archiver) moreOf(ctx context.Context, run string, inHand int) (bool, error) {
	if sending, err := a.rows.Sending(ctx, run); sending || err != nil {
		return sending, err
	}
	return a.conn.MoreToImport(ctx, run, inHand)
}
