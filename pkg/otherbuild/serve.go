package otherbuild

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/version"
)

// Myself is what this build says of itself.
func Myself() Identity {
	return Identity{
		Version:    version.Version,
		Extraction: news.Extraction{Extractor: extract.Name, Version: extract.Version},
		Protocols:  []string{Protocol},
	}
}

// Serve extracts pages for a parent until it closes in.
func Serve(in io.Reader, out io.Writer) error {
	asked := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	said := json.NewEncoder(out)
	var opening Opening
	if err := asked.Decode(&opening); err != nil {
		return fmt.Errorf("read how the parent begins: %w", err)
	}
	rules, err := opening.accept()
	if err != nil {
		return errors.Join(err, said.Encode(Greeting{Error: err.Error()}))
	}
	greeting := Greeting{Extraction: Myself().Extraction}
	greeting.Extraction.Rules = rules.Digest()
	if err := said.Encode(greeting); err != nil {
		return err
	}
	for {
		var job Job
		err := asked.Decode(&job)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && job.Page == nil {
			err = errors.New("there is none")
		}
		if err != nil {
			return fmt.Errorf("read a page: %w", err)
		}
		job.Page.Body = job.Body
		if err := said.Encode(answer(job.Page, opening.PageLimit, rules)); err != nil {
			return err
		}
	}
}

func (o Opening) accept() (*siterules.Set, error) {
	if o.Schema != Protocol {
		return nil, fmt.Errorf("the parent speaks %.40q, this build %q", o.Schema, Protocol)
	}
	if o.Rules == nil {
		return nil, nil
	}
	return siterules.Parse("site rules", o.Rules)
}

// answer extracts a page; a panic is the answer that it could not be done.
func answer(page *news.Page, limit int, rules *siterules.Set) (a Answer) {
	defer func() {
		if v := recover(); v != nil {
			a = Answer{Outcome: news.Dead, Reason: news.Internal, Detail: fmt.Sprintf("panic: %v\n%s", v, debug.Stack())}
		}
	}()
	article, err := stage.Extract(page, limit, rules)
	if err == nil {
		return Answer{Article: article, Outcome: news.Done}
	}
	fault := news.FaultOf(err)
	a = Answer{Outcome: news.Dead, Reason: fault.Reason, Detail: err.Error()}
	if fault.Kind == news.Skip {
		a.Outcome = news.Skipped
	}
	if a.Reason == "" {
		a.Reason = news.Internal
	}
	return a
}
