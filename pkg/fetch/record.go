package fetch

import (
	"net"
	"sync"
)

// recorder is a connection that speaks HTTP/1.1 and keeps the headers of the
// present request and response as they passed. One request at a time uses it;
// begin starts each.
type recorder struct {
	net.Conn
	limit int

	mu             sync.Mutex
	sent, received headerText
}

func newRecorder(conn net.Conn, limit int) *recorder {
	return &recorder{Conn: conn, limit: limit, sent: headerText{ended: true}, received: headerText{ended: true}}
}

// begin forgets what passed and notes the headers of the next request.
func (r *recorder) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent, r.received = headerText{limit: r.limit}, headerText{limit: r.limit}
}

// headers are the header of the request and that of the final response.
func (r *recorder) headers() (sent, received headerText) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent, r.received
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.received.add(p[:n])
	return n, err
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	r.sent.add(p)
	r.mu.Unlock()
	return r.Conn.Write(p)
}
