package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Finder finds captures by their identity: the rows.
type Finder interface {
	FindCapture(ctx context.Context, captureID string) (news.Capture, error)
}

// Get reads a page back, as it was archived and byte for byte. The body of a
// revisit is read from the capture that has it, which find knows; of an answer of
// 304 also the type and coding, where that has none.
func (a *Archive) Get(ctx context.Context, c news.Capture, find Finder) (*news.Page, error) {
	page, err := a.get(ctx, c, find)
	if err != nil {
		return nil, fmt.Errorf("archive %s: capture %s: %w", a.dir, c.CaptureID, err)
	}
	return page, nil
}

func (a *Archive) get(ctx context.Context, c news.Capture, find Finder) (*news.Page, error) {
	page, err := wherever(ctx, c, find, a.load)
	if err != nil {
		return nil, err
	}
	if c.Kind == news.CaptureRevisit {
		earlier, err := original(ctx, c, find)
		if err != nil {
			return nil, err
		}
		body, err := wherever(ctx, earlier, find, a.load)
		if err != nil {
			return nil, fmt.Errorf("the capture %s, which has its body: %w", c.RefersTo, err)
		}
		page.Body = body.Body
		describe(page, body)
	}
	if digest := news.Digest(page.Body); digest != page.Digest {
		return nil, damaged(c, fmt.Errorf("the body has the digest %s, it was archived with %s", digest, page.Digest))
	}
	return page, nil
}

// damaged is damage where a capture should be.
func damaged(c news.Capture, what error) *DamagedFile {
	return &DamagedFile{c.File, &warc.Damage{Offset: c.Offset, Err: what}}
}

// piece is what a capture is read from, and whether that was read to its end: other
// than a broken connection, it is all that there is then.
type piece struct {
	io.ReadCloser
	ended bool
}

// Read reads on.
func (p *piece) Read(to []byte) (int, error) {
	n, err := p.ReadCloser.Read(to)
	p.ended = p.ended || err == io.EOF
	return n, err
}

// piece gives what a capture is read from.
func (a *Archive) piece(ctx context.Context, c news.Capture) (*piece, error) {
	text, err := a.from(ctx, c.File, c.Offset, c.Size+behind)
	if err != nil {
		return nil, err
	}
	return &piece{ReadCloser: text}, nil
}

