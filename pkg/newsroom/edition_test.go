package newsroom

import (
	"bytes"
	"net/http"
	"testing"
)

// again is the status of a GET made conditional with what an answer carried.
func again(t *testing.T, client *http.Client, address string, first *http.Response, coding string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if coding != "" {
		req.Header.Set("Accept-Encoding", coding)
	}
	if tag := first.Header.Get("ETag"); tag != "" {
		req.Header.Set("If-None-Match", `"other", W/`+tag)
	}
	if date := first.Header.Get("Last-Modified"); date != "" {
		req.Header.Set("If-Modified-Since", date)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func TestWhatAnEditionDoesNotChangeIsNotSentAgain(t *testing.T) {
	r := start(t)
	client := visitor(t, r)
	first := map[*page]*http.Response{}
	body := map[*page][]byte{}
	for edition := 1; ; edition++ {
		for _, p := range everyPage(r) {
			before := first[p]
			for range p.Failures * min(1, 2/(edition+1)) {
				get(t, client, p.url(), "")
			}
			res, now := get(t, client, p.url(), "gzip")
			if res.StatusCode != r.answers[p][edition-1].status {
				t.Errorf("edition %d: %s: got %s", edition, p.url(), res.Status)
			}
			if res.StatusCode != 200 {
				continue
			}
			known := p.outlet.Validators != noValidators
			if before != nil {
				if got, want := again(t, client, p.url(), before, "gzip") == 304, known && bytes.Equal(now, body[p]); got != want {
					t.Errorf("edition %d: %s: 304 for the last edition's validators: %v, want %v", edition, p.url(), got, want)
				}
			}
			if got := again(t, client, p.url(), res, "gzip") == 304; got != known {
				t.Errorf("edition %d: %s: 304 for its own validators: %v, want %v", edition, p.url(), got, known)
			}
			if p.Coding == "gzip" && res.Header.Get("ETag") != "" && again(t, client, p.url(), &http.Response{Header: http.Header{"Etag": res.Header["Etag"]}}, "") == 304 {
				t.Errorf("%s: a tag of one coding stands for another", p.url())
			}
			first[p], body[p] = res, now
		}
		if !r.Advance() {
			break
		}
	}
	if r.Edition() != editions {
		t.Errorf("the last edition is %d, want %d", r.Edition(), editions)
	}
}

// TestEditionsDiffer says that the newsroom shows everything that an edition
// can do to a story.
func TestEditionsDiffer(t *testing.T) {
	r := start(t)
	var added, edited, gone int
	for _, p := range everyPage(r) {
		for i, a := range r.answers[p][1:] {
			before := r.answers[p][i]
			switch {
			case before.status == 404 && a.status == 200:
				added++
			case before.status == 200 && a.status == 410:
				gone++
			case p.golden(1) != "" && !bytes.Equal(before.plain, a.plain):
				edited++
			}
		}
	}
	if added == 0 || edited == 0 || gone == 0 {
		t.Errorf("%d stories are added, %d edited, %d taken away; want some of each", added, edited, gone)
	}
}

func TestAStoryHasAGoldenFileForEveryWording(t *testing.T) {
	r := start(t)
	for _, p := range everyPage(r) {
		for edition := 2; edition <= editions; edition++ {
			if p.golden(edition-1) == "" || p.golden(edition) == "" || p.Redirect != "" {
				continue
			}
			a, b := r.answers[p][edition-2], r.answers[p][edition-1]
			if edited, told := !bytes.Equal(a.plain, b.plain), p.golden(edition-1) != p.golden(edition); edited != told {
				t.Errorf("%s: edited for edition %d: %v; another golden file: %v", p.url(), edition, edited, told)
			}
		}
	}
}
