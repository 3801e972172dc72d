package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type addCommand struct {
	What []string `arg:"" name:"url|folder" help:"URLs, files with one page, folders of saved pages (.html, .htm, .txt, each also .gz), or \"-\" for URLs on standard input, one a line."`
}

// added is what add tells in JSON.
type added struct {
	URLs  []frontier.Answer `json:"urls,omitempty"`
	Files []addedFile       `json:"files,omitempty"`
}

type addedFile struct {
	File    string `json:"file"`
	URL     string `json:"url"`
	VisitID string `json:"visitId,omitempty"`
	Error   string `json:"error,omitempty"`
}

// Run gives URLs to the fetcher and saved pages straight to the extractors.
func (x *addCommand) Run(ctx context.Context, c *console) error {
	urls, files, err := x.sort()
	if err != nil {
		return err
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var report added
	if report.URLs, err = addURLs(ctx, c, conn, urls); err == nil {
		report.Files, err = addFiles(ctx, c, conn, files)
	}
	// What was added until then was added.
	if told := report.tell(c); err == nil {
		return told
	}
	return understood(err)
}

// sort tells URLs from files, and opens folders.
func (x *addCommand) sort() (urls, files []string, err error) {
	for _, what := range x.What {
		switch {
		case what == "-":
			lines, err := readLines()
			if err != nil {
				return nil, nil, err
			}
			urls = append(urls, lines...)
		case strings.Contains(what, "://"):
			urls = append(urls, what)
		default:
			found, err := pagesBelow(what)
			if err != nil {
				return nil, nil, err
			}
			files = append(files, found...)
		}
	}
	return urls, files, nil
}

// pagesBelow lists the saved pages of a folder and its folders, in order; a
// file is its own list.
func pagesBelow(path string) ([]string, error) {
	var pages []string
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, errNotFound)
	}
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && (file == path || typeOfFile(file) != "") {
			pages = append(pages, file)
		}
		return err
	})
	if err == nil && len(pages) == 0 {
		err = fmt.Errorf("%s holds no .html, .htm or .txt file: %w", path, errNotFound)
	}
	return pages, err
}

func addURLs(ctx context.Context, c *console, conn *stream.Conn, urls []string) ([]frontier.Answer, error) {
	var answers []frontier.Answer
	progress := c.err.NewProgress("add", len(urls))
	defer progress.Clear()
	for some := range slices.Chunk(urls, api.AddLimit) {
		var request api.AddRequest
		for _, url := range some {
			request.URLs = append(request.URLs, frontier.Request{URL: url, Priority: news.Normal})
		}
		reply, err := ask[api.AddReply](ctx, conn, api.Add, request)
		if err != nil {
			return answers, err
		}
		answers = append(answers, reply.Answers...)
		progress.At(len(answers))
	}
	return answers, nil
}

// addFiles publishes saved pages. It stops at a broker that fails, and goes on
// after a file that cannot be read.
func addFiles(ctx context.Context, c *console, conn *stream.Conn, files []string) ([]addedFile, error) {
	var report []addedFile
	progress := c.err.NewProgress("add", len(files))
	defer progress.Clear()
	for i, file := range files {
		page, err := savedPage(file)
		if err != nil {
			report = append(report, addedFile{File: file, Error: err.Error()})
			continue
		}
		if err := patiently(conn, progress, func() error { return publishSaved(ctx, conn, page) }); err != nil {
			return report, err
		}
		report = append(report, addedFile{File: file, URL: page.URL, VisitID: page.VisitID})
		progress.At(i + 1)
	}
	return report, nil
}

// patience is how long the broker may keep us waiting before we say why.
const patience = 2 * time.Second

// patiently does work that may wait for the broker, or for extractors that are
// far behind, and tells who watches.
func patiently(conn *stream.Conn, progress *term.Progress, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	tick := time.NewTicker(patience)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			if err := conn.Ready(); err != nil {
				progress.Waiting(err.Error())
			}
		}
	}
}

// savedPage is a file as a page. It has the file's own address: which page of
// the web it was is for the extractor to find.
func savedPage(path string) (*news.Page, error) {
	file, err := readPageFile(path)
	if err != nil {
		return nil, err
	}
	url, err := fileURL(path)
	if err != nil {
		return nil, err
	}
	digest := news.Digest(file.body)
	visit := news.VisitID(url, file.fetchedAt)
	return &news.Page{
		Schema: news.PageSchema, VisitID: visit, CaptureID: news.CaptureID(visit, digest),
		RequestedURL: url, URL: url, Site: news.NoSite, Origin: news.OriginFolder,
		ContentType: file.contentType, Digest: digest, Length: len(file.body),
		FetchedAt: file.fetchedAt, Body: file.body,
	}, nil
}

// publishSaved hands a page on as the fetcher would: page first, then the
// event that says so.
func publishSaved(ctx context.Context, conn *stream.Conn, page *news.Page) error {
	if err := conn.PublishPage(ctx, page); err != nil {
		return err
	}
	return conn.PublishEvent(ctx, news.Event{
		Schema: news.EventSchema, Stage: news.StageFetch, Trace: page.Trace(), Attempt: 1,
		Outcome: news.Done, Detail: "read from a saved file", At: time.Now().UTC(),
	})
}

// tell sums up for people, and fails if anything was refused.
func (a added) tell(c *console) error {
	taken, known, refused := 0, 0, 0
	refuse := func(what, why string) {
		refused++
		fmt.Fprintf(c.err, "copydesk: add %s: %s\n", what, why)
	}
	for _, answer := range a.URLs {
		switch {
		case answer.Error != "":
			refuse(answer.URL, answer.Error)
		case answer.Known:
			known++
		default:
			taken++
		}
	}
	for _, file := range a.Files {
		if file.Error != "" {
			refuse(file.File, file.Error)
			continue
		}
		taken++
	}
	if c.JSON {
		if err := printJSON(c.out, a); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "added %d, known before %d, refused %d\n", taken, known, refused)
	}
	if refused > 0 {
		return errPartly
	}
	return nil
}
