package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/export"
)

// exportSince is a moment, or the manifest to go on from.
type exportSince struct {
	since
	path     string
	manifest *export.Manifest
}

// UnmarshalText reads what since reads, else the name of a manifest that is there,
// or of its folder.
func (s *exportSince) UnmarshalText(text []byte) error {
	err := s.since.UnmarshalText(text)
	if err == nil {
		return nil
	}
	path := string(text)
	switch info, missing := os.Stat(path); {
	case missing != nil:
		return fmt.Errorf("%w, and no manifest either", err)
	case info.IsDir():
		path = filepath.Join(path, export.ManifestName)
	}
	s.path, err = filepath.Abs(path)
	if err == nil {
		s.manifest, err = export.ReadManifest(s.path)
	}
	return err
}

// exportPlan is what a command line comes to.
type exportPlan struct {
	export.Choice
	guard   bool
	request api.ExportRequest
	// manifest is where the dump is noted, and manifestPath its file, empty for
	// none.
	manifest     *export.Manifest
	manifestPath string
}

// plan is what the flags come to: of a manifest that is gone on from, what it is
// of.
func (x *exportCommand) plan() (*exportPlan, error) {
	p := &exportPlan{Choice: x.choice(), guard: x.Guard}
	p.manifest, p.manifestPath = new(export.Manifest), x.Manifest
	after := x.After
	if old := x.Since.manifest; old != nil {
		if err := x.sameAs(old); err != nil {
			return nil, err
		}
		if err := recovered(x.Since.path); err != nil {
			return nil, err
		}
		old.Unfinished = nil
		p.Choice, after = old.Choice, old.Row()
		if p.manifestPath == "" || p.manifestPath == x.Since.path {
			p.manifest, p.manifestPath = old, x.Since.path
		}
	}
	p.manifest.Choice = p.Choice
	if err := x.check(p); err != nil {
		return nil, fmt.Errorf("%w: %w", err, config.ErrUsage)
	}
	if old := x.Since.manifest; old != nil {
		p.manifest.Began = old.Began
	}
	p.request = api.ExportRequest{
		After: after, Query: p.Query, Site: p.Site, Since: p.From, Until: p.To,
		Revisions: p.Table == export.Revisions, Captures: p.Table == export.Captures,
	}
	if x.Since.After(p.request.Since) {
		p.request.Since = x.Since.Time
	}
	return p, nil
}

func (x *exportCommand) choice() export.Choice {
	c := export.Choice{Table: export.Articles, Format: export.JSONL, Query: strings.Join(x.Query, " "), Site: x.Site, From: x.From.Time, To: x.To.Time}
	switch {
	case x.Revisions:
		c.Table = export.Revisions
	case x.Captures:
		c.Table = export.Captures
	}
	switch {
	case x.CSV:
		c.Format = export.CSV
	case x.Parquet:
		c.Format = export.ParquetFiles
	case x.NinJS:
		c.Format = export.NinJS
	}
	return c
}

// sameAs is an error where the flags ask for something else than a manifest is
// of. What they do not say is as the manifest has it.
func (x *exportCommand) sameAs(m *export.Manifest) error {
	asked := x.choice()
	for _, f := range []struct {
		said      bool
		what      string
		got, want string
	}{
		{x.Revisions || x.Captures, "table", string(asked.Table), string(m.Table)},
		{x.JSONL || x.CSV || x.Parquet || x.NinJS, "format", string(asked.Format), string(m.Format)},
		{asked.Query != "", "query", asked.Query, m.Query},
		{asked.Site != "", "site", asked.Site, m.Site},
		{!asked.From.IsZero(), "from", momentWords(asked.From), momentWords(m.From)},
		{!asked.To.IsZero(), "to", momentWords(asked.To), momentWords(m.To)},
		{x.After != 0, "after", fmt.Sprint(x.After), fmt.Sprint(m.Row())},
	} {
		if f.said && f.got != f.want {
			return fmt.Errorf("--since %s: its %s is %s, not %s: leave that out, or begin a manifest of its own: %w", x.Since.path, f.what, cmp.Or(f.want, "none"), f.got, config.ErrUsage)
		}
	}
	return nil
}

// momentWords is a moment as a manifest has it, nothing where there is none.
func momentWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// check refuses what cannot be written, before anything is.
func (x *exportCommand) check(p *exportPlan) error {
	switch {
	case p.Format == export.NinJS && p.Table == export.Captures:
		return errors.New("--ninjs is for articles: captures are no news items")
	case x.Guard && p.Format != export.CSV:
		return errors.New("--for-spreadsheets is for --csv")
	case p.Format == export.ParquetFiles && x.Out == "":
		return errors.New("--parquet writes a folder: name it with --out")
	case p.manifestPath != "" && x.Out == "":
		return errors.New("a manifest names files: name one with --out")
	case p.Format == export.ParquetFiles:
		return x.checkFolder(p)
	case p.manifestPath == "":
		return nil
	}
	if err := recovered(p.manifestPath); err != nil {
		return err
	}
	if p.manifest.Names(p.manifestPath, x.Out) || p.manifest.Names(p.manifestPath, p.manifest.Removed(x.Out)) {
		return fmt.Errorf("--out %s: the manifest names that file already: choose another for what is new", x.Out)
	}
	return nil
}

// checkFolder has a folder hold one manifest and what it names.
func (x *exportCommand) checkFolder(p *exportPlan) error {
	path := filepath.Join(x.Out, export.ManifestName)
	switch {
	case p.manifestPath == path && x.Since.path == path:
		return nil
	case x.Manifest != "" && x.Manifest != path:
		return fmt.Errorf("--manifest %s: of --parquet it is %s", x.Manifest, path)
	}
	if p.manifestPath != path { // what is gone on from lies elsewhere
		p.manifest, p.manifestPath = &export.Manifest{Choice: p.Choice}, path
	}
	if err := recovered(path); err != nil {
		return err
	}
	err := export.CheckEmpty(x.Out)
	if errors.Is(err, export.ErrNotEmpty) {
		err = fmt.Errorf("%w: choose another, or go on with --since %s", err, path)
	}
	return err
}

// recovered takes away what a dump left that was killed. What is no manifest tells
// of none.
func recovered(path string) error {
	if _, err := export.ReadManifest(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return export.Recover(path)
}

// stage is where the dump is held until all of it is whole.
func (p *exportPlan) stage(out string) (*export.Stage, error) {
	if p.Format != export.ParquetFiles {
		return export.StageFor(out)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	return export.NewStage(filepath.Clean(out))
}

func (p *exportPlan) writer(w io.Writer) (export.Writer, error) {
	switch p.Format {
	case export.CSV:
		return export.NewCSV(w, p.Table, p.guard)
	case export.NinJS:
		return export.NewNinJS(w), nil
	}
	return export.NewJSONL(w), nil
}
