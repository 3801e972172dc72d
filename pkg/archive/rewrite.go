package archive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Rewritten is a segment without some of its captures, beside the one that it
// replaces.
type Rewritten struct {
	Old, New string
	// Size is that of the new segment, in bytes.
	Size int64
	// Kept are the captures where they are now, Dropped those that are no more,
	// where they were.
	Kept, Dropped []news.Capture
	// Damage is what could not be read in the old segment, and is not in the new
	// one.
	Damage []*DamagedFile
}

// Rewrite writes a segment anew without the captures that drop is true of, and
// says in a tombstone when and why which were left out. The other records are
// copied byte for byte. The old segment stays, until the rows have switched to
// the new one: then [Archive.Discard] it. After a crash in between both are there,
// and the rows say which holds; see [Replaced].
//
// The open segment is closed first. Where nothing is dropped, nothing is written,
// and New is empty.
func (a *Archive) Rewrite(ctx context.Context, name, reason string, drop func(news.Capture) bool) (Rewritten, error) {
	a.moving.Lock()
	defer a.moving.Unlock()
	r, err := a.rewrite(ctx, name, reason, drop)
	if err != nil {
		return Rewritten{}, fmt.Errorf("archive %s: rewrite %s: %w", a.dir, name, err)
	}
	return r, nil
}

func (a *Archive) rewrite(ctx context.Context, name, reason string, drop func(news.Capture) bool) (Rewritten, error) {
	if err := a.rollIfOpen(name); err != nil {
		return Rewritten{}, err
	}
	f, err := a.fetch(ctx, name)
	if err != nil {
		return Rewritten{}, err
	}
	defer f.Close()
	p, err := a.plan(ctx, f, name, drop)
	if err != nil || len(p.Dropped) == 0 {
		return p.Rewritten, err
	}
	p.New = nextVersion(name)
	path := a.path(p.New)
	err = a.writeNew(ctx, path+newEnding, f, &p, reason)
	if err != nil {
		return Rewritten{}, a.noSpace(errors.Join(err, remove(path+newEnding)), p.bytes())
	}
	x := index{segment: p.New}
	x.add(p.Kept)
	if err := errors.Join(os.Rename(path+newEnding, path), syncFolder(a.dir), x.write(a.dir)); err != nil {
		return Rewritten{}, err
	}
	return p.Rewritten, nil
}

func (a *Archive) rollIfOpen(name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	if a.segment == nil || a.segment.name != name {
		return nil
	}
	return a.roll()
}

// fetch opens a closed segment to be read at any place: a copy, if it is in the
// vault.
func (a *Archive) fetch(ctx context.Context, name string) (*os.File, error) {
	text, err := a.from(ctx, name, 0, atMost)
	if err != nil {
		return nil, err
	}
	defer text.Close()
	f, err := os.Open(a.path(name))
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	copied := a.path(name) + newEnding
	_, err = spool(copied, text)
	if err == nil {
		f, err = os.Open(copied)
	}
	return f, errors.Join(err, remove(copied)) // it is open, and needs no name
}

// planned is a rewriting before it is done.
type planned struct {
	Rewritten
	copied []copied
}

// copied is a unit that stays, and its capture, if it holds one.
type copied struct {
	warc.Span
	capture *news.Capture
}

func (p *planned) bytes() (n int64) {
	for _, c := range p.copied {
		n += c.Length
	}
	return n
}

// plan reads a segment, and says what of it is copied.
func (a *Archive) plan(ctx context.Context, f io.Reader, name string, drop func(news.Capture) bool) (planned, error) {
	p := planned{Rewritten: Rewritten{Old: name}}
	s := newScanner(f, name)
	for ctx.Err() == nil {
		u, err := s.next()
		if d, ok := errors.AsType[*warc.Damage](err); ok {
			p.Damage = append(p.Damage, &DamagedFile{name, d})
			continue
		}
		switch {
		case errors.Is(err, io.EOF):
			return p, nil
		case err != nil:
			return p, err
		case u.capture != nil && drop(*u.capture):
			p.Dropped = append(p.Dropped, *u.capture)
		case u.records[0].kind() != warc.Warcinfo: // the new segment has its own
			p.copied = append(p.copied, copied{warc.Span{Offset: u.at, Length: u.end - u.at}, u.capture})
		}
	}
	return p, ctx.Err()
}

// writeNew writes the new segment, and fills in where its captures are.
func (a *Archive) writeNew(ctx context.Context, path string, old io.ReaderAt, p *planned, reason string) error {
	if err := a.room(p.bytes()); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	buffer := bufio.NewWriterSize(f, writeBuffer)
	counted := &tally{to: buffer}
	w, err := warc.NewWriter(counted, 0, compressionOf(p.New))
	if err != nil {
		return err
	}
	now := a.Now()
	for _, r := range append([]record{warcinfo(p.New, a.Software, date(now))}, tombstones(p, reason, now)...) {
		if _, err := w.Write(r.header, r.block(), r.length()); err != nil {
			return err
		}
	}
	for _, c := range p.copied {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.capture != nil {
			moved := *c.capture
			moved.File, moved.Offset = p.New, moved.Offset-c.Offset+counted.n
			p.Kept = append(p.Kept, moved)
		}
		if _, err := io.Copy(counted, io.NewSectionReader(old, c.Offset, c.Length)); err != nil {
			return err
		}
	}
	p.Size = counted.n
	return errors.Join(buffer.Flush(), f.Sync())
}

// Discard removes a segment and its index from the folder and the vault. The open
// one is never discarded; one that is not there is no error.
func (a *Archive) Discard(ctx context.Context, name string) error {
	if !isSegment(name) {
		return fmt.Errorf("archive %s: %q is no name of a segment", a.dir, name)
	}
	a.moving.Lock()
	defer a.moving.Unlock()
	err := errors.Join(remove(a.path(name)), remove(indexPath(a.dir, name)), syncFolder(a.dir))
	if a.Vault != nil {
		err = errors.Join(err, a.Vault.Delete(ctx, name), a.Vault.Delete(ctx, name+indexEnding))
	}
	if err != nil {
		return fmt.Errorf("archive %s: discard %s: %w", a.dir, name, err)
	}
	return nil
}

// writeBuffer is how much is written at once, in bytes.
const writeBuffer = 256 << 10

// tally counts what is written.
type tally struct {
	to io.Writer
	n  int64
}

func (t *tally) Write(p []byte) (int, error) {
	n, err := t.to.Write(p)
	t.n += int64(n)
	return n, err
}