// unread is the error of a capture that could not be read from p: damage, unless it
// may be that of the disk or the network.
func (p *piece) unread(c news.Capture, err error) error {
	damage, is := errors.AsType[*warc.Damage](err)
	switch {
	case is:
		return damaged(c, damage.Err)
	case p.ended && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return damaged(c, errCut)
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%s from byte %d on: %w", c.File, c.Offset, err)
}

var (
	errCut     = errors.New("the file was cut short")
	errAnother = errors.New("it has another record")
)

// wherever reads a capture where its row says that it is. Where that file is no
// more, it was written anew since the row was read, and the row says where; else the
// error is [*NoFile].
func wherever[T any](ctx context.Context, c news.Capture, find Finder, read func(context.Context, news.Capture) (T, error)) (T, error) {
	for {
		got, gone := read(ctx, c)
		if !errors.Is(gone, fs.ErrNotExist) {
			return got, gone
		}
		now, err := find.FindCapture(ctx, c.CaptureID)
		if err != nil {
			return got, err
		}
		if now.File == c.File {
			return got, &NoFile{c.File, gone}
		}
		c = now
	}
}

// describe says of a page what its body is, where the answer was 304, which leaves
// that to the earlier one (RFC 9110, section 15.4.5).
func describe(page, earlier *news.Page) {
	if page.Status != http.StatusNotModified {
		return
	}
	page.ContentEncoding = earlier.ContentEncoding
	if page.ContentType == "" {
		page.ContentType = earlier.ContentType
	}
}

// original is the capture that has the body of a revisit.
func original(ctx context.Context, c news.Capture, find Finder) (news.Capture, error) {
	earlier, err := find.FindCapture(ctx, c.RefersTo)
	if err != nil {
		return earlier, fmt.Errorf("the capture %s, which has its body: %w", c.RefersTo, err)
	}
	if earlier.Kind == news.CaptureRevisit {
		return earlier, fmt.Errorf("the capture %s should have its body, and is a revisit itself", c.RefersTo)
	}
	return earlier, nil
}

// Raw reads the main record of a capture as it is in its segment: one gzip member
// or zstd frame.
func (a *Archive) Raw(ctx context.Context, c news.Capture, find Finder) (io.ReadCloser, error) {
	raw, err := wherever(ctx, c, find, func(ctx context.Context, c news.Capture) (io.ReadCloser, error) {
		return a.from(ctx, c.File, c.Offset, c.Size)
	})
	if err != nil {
		return nil, fmt.Errorf("archive %s: capture %s: %w", a.dir, c.CaptureID, err)
	}
	return raw, nil
}

// Record reads what is known of the page of a capture, without its body, and the
// record that has the body, as it is in its segment: one gzip member or zstd frame,
// which is not looked into. Of a revisit it is the record of another capture, which
// find knows.
func (a *Archive) Record(ctx context.Context, c news.Capture, find Finder) (page *news.Page, record []byte, err error) {
	r, err := wherever(ctx, c, find, a.record)
	if err == nil && c.Kind == news.CaptureRevisit {
		var earlier news.Capture
		var body recorded
		if earlier, err = original(ctx, c, find); err == nil {
			body, err = wherever(ctx, earlier, find, a.record)
		}
		if err == nil {
			describe(r.page, body.page)
			r.record = body.record
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("archive %s: capture %s: %w", a.dir, c.CaptureID, err)
	}
	return r.page, r.record, nil
}

// recorded is a record as it lies in its segment, and what is known of its page.
type recorded struct {
	page   *news.Page
	record []byte
}

func (a *Archive) record(ctx context.Context, c news.Capture) (r recorded, err error) {
	if c.Size < 0 || c.Size > mostBlock+behind {
		return r, fmt.Errorf("a record of %d bytes", c.Size)
	}
	text, err := a.piece(ctx, c)
	if err != nil {
		return r, err
	}
	defer text.Close()
	record := make([]byte, c.Size)
	var said *statement
	if _, err = io.ReadFull(text, record); err == nil {
		err = lend(text, c.File, func(s *scanner) error {
			last := s.take()
			said = last.said
			if last.err == nil && (said == nil || bareID(last.header.Get(warc.ConcurrentTo)) != c.RecordID) {
				return &warc.Damage{Err: errNotWhole}
			}
			return last.err
		})
	}
	if err != nil {
		return r, text.unread(c, err)
	}
	if said.Page.CaptureID != c.CaptureID {
		return r, damaged(c, errAnother)
	}
	return recorded{said.Page, record}, nil
}

// behind is how much is read behind a main record, for the metadata that follows.
const behind = mostStatement + 64<<10

// load reads the page of a capture, without a body if it is a revisit.
func (a *Archive) load(ctx context.Context, c news.Capture) (*news.Page, error) {
	text, err := a.piece(ctx, c)
	if err != nil {
		return nil, err
	}
	defer text.Close()
	var u *whole
	err = lend(text, c.File, func(s *scanner) (err error) {
		u, err = s.next()
		return err
	})
	if err != nil {
		return nil, text.unread(c, err)
	}
	if u.capture == nil || u.capture.CaptureID != c.CaptureID || u.capture.RecordID != c.RecordID {
		return nil, damaged(c, errAnother)
	}
	page := u.said.Page
	if page.Body, err = u.body(); err != nil {
		return nil, damaged(c, err)
	}
	return page, nil
}

// body is the body that a unit holds, none for a revisit. Of somebody else's
// record the page may have only the begin.
func (u *whole) body() ([]byte, error) {
	body, err := warc.BodyOf(u.main.header, bytes.NewReader(u.main.block), mostBody)
	return body[:min(len(body), u.said.Page.Length)], err
}
