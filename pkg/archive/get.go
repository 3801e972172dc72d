package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Finder finds captures by their identity: the rows.
type Finder interface {
	FindCapture(ctx context.Context, captureID string) (news.Capture, error)
}

// Get reads a page back, as it was archived and byte for byte. The body of a
// revisit is read from the capture that has it, which find knows.
func (a *Archive) Get(ctx context.Context, c news.Capture, find Finder) (*news.Page, error) {
	page, err := a.get(ctx, c, find)
	if err != nil {
		return nil, fmt.Errorf("archive %s: capture %s: %w", a.dir, c.CaptureID, err)
	}
	return page, nil
}

func (a *Archive) get(ctx context.Context, c news.Capture, find Finder) (*news.Page, error) {
	page, err := a.load(c)
	if err != nil {
		return nil, err
	}
	if c.Kind == news.CaptureRevisit {
		earlier, err := find.FindCapture(ctx, c.RefersTo)
		if err != nil {
			return nil, fmt.Errorf("the capture %s, which has its body: %w", c.RefersTo, err)
		}
		if earlier.Kind == news.CaptureRevisit {
			return nil, fmt.Errorf("the capture %s should have its body, and is a revisit itself", c.RefersTo)
		}
		body, err := a.load(earlier)
		if err != nil {
			return nil, fmt.Errorf("the capture %s, which has its body: %w", c.RefersTo, err)
		}
		page.Body = body.Body
	}
	if digest := news.Digest(page.Body); digest != page.Digest {
		return nil, fmt.Errorf("the body has the digest %s, it was archived with %s", digest, page.Digest)
	}
	return page, nil
}

// load reads the page of a capture, without a body if it is a revisit.
func (a *Archive) load(c news.Capture) (*news.Page, error) {
	f, size, err := a.read(c.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if c.Offset < 0 || c.Offset >= size {
		return nil, fmt.Errorf("%s has %d bytes, and no byte %d", c.File, size, c.Offset)
	}
	r := warc.NewReader(io.NewSectionReader(f, c.Offset, size-c.Offset))
	main, err := r.Next()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	if id := bareID(main.Header.Get(warc.RecordID)); id != c.RecordID {
		return nil, fmt.Errorf("%s has the record %q at byte %d, not %s", c.File, id, c.Offset, c.RecordID)
	}
	body, err := bodyOf(main.Header, main.Block)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	last, err := r.Next()
	if err != nil {
		return nil, fmt.Errorf("%s: metadata: %w", c.File, err)
	}
	said, err := sayingOf(last)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	if said.Page.CaptureID != c.CaptureID {
		return nil, fmt.Errorf("%s has the capture %s at byte %d", c.File, said.Page.CaptureID, c.Offset)
	}
	said.Page.Body = body[:min(len(body), said.Page.Length)]
	return said.Page, nil
}

// bodyOf reads the body that a main record holds, none for a revisit. Of somebody
// else's record the page may have only the begin.
func bodyOf(h warc.Header, block io.Reader) ([]byte, error) {
	from := block
	switch h.Get(warc.Type) {
	case warc.Revisit:
		return nil, nil
	case warc.Response:
		answer, err := warc.ReadMessage(block)
		if err != nil {
			return nil, err
		}
		from = answer.Body
	}
	body, err := io.ReadAll(io.LimitReader(from, mostBody+1))
	if err != nil && !(errors.Is(err, io.ErrUnexpectedEOF) && h.Get(warc.Truncated) != "") {
		return nil, err
	}
	if len(body) > mostBody {
		return nil, fmt.Errorf("a body of more than %d bytes", mostBody)
	}
	return body, nil
}

func (a *Archive) path(name string) string {
	return filepath.Join(a.dir, filepath.Base(name))
}
