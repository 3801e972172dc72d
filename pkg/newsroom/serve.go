package newsroom

import (
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// retryAfter is what a page that fails for now asks for: the shortest wait
// that Retry-After can state, in seconds (RFC 9110, section 10.2.3).
const retryAfter = "1"

// answer is a page ready to be sent.
type answer struct {
	plain, coded []byte
}

// answer makes the page ready.
func (p *page) answer() (answer, error) {
	plain, err := p.html()
	if err != nil {
		return answer{}, err
	}
	coded, err := encode(plain, p.Coding)
	return answer{plain, coded}, err
}

// find is the page at an address, nil where there is none.
func (r *Room) find(address string) *page {
	u, err := url.Parse(address)
	if err != nil || r.outlets[u.Host] == nil {
		return nil
	}
	return r.outlets[u.Host].page(u.RequestURI())
}

func (o *outlet) page(path string) *page {
	for _, p := range o.Pages {
		if p.Path == path {
			return p
		}
	}
	return nil
}

// ServeHTTP answers for the outlet that the request's Host names.
func (r *Room) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	o := r.outlets[req.Host]
	switch {
	case o == nil:
		http.Error(w, "no such outlet", http.StatusMisdirectedRequest)
	case req.Method != http.MethodGet && req.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "read only", http.StatusMethodNotAllowed)
	default:
		if p := o.page(req.URL.RequestURI()); p != nil {
			r.servePage(w, req, p)
			return
		}
		o.serveFile(w, req)
	}
}

func (r *Room) servePage(w http.ResponseWriter, req *http.Request, p *page) {
	if r.visit(p) <= p.Failures {
		w.Header().Set("Retry-After", retryAfter)
		http.Error(w, "the presses are busy", http.StatusServiceUnavailable)
		return
	}
	if p.Redirect != "" {
		http.Redirect(w, req, p.Redirect, p.Status)
		return
	}
	body := r.answers[p].plain
	w.Header().Set("Content-Type", p.contentType())
	if p.Coding != "" {
		w.Header().Set("Vary", "Accept-Encoding")
		if accepts(req.Header.Get("Accept-Encoding"), p.Coding) {
			w.Header().Set("Content-Encoding", p.Coding)
			body = r.answers[p].coded
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	w.Write(body)
}

// visit counts a visit of the page; the first is 1.
func (r *Room) visit(p *page) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.visits[p]++
	return r.visits[p]
}

func (p *page) contentType() string { return "text/html; charset=" + p.Charset }

// serveFile answers for what is no page: robots.txt, the style sheet, and any
// picture that somebody asks for.
func (o *outlet) serveFile(w http.ResponseWriter, req *http.Request) {
	name := strings.TrimPrefix(req.URL.Path, "/")
	var body []byte
	var err error
	switch path.Ext(name) {
	case ".txt":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		body, err = o.read(name)
	case ".css":
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		body, err = o.read(name)
	case ".jpg":
		w.Header().Set("Content-Type", "image/jpeg")
		body, err = picture(o.host + req.URL.Path)
	}
	if err != nil || body == nil {
		http.NotFound(w, req)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
