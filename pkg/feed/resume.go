package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// readXML reads a document whose root element text begins with. Where it is
// broken it is taken up again at the next entry, inside the same root: visit
// is called once for each part.
func (c *collector) readXML(text []byte, visit func(r *reader, root element)) {
	text = repair(text)
	r := newReader(c.limits.Depth, scope{base: c.base}, text)
	root, ok := r.root()
	if !ok {
		c.warn("broken: %s", reason(r.err))
		return
	}
	rootSize := int(r.dec.InputOffset())
	rootTag := text[:rootSize]
	at := 0 // where in text the part that r reads begins, its root left out
	for resumed := 0; ; resumed++ {
		visit(r, root)
		for r.err == nil {
			r.token() // an end tag that closes nothing closes the root too early
		}
		switch {
		case r.err == io.EOF || r.err == errEnough:
			return
		case r.err == errTooDeep:
			c.warn("elements nest more than %d deep, the rest left out", c.limits.Depth)
			return
		}
		offset := int(r.dec.InputOffset())
		if resumed > 0 {
			offset += at - rootSize
		}
		if resumed == 0 && !c.cut {
			c.warn("broken: %s", reason(r.err))
		}
		at = nextEntry(text, max(offset, at+1))
		if at < 0 {
			return
		}
		if resumed == maxResumes {
			c.warn("broken in more than %d places, the rest left out", maxResumes)
			return
		}
		r = newReader(c.limits.Depth, scope{base: c.base}, rootTag, text[at:])
		root, _ = r.root()
	}
}

// reason is why a text is no XML, without the number of a line that repair has
// moved.
func reason(err error) string {
	if broken, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return broken.Msg
	}
	return err.Error()
}

// nextEntry is where the next entry begins, from an offset on, -1 for none.
func nextEntry(text []byte, from int) int {
	for at := from; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at += i
		switch tagName(text[at:]) {
		case "item", "entry", "url", "sitemap", "outline":
			return at
		}
	}
	return -1
}
