package archive

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Entry is one capture to archive.
type Entry struct {
	// Page is what was captured. It has its body, unless Same has it.
	Page *news.Page
	// Same is an earlier capture that has the very body of the page: not a
	// revisit itself. The page becomes a revisit of it, and need not have its
	// body: its Digest and Length are then taken from there.
	Same *news.Capture
	// Source says where an imported page came from.
	Source *Source
	// Original is the record that an imported page was read from. It is copied
	// as it is; without it a record is made from the page.
	Original *Original
}

// Source says where in somebody else's archive a page came from.
type Source struct {
	// Run names the import.
	Run string `json:"run"`
	// File is the name of the file, Offset where the record begins in it, in
	// bytes.
	File   string `json:"file,omitempty"`
	Offset int64  `json:"offset,omitempty"`
	// RecordID is the WARC-Record-ID there.
	RecordID string `json:"recordId,omitempty"`
}

// The most that is archived of one page, in bytes.
const (
	mostBody      = 64 << 20            // of the page
	mostHead      = 1 << 20             // of its HTTP header, as [warc.ReadMessage] reads it
	mostBlock     = mostBody + mostHead // of a record
	mostStatement = 8 << 20             // of what is known of it, as JSON
)

// BadEntry is an entry that cannot be archived, however often it is tried. The
// others of its batch were not written either.
type BadEntry struct {
	// Index is the place of the entry in its batch, from 0.
	Index int
	Err   error
}

func (b *BadEntry) Error() string {
	return fmt.Sprintf("entry %d cannot be archived: %v", b.Index, b.Err)
}

// Unwrap is what is wrong with it.
func (b *BadEntry) Unwrap() error { return b.Err }

// check says whether the parts of an entry fit together.
func (e Entry) check() error {
	p := e.Page
	switch {
	case p == nil:
		return errors.New("no page")
	case p.CaptureID == "" || p.VisitID == "":
		return errors.New("a page without identity")
	case p.URL == "":
		return errors.New("a page without address")
	case p.FetchedAt.Year() < 1 || p.FetchedAt.IsZero() || p.FetchedAt.Year() > 9999:
		return fmt.Errorf("fetched at %v", p.FetchedAt)
	}
	if o := e.Original; o != nil && o.page == p {
		return e.checkKind()
	}
	if err := e.checkBody(); err != nil {
		return err
	}
	if e.Original != nil {
		return e.checkOriginal()
	}
	return nil
}

func (e Entry) checkBody() error {
	p := e.Page
	switch {
	case e.Same != nil && e.Same.Kind == news.CaptureRevisit:
		return fmt.Errorf("the capture %s is a revisit itself: name the one that has the body", e.Same.CaptureID)
	case e.Same != nil && len(p.Body) == 0:
		return nil
	case len(p.Body) > mostBody:
		return fmt.Errorf("a body of %d bytes, at most %d are archived", len(p.Body), mostBody)
	case p.Length != len(p.Body):
		return fmt.Errorf("the page says %d bytes and has %d", p.Length, len(p.Body))
	case p.Digest != news.Digest(p.Body):
		return fmt.Errorf("the digest %s is not that of the body", p.Digest)
	case e.Same != nil && e.Same.Digest != p.Digest:
		return fmt.Errorf("the capture %s has another body, of the digest %s", e.Same.CaptureID, e.Same.Digest)
	}
	return nil
}

// checkOriginal says whether the page can be had from the record again.
func (e Entry) checkOriginal() error {
	o := e.Original
	if err := e.checkKind(); err != nil || e.Same != nil {
		return err
	}
	body, err := warc.BodyOf(o.Header, bytes.NewReader(o.Block), mostBody)
	if err != nil {
		return fmt.Errorf("the original record: %w", err)
	}
	if !bytes.HasPrefix(body, e.Page.Body) {
		return errors.New("the original record has another body than the page")
	}
	return nil
}

// checkKind says whether the original is of a size and type for the entry.
func (e Entry) checkKind() error {
	o := e.Original
	switch revisits := o.Header.Get(warc.Type) == warc.Revisit; {
	case len(o.Block) > mostBlock:
		return fmt.Errorf("a record of %d bytes, at most %d are archived", len(o.Block), mostBlock)
	case len(e.Page.Body) > mostBody:
		return fmt.Errorf("a body of %d bytes, at most %d are archived", len(e.Page.Body), mostBody)
	case revisits != (e.Same != nil):
		return errors.New("a revisit record, and only that, goes with an earlier capture of its body")
	}
	return nil
}

// isRevisit says whether the body is left to the earlier capture: a revisit is of
// an answer, so that what was none is kept again.
func (e Entry) isRevisit() bool {
	return e.Same != nil && (isAnswer(e.Page) || len(e.Page.Body) == 0)
}
