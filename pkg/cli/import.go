package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type importCommand struct {
	What    []string `arg:"" name:"file|folder" help:"Web archives (.warc, .wet, .wacz), lines of JSON with pages in them (.jsonl), each also .gz or .zst, or folders with a manifest.jsonl." type:"path"`
	Run_    string   `name:"run" help:"Name of the import; the same name goes on with it. Without one it is made of the files' names." placeholder:"NAME"`
	Publish bool     `help:"Publish what comes out as news, on ARTICLE. Without it the index has it, and subscribers do not."`
	Again   bool     `help:"Read the files from their begin, also where an earlier run of this command has read them."`
	Wait    bool     `help:"Wait until all pages are extracted, and their articles can be found."`
}

// Run reads files of pages and sends what they hold to the archive of the desk,
// which hands it on to the extractors. The same command goes on where it was
// interrupted.
func (x *importCommand) Run(ctx context.Context, c *console) error {
	sources, err := x.open()
	if err != nil {
		return err
	}
	defer func() {
		for _, s := range sources {
			s.Close()
		}
	}()
	run := news.Run{Name: x.name(), Kind: news.RunImport, Publish: x.Publish}
	if err := run.Check(); err != nil {
		return fmt.Errorf("--run: %w: %w", err, config.ErrUsage)
	}
	state, err := openImportState(filepath.Join(config.DefaultState(), "imports"), run.Name)
	if err != nil {
		return err
	}
	defer state.Close()
	if x.Again {
		if err := state.forget(); err != nil {
			return err
		}
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), importMemory)))
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := ask[struct{}](ctx, conn, api.RunsBegin, api.RunsBeginRequest{Run: run, Sending: true}); err != nil {
		return err
	}
	if err := sendAll(ctx, c, conn, state, sources); err != nil {
		return interrupted(ctx, c, err, "the same command goes on from there")
	}
	if _, err := ask[struct{}](ctx, conn, api.RunsBegin, api.RunsBeginRequest{Run: run}); err != nil {
		return interrupted(ctx, c, err, "the same command says that all is sent")
	}
	reached, err := x.follow(ctx, c, conn, state)
	if err != nil {
		return interrupted(ctx, c, err, "all is sent, and the desk goes on with it; the same command waits for it")
	}
	return tellImport(c, state, reached)
}

// interrupted says what comes of what was interrupted.
func interrupted(ctx context.Context, c *console, err error, then string) error {
	if ctx.Err() != nil {
		fmt.Fprintf(c.err, "interrupted: %s\n", then)
	}
	return err
}

// importMemory is from how many bytes on garbage is collected at once: records of
// 64 MB, each a copy or two, would else lie about until there are several.
const importMemory = 128 << 20

// open opens all files, before anything is sent of any.
func (x *importCommand) open() ([]*intake.Source, error) {
	var all []*intake.Source
	for _, what := range x.What {
		source, err := intake.Open(what)
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s: %w", what, errNotFound)
		}
		if err != nil {
			for _, s := range all {
				s.Close()
			}
			return nil, err
		}
		all = append(all, source)
	}
	return all, nil
}

// name is the import's name: the one that is given, else the first file's, and
// what tells it from others whose first file has the same name.
func (x *importCommand) name() string {
	if x.Run_ != "" {
		return x.Run_
	}
	paths := slices.Clone(x.What)
	for i, path := range paths {
		if whole, err := filepath.Abs(path); err == nil {
			paths[i] = whole
		}
	}
	slices.Sort(paths)
	sum := sha256.Sum256([]byte(strings.Join(paths, "\n")))
	name, _, _ := strings.Cut(strings.ToLower(filepath.Base(paths[0])), ".")
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, name)
	return name[:min(len(name), 40)] + "-" + hex.EncodeToString(sum[:4])
}

// sendAll sends what the files hold to the archive.
func sendAll(ctx context.Context, c *console, conn *stream.Conn, state *importState, sources []*intake.Source) error {
	total, before := int64(0), int64(0)
	files := make([]*importedFile, len(sources))
	for i, source := range sources {
		file, err := state.file(source)
		if err != nil {
			return err
		}
		files[i] = file
		total += source.Size
		before += file.Done
	}
	progress := c.err.NewByteProgress("import "+state.Run, before, total)
	defer progress.Clear()
	for i, source := range sources {
		if files[i].Whole {
			continue
		}
		others := before - files[i].Done
		if err := sendFile(ctx, conn, state, source, files[i], progress, others); err != nil {
			return understood(err)
		}
		before = others + files[i].Done
	}
	return nil
}

// sendFile sends one file, before which so many bytes of others were read.
func sendFile(ctx context.Context, conn *stream.Conn, state *importState, source *intake.Source, file *importedFile, progress *term.Progress, others int64) error {
	name := filepath.Base(source.Path)
	importer := stage.Importer{
		Conn: conn, Run: state.Run,
		Reject: func(place string, why error) error { return state.reject(source.Path, place, why) },
		Passed: func(now stage.Imported) error {
			file.Imported = now
			progress.At(int(others + now.Done))
			return state.write()
		},
	}
	err := patiently(conn, progress, func() error { return importer.Read(ctx, source, name, file.Imported) })
	if err != nil {
		return fmt.Errorf("import %s: %w (the same command goes on from there)", source.Path, err)
	}
	file.Whole = true
	return state.write()
}

// followEvery is how often it is asked how far the desk is; where the answer takes
// its time, for the desk counts, followShare times as long is waited, at most
// followMost.
const (
	followEvery = 500 * time.Millisecond
	followShare = 20
	followMost  = 5 * time.Second
)

// follow waits until the archive has what was sent, and if wanted until all of it
// came to its end.
func (x *importCommand) follow(ctx context.Context, c *console, conn *stream.Conn, state *importState) (store.RunState, error) {
	progress := c.err.NewProgress("archive "+state.Run, int(state.sent()))
	if x.Wait {
		progress = c.err.NewProgress("extract "+state.Run, int(state.sent()))
	}
	defer progress.Clear()
	for {
		asked := time.Now()
		left, err := conn.ImportsLeft(ctx, state.Run) // before the run: what it says is then all
		if err != nil {
			return store.RunState{}, err
		}
		reply, err := ask[api.RunsListReply](ctx, conn, api.RunsList, api.RunsListRequest{Name: state.Run})
		if err != nil {
			return store.RunState{}, err
		}
		run := reply.Runs[0]
		if left == 0 && !x.Wait {
			return run, nil
		}
		if left == 0 && ended(run) >= run.Captures {
			return run, awaitFindable(ctx, conn)
		}
		if x.Wait {
			progress.At(int(ended(run)))
		} else {
			progress.At(int(max(0, state.sent()-int64(left)))) // what was there before is no capture of the run
		}
		select {
		case <-ctx.Done():
			return run, ctx.Err()
		case <-time.After(max(followEvery, min(followShare*time.Since(asked), followMost))):
		}
	}
}
