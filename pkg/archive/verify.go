package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Ledger is the rows as they are compared with the files.
type Ledger interface {
	Finder
	Rows
}

// Rows are what is known of captures beside the files.
type Rows interface {
	// CapturesIn are the captures that the rows have in a segment.
	CapturesIn(ctx context.Context, segment string) ([]news.Capture, error)
}

// Finding is something that is not as it should be.
type Finding struct {
	File string
	// Offset is where, in bytes.
	Offset int64
	// CaptureID is empty where it is not known.
	CaptureID string
	Err       error
}

func (f *Finding) Error() string {
	switch {
	case f.CaptureID == "" && f.Offset == 0:
		return fmt.Sprintf("%s: %v", f.File, f.Err)
	case f.CaptureID == "":
		return fmt.Sprintf("%s: byte %d: %v", f.File, f.Offset, f.Err)
	}
	return fmt.Sprintf("%s: byte %d: capture %s: %v", f.File, f.Offset, f.CaptureID, f.Err)
}

// Unwrap is what is wrong.
func (f *Finding) Unwrap() error { return f.Err }

// Verified is how much was looked at.
type Verified struct {
	Captures, Records int
	// Bytes are those of the bodies.
	Bytes int64
}

// Verify reads a segment to its end, and proves that its units are whole, that
// blocks and bodies have their digests, and that it, the rows and its index say
// the same.
// What is not so is told; rows may be nil.
func (a *Archive) Verify(ctx context.Context, name string, rows Ledger, found func(*Finding) error) (Verified, error) {
	v := verifier{file: name, rows: rows, found: found, index: index{segment: name}}
	err := v.begin(ctx)
	if err == nil {
		err = a.verify(ctx, &v)
	}
	if err == nil {
		err = errors.Join(v.finish(), a.verifyIndex(&v))
	}
	if err != nil {
		err = fmt.Errorf("archive %s: verify %s: %w", a.dir, name, err)
	}
	return v.Verified, err
}

func (a *Archive) verify(ctx context.Context, v *verifier) error {
	text, err := a.from(ctx, v.file, 0, atMost)
	if err != nil {
		return err
	}
	defer text.Close()
	s := newScanner(text, v.file)
	s.keep = true
	for ctx.Err() == nil {
		u, err := s.next()
		if d, ok := errors.AsType[*warc.Damage](err); ok {
			err = v.found(&Finding{File: v.file, Offset: d.Offset, Err: d.Err})
		} else if err == nil {
			err = v.unit(ctx, u)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// verifyIndex compares the index of a closed segment with it.
func (a *Archive) verifyIndex(v *verifier) error {
	if a.isOpen(v.file) {
		return nil
	}
	text, err := os.ReadFile(indexPath(a.dir, v.file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = errors.New("there is no such index")
	case err == nil && string(text) != v.index.text():
		err = errors.New("the index is not that of the segment")
	case err == nil:
		return nil
	}
	return v.found(&Finding{File: indexFolder + "/" + v.file + indexEnding, Err: err})
}

func (a *Archive) isOpen(segment string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.segment != nil && a.segment.name == segment
}

// verifier compares the units of one segment with themselves and the rows.
type verifier struct {
	Verified
	file  string
	rows  Ledger
	found func(*Finding) error
	// unseen are the rows of which the record was not met.
	unseen map[string]news.Capture
	// index is what the segment's should be.
	index index
}

func (v *verifier) begin(ctx context.Context) error {
	if v.rows == nil {
		return nil
	}
	held, err := v.rows.CapturesIn(ctx, v.file)
	v.unseen = make(map[string]news.Capture, len(held))
	for _, c := range held {
		v.unseen[c.CaptureID] = c
	}
	return err
}

// finish tells the rows without a record.
func (v *verifier) finish() error {
	for _, c := range v.unseen {
		if err := v.tell(c, errors.New("a row, and no record")); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) tell(c news.Capture, err error) error {
	return v.found(&Finding{v.file, c.Offset, c.CaptureID, err})
}

func (v *verifier) unit(ctx context.Context, u *whole) error {
	c := news.Capture{Offset: u.at}
	if u.capture != nil {
		c = *u.capture
		v.Captures++
		v.index.add([]news.Capture{c})
	}
	for _, r := range u.records {
		v.Records++
		if err := r.proveBlock(); err != nil && !(r == u.main && u.isForeign()) {
			if err := v.tell(c, err); err != nil {
				return err
			}
		}
	}
	if u.capture == nil {
		return nil
	}
	for _, err := range []error{v.body(u), v.agree(ctx, c)} {
		if err == nil {
			continue
		}
		if err := v.tell(c, err); err != nil {
			return err
		}
	}
	return nil
}

// body proves the digest of the body.
func (v *verifier) body(u *whole) error {
	body, err := u.body()
	if err != nil || u.capture.Kind == news.CaptureRevisit {
		return err
	}
	v.Bytes += int64(len(body))
	if digest := news.Digest(body); digest != u.capture.Digest {
		return fmt.Errorf("the body has the digest %s, not %s", digest, u.capture.Digest)
	}
	return nil
}

// agree says whether a capture is as its row has it.
func (v *verifier) agree(ctx context.Context, c news.Capture) error {
	if v.rows == nil {
		return nil
	}
	row, ok := v.unseen[c.CaptureID]
	if !ok {
		return errors.New("a record, and no row")
	}
	delete(v.unseen, c.CaptureID)
	if !sameCapture(row, c) {
		return fmt.Errorf("the row says otherwise: %+v, the file %+v", row, c)
	}
	if c.Kind != news.CaptureRevisit {
		return nil
	}
	earlier, err := original(ctx, c, v.rows)
	if err == nil && earlier.Digest != c.Digest {
		err = fmt.Errorf("the capture %s, which should have its body, has another", c.RefersTo)
	}
	return err
}

// sameCapture compares all, and times as times.
func sameCapture(a, b news.Capture) bool {
	if !a.FetchedAt.Equal(b.FetchedAt) {
		return false
	}
	a.FetchedAt = b.FetchedAt
	return a == b
}

// isForeign says whether the main record is somebody else's, whose digests are
// theirs to answer for.
func (u *whole) isForeign() bool {
	c := u.capture
	return c != nil && c.RecordID != recordID(c.CaptureID, string(c.Kind))
}

// proveBlock says whether a block has the digest that its record states.
func (f *found) proveBlock() error {
	stated := f.header.Get(warc.BlockDigest)
	want, ok := strings.CutPrefix(stated, "sha256:")
	if !ok {
		return fmt.Errorf("the %s record states the digest %q, which none of ours does", f.kind(), stated)
	}
	sum := sha256.Sum256(f.block)
	if got := hex.EncodeToString(sum[:]); got != want {
		return fmt.Errorf("the block of the %s record has the digest sha256:%s, not %s", f.kind(), got, stated)
	}
	return nil
}
