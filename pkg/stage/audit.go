package stage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// Survey is how far a look through the whole archive is.
type Survey struct {
	// Files are those that there are, Done those of them that were read.
	Files, Done int
	archive.Verified
	// Changed counts the captures whose rows were put right, Indexes the index
	// files that were written anew.
	Changed, Indexes int
}

// Verify reads every file of the archive, wherever it lies, and proves that it is
// whole and that files, rows and indexes say the same. What is not so is told.
func (a *Archiver) Verify(ctx context.Context, progress func(Survey), found func(*archive.Finding) error) error {
	a.caring.Lock()
	defer a.caring.Unlock()
	if err := a.takeOut(ctx, func(Survey) {}); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	noted, err := a.rows.Segments(ctx)
	if err != nil {
		return err
	}
	files, err := a.files.Everywhere(ctx)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name] = true
	}
	for _, s := range noted {
		if s.State != store.SegmentReplaced && !names[s.Name] {
			files = append(files, archive.Segment{Name: s.Name}) // it is lost, and that is to be told
		}
	}
	seen := Survey{Files: len(files)}
	for _, f := range files {
		progress(seen)
		v, err := a.verify(ctx, f.Name, found)
		if err != nil {
			return err
		}
		seen.Done++
		seen.Captures, seen.Records, seen.Bytes = seen.Captures+v.Captures, seen.Records+v.Records, seen.Bytes+v.Bytes
	}
	progress(seen)
	return nil
}

// verify reads one file. The open one and its rows are compared while nothing is
// archived, and any other is not changed.
func (a *Archiver) verify(ctx context.Context, name string, found func(*archive.Finding) error) (archive.Verified, error) {
	if a.isOpen(name) {
		a.keeping.Lock()
		defer a.keeping.Unlock()
		if err := a.settle(ctx); err != nil {
			return archive.Verified{}, err
		}
	}
	v, err := a.files.Verify(ctx, name, a.rows, found)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, archive.ErrNewer) {
		err = found(&archive.Finding{File: name, Err: err})
	}
	return v, err
}

func (a *Archiver) isOpen(name string) bool {
	files, err := a.files.Segments()
	return err == nil && slices.ContainsFunc(files, func(f archive.Segment) bool { return f.Open && f.Name == name })
}

// Reindex makes the rows of captures anew of the files of the archive alone, and
// the indexes of the files, file by file. What cannot be read is told. Where most
// files are missing nothing is done, unless lost says that they are lost.
func (a *Archiver) Reindex(ctx context.Context, lost bool, progress func(Survey), found func(*archive.Finding) error) error {
	a.caring.Lock()
	defer a.caring.Unlock()
	err := a.needsVault(ctx)
	if err == nil && !lost {
		err = a.needsFiles(ctx)
	}
	if err == nil {
		err = a.takeOut(ctx, func(Survey) {})
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) { // what is lost is to be forgotten
		err = a.removeStrays(ctx)
	}
	if err != nil {
		return err
	}
	files, err := a.files.Everywhere(ctx)
	if err != nil {
		return err
	}
	seen := Survey{Files: len(files)}
	for _, f := range files {
		progress(seen)
		if err := a.reindex(ctx, f, &seen, found); err != nil {
			return err
		}
		seen.Done++
	}
	gone, err := a.forgetLost(ctx)
	seen.Changed += int(gone)
	progress(seen)
	return err
}

// needsFiles says that most files are missing, and what would be forgotten of them.
func (a *Archiver) needsFiles(ctx context.Context) error {
	noted, err := a.rows.Segments(ctx)
	if err != nil {
		return err
	}
	var known, there []string
	for _, s := range noted {
		if s.State != store.SegmentReplaced {
			known = append(known, s.Name)
		}
	}
	_, away := a.files.Missing(ctx, known)
	if !errors.Is(away, archive.ErrAway) {
		return away
	}
	files, err := a.files.Everywhere(ctx)
	if err != nil {
		return err
	}
	for _, f := range files {
		there = append(there, f.Name)
	}
	captures, err := a.rows.CountOfOtherFiles(ctx, there)
	if err != nil {
		return err
	}
	return fmt.Errorf("%w: %d captures would be forgotten; if their files are lost, say so by --lost", away, captures)
}

// needsVault says that files are in a vault that nobody named.
func (a *Archiver) needsVault(ctx context.Context) error {
	noted, err := a.rows.Segments(ctx)
	if err != nil || a.files.Vault != nil {
		return err
	}
	away := 0
	for _, s := range noted {
		if s.State == store.SegmentUploaded {
			away++
		}
	}
	if away > 0 {
		return fmt.Errorf("%d files of the archive were brought to an S3 store: give its settings again, or their captures would be forgotten", away)
	}
	return nil
}

func (a *Archiver) reindex(ctx context.Context, f archive.Segment, seen *Survey, found func(*archive.Finding) error) error {
	if a.isOpen(f.Name) {
		a.keeping.Lock()
		defer a.keeping.Unlock()
		if err := a.settle(ctx); err != nil {
			return err
		}
	}
	var captures []news.Capture
	err := a.files.Scan(ctx, f.Name,
		func(c news.Capture) error { captures = append(captures, c); return nil },
		func(d *archive.DamagedFile) error {
			return found(&archive.Finding{File: d.File, Offset: d.Offset, Err: d.Err})
		})
	if errors.Is(err, archive.ErrNewer) {
		return found(&archive.Finding{File: f.Name, Err: err})
	}
	if err != nil {
		return err
	}
	changed, err := a.rows.ReplaceCaptures(ctx, f.Name, captures)
	if err != nil {
		return err
	}
	seen.Captures, seen.Changed = seen.Captures+len(captures), seen.Changed+changed
	if a.isOpen(f.Name) {
		return nil
	}
	written, err := a.files.WriteIndex(ctx, f.Name, captures)
	if written {
		seen.Indexes++
	}
	return err
}

// forgetLost forgets the rows of what is in no file any more, and notes how the
// files stand.
func (a *Archiver) forgetLost(ctx context.Context) (captures int64, err error) {
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return 0, err
	}
	files, err := a.files.Everywhere(ctx)
	if err != nil {
		return 0, err
	}
	var names []string
	var segments []store.Segment
	for _, f := range files {
		names = append(names, f.Name)
		segments = append(segments, segmentRow(f))
	}
	if captures, err = a.rows.ForgetOtherFiles(ctx, names); err != nil {
		return 0, err
	}
	return captures, a.rows.PutSegments(ctx, segments...)
}

// segmentRow is the row of a file of the archive.
func segmentRow(f archive.Segment) store.Segment {
	s := store.Segment{Name: f.Name, Size: f.Size, State: store.SegmentClosed}
	switch {
	case f.Open:
		s.State = store.SegmentOpen
	case f.Away:
		s.State = store.SegmentUploaded
	}
	return s
}
