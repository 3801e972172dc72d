package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Tail is what a repair cut off a segment: a unit that a crash kept from being
// whole. Nobody was told that it was archived.
type Tail struct {
	File string
	// Offset is where it began, Size how long it was, in bytes.
	Offset, Size int64
}

// Recovery is what was found in the open segments when an archive was opened.
type Recovery struct {
	// Captures are those whose rows a crash may have kept from being put.
	Captures []news.Capture
	Tails    []Tail
	// Damage is what cannot be read before the last whole unit. It is left as it
	// is.
	Damage []*DamagedFile
}

// DamagedFile is damage and the file that it is in.
type DamagedFile struct {
	File string
	*warc.Damage
}

func (d *DamagedFile) Error() string { return d.File + ": " + d.Damage.Error() }

// recover repairs the open segments. The last one goes on to be written, where
// it is as the options want it; the others are closed.
func (a *Archive) recover() error {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return err
	}
	if a.serial, err = lastSerial(filepath.Join(a.dir, indexFolder)); err != nil {
		return err
	}
	var open, closed []string
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), openEnding)
		if half := strings.TrimSuffix(e.Name(), newEnding); half != e.Name() && isSegment(half) {
			if err := os.Remove(a.path(e.Name())); err != nil {
				return err
			}
		}
		if !e.Type().IsRegular() || !isSegment(name) {
			continue
		}
		a.serial = max(a.serial, serialOf(name))
		if name != e.Name() {
			open = append(open, name)
		} else {
			closed = append(closed, name)
		}
	}
	slices.SortFunc(open, func(a, b string) int { return serialOf(a) - serialOf(b) })
	for i, name := range open {
		if err := a.repair(name, i == len(open)-1); err != nil {
			return fmt.Errorf("repair %s: %w", name, err)
		}
	}
	for _, name := range a.missing(closed) {
		if err := a.reindex(name); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	// What cannot be written now, for want of room, is told by the next Append.
	_ = a.writeIndexes()
	return nil
}

// lastSerial is the number of the last segment that has an index: the segment may
// have been brought away.
func lastSerial(indexes string) (last int, err error) {
	entries, err := os.ReadDir(indexes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), indexEnding); isSegment(name) {
			last = max(last, serialOf(name))
		}
	}
	return last, nil
}

// reindex reads the index of a closed segment from it.
func (a *Archive) reindex(name string) error {
	f, err := os.Open(a.path(name))
	if err != nil {
		return err
	}
	defer f.Close()
	state, err := a.survey(f, name)
	if err != nil {
		return err
	}
	x := &index{segment: name}
	x.add(state.known)
	x.add(state.captures)
	a.unwritten = append(a.unwritten, x)
	return nil
}

// repair cuts an open segment behind its last whole unit.
func (a *Archive) repair(name string, last bool) error {
	s := &segment{dir: a.dir, name: name, since: sinceOf(name), compression: compressionOf(name), torn: true, index: index{segment: name}}
	f, err := os.Open(s.path())
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	state, err := a.survey(f, name)
	if err != nil {
		return err
	}
	a.recovered.Captures = append(a.recovered.Captures, state.captures...)
	a.recovered.Damage = append(a.recovered.Damage, state.damage...)
	if tail := info.Size() - state.end; tail > 0 {
		a.recovered.Tails = append(a.recovered.Tails, Tail{name, state.end, tail})
	}
	if state.end == 0 {
		return errors.Join(os.Remove(s.path()), syncFolder(a.dir))
	}
	s.size = state.end
	s.index.add(state.known)
	s.index.add(state.captures)
	if s.file, err = a.open(s.path()); err != nil {
		return err
	}
	if err := s.mend(); err != nil {
		return errors.Join(err, s.file.Close())
	}
	if last && len(state.damage) == 0 && s.compression == a.Compression {
		a.segment = s
		return nil
	}
	return a.retire(s)
}

// surveyed is what a segment holds.
type surveyed struct {
	known    []news.Capture // by the rows, and not read
	captures []news.Capture // behind them
	damage   []*DamagedFile // before the last whole unit
	end      int64          // of the last whole unit
}

// survey reads a segment from the last capture on that the rows know in it. Where
// they know none, or another is there, it reads all of it.
func (a *Archive) survey(f *os.File, name string) (surveyed, error) {
	if a.Rows == nil {
		return surveyFrom(f, name, 0)
	}
	known, err := a.Rows.CapturesIn(context.Background(), name)
	if err != nil {
		return surveyed{}, err
	}
	if len(known) == 0 {
		return surveyFrom(f, name, 0)
	}
	last := slices.MaxFunc(known, func(a, b news.Capture) int { return cmp.Compare(a.Offset, b.Offset) })
	tail, err := surveyFrom(f, name, last.Offset)
	if err != nil {
		return tail, err
	}
	if len(tail.captures) == 0 || tail.captures[0].RecordID != last.RecordID || tail.captures[0].Offset != last.Offset {
		return surveyFrom(f, name, 0)
	}
	tail.known, tail.captures = known, tail.captures[1:]
	return tail, nil
}

// surveyFrom reads a segment from the record on that begins at an offset.
func surveyFrom(file io.ReaderAt, name string, offset int64) (surveyed, error) {
	var all surveyed
	from, err := warc.NewReaderAt(file, offset)
	if err != nil {
		return all, err
	}
	var damage []*DamagedFile // behind the last whole unit
	units := &scanner{from: from, file: name}
	for {
		u, err := units.next()
		if d, ok := errors.AsType[*warc.Damage](err); ok {
			damage = append(damage, &DamagedFile{name, d})
			continue
		}
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all.end = u.end
		all.damage, damage = append(all.damage, damage...), nil
		if u.capture != nil {
			all.captures = append(all.captures, *u.capture)
		}
	}
}
