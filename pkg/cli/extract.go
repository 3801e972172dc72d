package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
)

type extractCommand struct {
	Pages        []string `arg:"" optional:"" name:"page" help:"Files (.html, .html.gz, .txt), web archives (.warc, .warc.gz, .warc.zst, .wet.gz, .wacz), JSON lines with html in them (.jsonl, packed or not), folders with a manifest.jsonl, or URLs; \"-\" for standard input."`
	JSONL        bool     `name:"jsonl" help:"One record a line."`
	Manifest     string   `type:"existingfile" placeholder:"FILE" help:"Lines of {\"id\", \"file\", \"url\", \"fetchedAt\"}; each gives one line {\"input\": id, …}, in order, also where it fails."`
	URL          string   `help:"The address that a single file came from." placeholder:"URL"`
	AllowPrivate bool     `help:"Fetch from private and loopback addresses too."`

	config.SiteRules `embed:"" prefix:"extract-"`
}

// input is one page to extract: a line of a manifest, or an argument.
type input struct {
	ID        string    `json:"id"`
	File      string    `json:"file"`
	URL       string    `json:"url"`
	FetchedAt time.Time `json:"fetchedAt"`
}

// extracted is one line of output.
type extracted struct {
	Input string `json:"input,omitempty"`
	*news.Article
	Error  string      `json:"error,omitempty"`
	Reason news.Reason `json:"reason,omitempty"`
}

// Run extracts every page, several at a time, and prints the records in order.
func (x *extractCommand) Run(ctx context.Context, c *console) error {
	inputs, err := x.inputs()
	if err != nil {
		return err
	}
	reader, err := newPageReader(x.AllowPrivate, x.SiteRules)
	if err != nil {
		return err
	}
	defer stage.Ballast()()
	out := bufio.NewWriter(c.out)
	failed := 0
	err = inOrder(ctx, reader.pages(ctx, inputs), func(p page) extracted { return p.extract(ctx) }, func(p page, e extracted) error {
		if p.archived && e.Reason == news.NotHTML {
			return nil // a picture, a script
		}
		if e.Error != "" {
			failed++
		}
		return x.print(c, out, p, e)
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if failed > 0 && x.Manifest == "" {
		return errPartly
	}
	return ctx.Err()
}

func (x *extractCommand) inputs() ([]input, error) {
	if (x.Manifest == "") == (len(x.Pages) == 0) {
		return nil, fmt.Errorf("name pages, or a --manifest: %w", config.ErrUsage)
	}
	if x.URL != "" && (len(x.Pages) != 1 || isArchive(x.Pages[0])) {
		return nil, fmt.Errorf("--url is the address of a single page: %w", config.ErrUsage)
	}
	if x.Manifest != "" {
		return readManifest(x.Manifest)
	}
	var inputs []input
	for _, page := range x.Pages {
		inputs = append(inputs, inputOf(page, x.URL))
	}
	return inputs, nil
}

// inputOf is the page that an argument names: a file, which came from the
// address if one is given, or a URL.
func inputOf(page, address string) input {
	if isURL(page) {
		return input{ID: page, URL: page}
	}
	return input{ID: page, File: page, URL: address}
}

func readManifest(path string) ([]input, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	defer file.Close()
	var inputs []input
	dec := json.NewDecoder(bufio.NewReader(file))
	for {
		var in input
		err := dec.Decode(&in)
		if errors.Is(err, io.EOF) {
			return inputs, nil
		}
		if err != nil {
			return nil, fmt.Errorf("manifest %s: entry %d: %w", path, len(inputs)+1, err)
		}
		inputs = append(inputs, in)
	}
}

func (x *extractCommand) print(c *console, w io.Writer, p page, e extracted) error {
	if x.Manifest != "" || p.archived {
		e.Input = p.id
	}
	if x.JSONL || x.Manifest != "" {
		return printJSONLine(w, e)
	}
	if e.Error != "" {
		fmt.Fprintf(c.err, "copydesk: %s: %s\n", p.id, e.Error)
		return nil
	}
	return printJSON(w, e)
}
