package cli

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// importReport is what import tells in JSON.
type importReport struct {
	store.RunState
	// Sent counts the captures that the files hold, Elsewhere those of them that
	// the archive had before or could not take.
	Sent      int64 `json:"sent"`
	Elsewhere int64 `json:"elsewhere,omitempty"`
	// Rejected counts what could not be read; Rejects is the file that says why.
	Rejected int64  `json:"rejected"`
	Rejects  string `json:"rejects,omitempty"`
	first    rejected
	// Others counts by type the records that hold no page.
	Others map[string]int64 `json:"others,omitempty"`
}

func reportOf(state *importState, run store.RunState) importReport {
	report := importReport{RunState: run, Others: map[string]int64{}}
	for _, file := range state.Files {
		report.Sent += file.Sent
		report.Rejected += file.Rejected
		for kind, n := range file.Others {
			report.Others[kind] += n
		}
	}
	report.Elsewhere = max(0, report.Sent-run.Captures)
	if first, err := state.firstReject(); err == nil && report.Rejected > 0 {
		report.Rejects, report.first = state.rejects(), first
	}
	return report
}

// errNothingRead is returned for an import of which nothing could be read: the
// files are not what their names say.
var errNothingRead = errors.New("no record could be read")

// tellImport sums up. It is an error if nothing could be read.
func tellImport(c *console, state *importState, run store.RunState) error {
	report := reportOf(state, run)
	if c.JSON {
		if err := printJSON(c.out, report); err != nil {
			return err
		}
	} else {
		report.tell(c, len(state.Files))
	}
	if report.Sent == 0 && len(report.Others) == 0 && report.Rejected > 0 {
		return errNothingRead
	}
	return nil
}

func (r importReport) tell(c *console, files int) {
	fmt.Fprintf(c.out, "run %s: %s of %s in the archive\n", r.Name, english.Plural(int(r.Captures), "capture", ""), english.Plural(files, "file", ""))
	if r.Elsewhere > 0 {
		fmt.Fprintf(c.out, "  not counted there: %s that the archive had before or was told to delete; what it cannot take, \"copydesk dead ls\" lists\n", number(r.Elsewhere))
	}
	if len(r.Others) > 0 {
		fmt.Fprintf(c.out, "  left out, as they hold no page: %s\n", counted(r.Others))
	}
	if r.Rejected > 0 {
		fmt.Fprintf(c.out, "  %s could not be read, for the reasons in %s\n", english.Plural(int(r.Rejected), "record", ""), r.Rejects)
		if r.first.Reason != "" {
			fmt.Fprintf(c.out, "    the first is %s#%s: %s\n", filepath.Base(r.first.File), r.first.Place, c.out.Cut(r.first.Reason, 200))
		}
	}
	if r.Captures > 0 {
		fmt.Fprintf(c.out, "  extraction: %s (copydesk runs show %s)\n", extractionOf(r.RunState), r.Name)
	}
}

// extractionOf says what became of the captures of a run.
func extractionOf(run store.RunState) string {
	counts := map[string]int64{}
	for outcome, n := range run.Outcomes {
		if outcome == news.Done {
			counts["kept"] += n
		} else {
			counts[string(outcome)] += n
		}
	}
	if open := run.Captures - ended(run); open > 0 {
		counts["to come"] = open
	}
	return counted(counts)
}

// ended is how many captures of a run are at their end.
func ended(run store.RunState) (n int64) {
	for _, some := range run.Outcomes {
		n += some
	}
	return n
}

// counted lists counts by name.
func counted(counts map[string]int64) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, number(counts[name])+" "+name)
	}
	return strings.Join(parts, ", ")
}
