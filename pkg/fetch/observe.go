package fetch

import (
	"io"
	"net/http"
)

// Observer is told how every request ended, those for robots.txt too; for
// metrics. It is called from many goroutines and must not wait.
type Observer interface {
	// Answered says the status of an answer and how many bytes of its body were
	// read, as they came; both are 0 where no answer came.
	Answered(status int, bytes int64)
}

// observe has the observer told of an answer, when its body is closed.
func (c *Client) observe(response *http.Response, err error) {
	switch o := c.options.Observer; {
	case o == nil:
	case err != nil:
		o.Answered(0, 0)
	default:
		response.Body = &observed{body: response.Body, close: func(bytes int64) { o.Answered(response.StatusCode, bytes) }}
	}
}

// observed is a body that knows how much of it was read.
type observed struct {
	body  io.ReadCloser
	bytes int64
	close func(bytes int64) // nil once it was called
}

func (b *observed) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	b.bytes += int64(n)
	return n, err
}

func (b *observed) Close() error {
	if b.close != nil {
		b.close(b.bytes)
		b.close = nil
	}
	return b.body.Close()
}
