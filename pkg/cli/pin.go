package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/pins"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
)

// pinFolder is where pins are.
type pinFolder struct {
	Pins string `default:"pins" type:"path" placeholder:"DIR" help:"Folder of the pins, which can be committed."`

	config.SiteRules `embed:"" prefix:"extract-"`
}

type pinCommand struct {
	Page captureName `arg:"" name:"url[@time]" help:"An address, or a file that was added; with @2026-01-31 or @2026-01-31T10:00:00Z its last capture of then or before, else its last."`
	Made bool        `help:"Accept what this build makes of it, whatever the index has."`
	pinFolder
}

// Run keeps a capture and its accepted record: the one that the index has, or
// where it has none, or that is wanted, the one that this build makes.
func (x *pinCommand) Run(ctx context.Context, c *console) error {
	url, err := addressOf(x.Page.URL)
	if err != nil {
		return err
	}
	rules, err := siterules.Open(x.RulesFile())
	if err != nil {
		return err
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	q := api.ArchiveGetRequest{URL: url, At: x.Page.At, Indexed: true}
	reply, err := api.Gather[api.ArchiveGetReply](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return ask[api.Piece](ctx, conn, api.ArchiveGet, q)
	})
	if err != nil {
		return err
	}
	reply.Page.Body = reply.Body
	made, err := accept(reply.Page, rules.Set())
	if err != nil {
		return err
	}
	pin := made
	indexed := !x.Made && reply.Indexed.Outcome != ""
	if indexed {
		if pin, err = published(reply.Page, reply.Indexed); err != nil {
			return err
		}
	}
	dir, err := pins.Write(x.Pins, pin)
	if err != nil {
		return err
	}
	moved, err := movedPin(pin, made)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, map[string]any{"pin": dir, "record": pin.Record, "reason": pin.Reason, "indexed": indexed, "moved": moved})
	}
	showPin(c, dir, pin, indexed, moved)
	return nil
}

// published is the pin of a page with what the index has of it.
func published(page *news.Page, indexed store.Made) (pins.Pin, error) {
	if indexed.Record == nil {
		return pins.Pin{Page: page, Reason: indexed.Reason}, nil
	}
	pin := pins.Pin{Page: page, Record: new(news.Article)}
	if err := json.Unmarshal(indexed.Record, pin.Record); err != nil {
		return pins.Pin{}, fmt.Errorf("the record of %s: %w", page.URL, err)
	}
	return pin, nil
}

// movedPin is how a page differs from its pin, nil where it does not.
func movedPin(pin, now pins.Pin) (*diff.Change, error) {
	before, err := pinnedSide(pin)
	if err != nil {
		return nil, err
	}
	after, err := pinnedSide(now)
	if err != nil {
		return nil, err
	}
	return diff.Compare(diff.Pair{CaptureID: pin.Page.CaptureID, URL: pin.Page.URL, Site: pin.Page.Site, Before: before, After: after})
}

// showPin tells what was accepted, and how this build differs from that.
func showPin(c *console, dir string, pin pins.Pin, indexed bool, moved *diff.Change) {
	what, whose := "no article: "+string(pin.Reason), "as this build makes it"
	if pin.Record != nil {
		what = pin.Record.Headline
	}
	if indexed {
		whose = "as the index has it"
	}
	fmt.Fprintf(c.out, "%s: %s (%s)\n", dir, what, whose)
	if moved != nil {
		showChange(c.out, *moved)
		fmt.Fprintln(c.out, "\nthis build makes it otherwise, so \"copydesk check\" will say that it moved; --made accepts what this build makes")
	}
}

// accept is the pin of a page with what this build makes of it.
func accept(page *news.Page, rules *siterules.Set) (pins.Pin, error) {
	article, err := stage.Extract(page, pageLimit, rules)
	fault, skipped := errors.AsType[*news.Fault](err)
	if err != nil && (!skipped || fault.Kind != news.Skip) {
		return pins.Pin{}, fmt.Errorf("extract %s: %w", page.URL, err)
	}
	pin := pins.Pin{Page: page, Record: article}
	if err != nil {
		pin.Record, pin.Reason = nil, fault.Reason
	}
	return pin, nil
}

type checkCommand struct {
	pinFolder
	Accept bool `help:"Accept what this build makes of the pins."`
}

// errMoved is returned where pins are not as they were accepted.
var errMoved = errors.New("pins moved: accept them with --accept, or mend what moved them")

// Run extracts all pins again and tells what moved.
func (x *checkCommand) Run(ctx context.Context, c *console) error {
	rules, err := siterules.Open(x.RulesFile())
	if err != nil {
		return err
	}
	dirs, err := pins.List(x.Pins)
	if err != nil {
		return err
	}
	if len(dirs) == 0 {
		return fmt.Errorf("no pins in %s: make some with \"copydesk pin\": %w", x.Pins, errNotFound)
	}
	report := &diff.Report{Run: "now", Against: x.Pins}
	for _, dir := range dirs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.check(report, dir, rules.Set()); err != nil {
			return err
		}
	}
	report.Sort()
	if c.JSON {
		err = printJSON(c.out, report)
	} else {
		for _, change := range report.Changes {
			showChange(c.out, change)
		}
		fmt.Fprintf(c.out, "%s: %d as accepted, %d moved\n", english.Plural(len(dirs), "pin", ""), report.Same+report.Neither, len(report.Changes))
	}
	if err == nil && len(report.Changes) > 0 && !x.Accept {
		return errMoved
	}
	return err
}

// check compares one pin.
func (x *checkCommand) check(report *diff.Report, dir string, rules *siterules.Set) error {
	pin, err := pins.Read(dir)
	if err != nil {
		return err
	}
	now, err := accept(pin.Page, rules)
	if err != nil {
		return err
	}
	before, err := pinnedSide(pin)
	if err != nil {
		return err
	}
	after, err := pinnedSide(now)
	if err != nil {
		return err
	}
	if err := report.Add(diff.Pair{CaptureID: pin.Page.CaptureID, URL: pin.Page.URL, Site: pin.Page.Site, Before: before, After: after}); err != nil {
		return err
	}
	if x.Accept {
		_, err = pins.Write(x.Pins, now)
	}
	return err
}

func pinnedSide(p pins.Pin) (diff.Side, error) {
	if p.Record == nil {
		return diff.Side{Why: string(p.Reason)}, nil
	}
	record, err := json.Marshal(p.Record)
	return diff.Side{Record: record}, err
}
