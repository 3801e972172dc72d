package newsroom

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// retryAfter is what a page that fails for now asks for: the shortest wait
// that Retry-After can state, in seconds (RFC 9110, section 10.2.3).
const retryAfter = "1"

// answer is a page ready to be sent.
type answer struct {
	status       int
	plain, coded []byte
	modified     time.Time
}

// answers makes the page ready, one answer an edition.
func (p *page) answers() ([]answer, error) {
	all := make([]answer, editions)
	for i := range all {
		a := &all[i]
		a.status, a.modified = p.status(i+1), editionTime(i+1)
		if !p.in(i + 1) {
			continue
		}
		plain, err := p.body(i + 1)
		if err != nil {
			return nil, err
		}
		if i > 0 && all[i-1].status == a.status && bytes.Equal(all[i-1].plain, plain) {
			*a = all[i-1] // nothing was changed, not even the date
			continue
		}
		a.plain = plain
		if a.coded, err = encode(plain, p.Coding); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// status is that of the answer in an edition.
func (p *page) status(edition int) int {
	switch {
	case p.Gone > 0 && edition >= p.Gone:
		return http.StatusGone
	case edition < p.From:
		return http.StatusNotFound
	}
	return p.Status
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
	for _, p := range slices.Concat(o.Pages, o.Lists) {
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
	a := r.answers[p][r.Edition()-1]
	if a.plain == nil {
		http.Error(w, "there is no such story", a.status)
		return
	}
	body, coding := a.plain, ""
	if p.Coding != "" {
		w.Header().Set("Vary", "Accept-Encoding")
		if accepts(req.Header.Get("Accept-Encoding"), p.Coding) {
			body, coding = a.coded, p.Coding
		}
	}
	if a.status == http.StatusOK && p.outlet.Validators.validate(w, req, entityTag(body, coding), a.modified) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if coding != "" {
		w.Header().Set("Content-Encoding", coding)
	}
	w.Header().Set("Content-Type", p.contentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	w.Write(body)
}

// visit counts a visit of the page; the first is 1.
func (r *Room) visit(p *page) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.visits[p]++
	return r.visits[p]
}

func (p *page) contentType() string {
	switch {
	case strings.HasSuffix(p.Path, ".gz"):
		return "application/gzip"
	case p.List != "":
		return listTypes[p.format()] + "; charset=" + p.Charset
	}
	return "text/html; charset=" + p.Charset
}

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
