package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// What can be wrong with a coded body.
var (
	// ErrUnknown is returned for a coding that is not supported, or for more
	// codings on one body than anybody applies.
	ErrUnknown = errors.New("unknown content coding")
	// ErrTooLarge is returned when there is more inside than the limit allows.
	ErrTooLarge = errors.New("decoded body over the limit")
	// ErrTruncated is returned when the coded body ends too early.
	ErrTruncated = errors.New("coded body ends too early")
	// ErrCorrupt is returned when the body breaks the rules of its coding.
	ErrCorrupt = errors.New("corrupt coded body")
)

// maxCodings is how many codings are taken off one body. One is the rule, two
// happen when a proxy compresses again.
const maxCodings = 4

// Decode takes the content codings off body: gzip, deflate, br and zstd, or a
// list of them in the order in which they were applied, as the header
// Content-Encoding states it. Without codings the body itself is returned.
//
// No layer may hold more than limit bytes. With [ErrTooLarge], [ErrTruncated]
// and [ErrCorrupt] the bytes decoded so far, at most limit, are returned
// beside the error.
func Decode(body []byte, contentEncoding string, limit int) ([]byte, error) {
	codings := List(contentEncoding)
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("decode %q: %d codings, the limit is %d: %w", contentEncoding, len(codings), maxCodings, ErrUnknown)
	}
	var first error
	for _, name := range slices.Backward(codings) {
		decoded, err := decodeOne(body, name, limit)
		if errors.Is(err, ErrUnknown) {
			return nil, err
		}
		if first == nil {
			first = err
		}
		body = decoded
	}
	if first == nil && len(body) > limit {
		return body[:limit], fmt.Errorf("body of %d bytes: %w of %d bytes", len(body), ErrTooLarge, limit)
	}
	return body, first
}

// List is the content codings that a Content-Encoding header names, in the
// order in which they were applied: lower case, without identity, and under
// their registered names ("x-gzip" is "gzip").
func List(contentEncoding string) []string {
	var codings []string
	for name := range strings.SplitSeq(contentEncoding, ",") {
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "", "identity":
		case "x-gzip":
			codings = append(codings, "gzip")
		default:
			codings = append(codings, name)
		}
	}
	return codings
}

const (
	// usualGrowth is how many times longer most pages are without their coding.
	usualGrowth = 8
	// firstRoom is the most room in bytes that is made before there is something
	// to put into it.
	firstRoom = 1 << 20
)

// decodeOne takes one coding off.
func decodeOne(body []byte, name string, limit int) ([]byte, error) {
	open, ok := decoders[name]
	if !ok {
		return nil, fmt.Errorf("decode %q: %w", name, ErrUnknown)
	}
	if len(body) == 0 {
		return nil, nil // servers label empty bodies as well
	}
	decoder, err := open(body)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, judge(err))
	}
	defer decoder.Close()
	room := bytes.NewBuffer(make([]byte, 0, min(usualGrowth*len(body), limit, firstRoom)+bytes.MinRead))
	_, err = room.ReadFrom(io.LimitReader(decoder, int64(limit)+1))
	decoded := room.Bytes()
	if len(decoded) > limit {
		return decoded[:limit], fmt.Errorf("decode %s: %w of %d bytes", name, ErrTooLarge, limit)
	}
	if err != nil {
		return decoded, fmt.Errorf("decode %s: %w", name, judge(err))
	}
	return decoded, nil
}

// judge tells a body that was cut from one that is wrong.
func judge(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return ErrTruncated
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}
