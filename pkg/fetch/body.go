package fetch

import (
	"bytes"
	"io"
)

// readBody reads a body up to limit bytes and says whether there was more. A
// length that the server announced only saves copying; it is not believed.
func readBody(body io.Reader, announced int64, limit int) (read []byte, truncated bool, err error) {
	var b bytes.Buffer
	if announced > 0 {
		b.Grow(int(min(announced, int64(limit))) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(body, int64(limit)+1)); err != nil {
		return nil, false, err
	}
	if b.Len() > limit {
		return b.Bytes()[:limit], true, nil
	}
	return b.Bytes(), false, nil
}
