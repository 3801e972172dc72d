package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

// showStatus shows one screen, of at most 40 lines and mostly 100 columns.
func showStatus(out *term.Out, desk deskStatus) {
	line, well := desk.verdict()
	if well {
		line = out.Good(line)
	} else {
		line = out.Bad(line)
	}
	out.Table([][]string{{line}}) // cut at the terminal's edge
	showServices(out, desk)
	for _, s := range desk.Services {
		if s.Index != nil {
			showPages(out, s.Index.Counts, s.Index.Activity.Paces)
		}
	}
	showHoldings(out, desk)
	showSlow(out, desk)
	if desk.Broker != "" {
		fmt.Fprintf(out, "\n%s\n  %s\n", out.Bold("Streams"), out.Bad(desk.Broker))
		return
	}
	showStreams(out, desk.Streams)
}

func showServices(out *term.Out, desk deskStatus) {
	var rows [][]string
	for _, s := range desk.Services {
		state := out.Good("ready")
		last := out.Dim(fmt.Sprintf("%s, PID %d, up %s", s.Version, s.PID, time.Since(s.StartedAt).Round(time.Second)))
		if !s.Ready {
			state = out.Bad("not ready")
			var why []string
			for _, p := range s.Parts {
				if !p.Ready {
					why = append(why, p.Name+": "+p.Why)
				}
			}
			last = out.Bad(strings.Join(why, "; "))
		}
		rows = append(rows, []string{"  " + s.Service, state, pace(desk, s.Service), last})
	}
	for _, name := range desk.Silent {
		rows = append(rows, []string{"  " + name, out.Bad("silent"), pace(desk, name), out.Dim("no running " + name + " answers")})
	}
	for _, name := range slices.Sorted(maps.Keys(desk.Failed)) {
		rows = append(rows, []string{"  " + name, out.Bad("fails"), pace(desk, name), out.Dim(desk.Failed[name])})
	}
	fmt.Fprintf(out, "\n%s\n", out.Bold("Services"))
	out.Table(rows)
}

func pace(desk deskStatus, service string) string {
	perSecond, known := desk.paceOf(service)
	if !known {
		return ""
	}
	return fmt.Sprintf("%6.1f/s", perSecond)
}

// showPages shows what became of every page: the outcomes, most telling first,
// with the reasons of the last day, or of all time on a day without any.
func showPages(out *term.Out, counts store.Counts, paces []store.Pace) {
	final := map[news.Outcome][]store.Tally{}
	for _, t := range counts.Tallies {
		if t.Final {
			final[t.Outcome] = append(final[t.Outcome], t)
		}
	}
	fmt.Fprintln(out)
	rows := [][]string{
		{out.Bold("Pages"), out.Dim("     hour"), out.Dim("      day"), out.Dim("     ever"), ""},
		{"  came in", "", "", column(counts.Visits), ""},
	}
	for _, outcome := range []news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Dead} {
		name := out.Dim(string(outcome))
		if len(final[outcome]) > 0 {
			name = outcomeText(out, outcome, "")
		}
		hour, day, lately := happened(paces, func(p store.Pace) bool { return p.Final && p.Outcome == outcome })
		rows = append(rows, []string{"  " + name, column(hour), column(day), column(visits(final[outcome])), out.Dim(cmp.Or(reasons(lately), reasons(final[outcome])))})
	}
	hour, day, lately := happened(paces, func(p store.Pace) bool { return p.Outcome == news.Retrying })
	rows = append(rows,
		[]string{"  " + out.Dim("retries"), column(hour), column(day), "", out.Dim(reasons(lately))},
		[]string{"  on their way", "", "", column(counts.Open), out.Dim(reasons(open(counts.Tallies)))})
	out.Table(rows)
}

// happened sums up what is chosen; lately is the same by reason, of the day.
func happened(paces []store.Pace, choose func(store.Pace) bool) (hour, day int64, lately []store.Tally) {
	sums := map[news.Reason]int64{}
	for _, p := range paces {
		if choose(p) {
			hour, day = hour+p.Hour, day+p.Day
			sums[p.Reason] += p.Day
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(sums)) {
		lately = append(lately, store.Tally{Reason: reason, Final: true, Visits: sums[reason]})
	}
	return hour, day, lately
}

func open(tallies []store.Tally) []store.Tally {
	return slices.DeleteFunc(slices.Clone(tallies), func(t store.Tally) bool { return t.Final })
}

func visits(tallies []store.Tally) (n int64) {
	for _, t := range tallies {
		n += t.Visits
	}
	return n
}

// reasons lists why, the most frequent first.
func reasons(tallies []store.Tally) string {
	tallies = slices.SortedStableFunc(slices.Values(tallies), func(a, b store.Tally) int { return cmp.Compare(b.Visits, a.Visits) })
	var parts []string
	for _, t := range tallies {
		switch {
		case t.Reason != "":
			parts = append(parts, fmt.Sprintf("%s %s", t.Reason, number(t.Visits)))
		case !t.Final:
			parts = append(parts, fmt.Sprintf("%s %s", t.Stage, number(t.Visits)))
		}
	}
	return strings.Join(parts, ", ")
}

func showHoldings(out *term.Out, desk deskStatus) {
	var rows [][]string
	disks := map[string]bool{}
	for _, s := range desk.Services {
		if f := s.Frontier; f != nil {
			rows = append(rows, []string{"  frontier", fmt.Sprintf("%s waiting at %s hosts, %s sent, %s settled",
				number(f.Waiting), number(f.Hosts), number(f.Sent), number(f.Settled))})
		}
		if c := s.Sources; c != nil && c.Active+c.Paused > 0 {
			rows = append(rows, []string{"  sources", fmt.Sprintf("%s polled, %s paused", number(c.Active), number(c.Paused)) + silences(out, *c)})
		}
		if r := s.Rules; r != nil && r.Digest != "" {
			text := holdings(r.Count, "site rule", r.Agencies) + ", " + r.Digest
			if r.Problem != "" {
				text += out.Bad(": " + oneLine(r.Problem))
			}
			rows = append(rows, []string{"  rules", text})
		}
		if x := s.Index; x != nil {
			rows = append(rows, []string{"  articles", fmt.Sprintf("%s stories in %s revisions", number(x.Stories), number(x.Revisions))})
			state := out.Good("up to date")
			if behind := x.LastRow - x.SearchedRow; behind > 0 {
				state = out.Warn(number(behind) + " rows behind")
			}
			rows = append(rows, []string{"  search", state})
		}
		if a := s.Archive; a != nil {
			rows = append(rows, []string{"  archive", fmt.Sprintf("%s captures, %s of them the same as an earlier one, %s in %s",
				number(a.Captures), number(a.Revisits), humanize.Bytes(uint64(a.Bytes)), english.Plural(a.Segments, "file", "")) + waitsFor(out, a.Vault)})
		}
		if x := s.Index; x != nil {
			for _, run := range x.Runs {
				rows = append(rows, []string{"  " + string(run.Kind), out.Cut(run.Name, 40) + ": " + runProgress(out, run)})
			}
		}
		for _, d := range disksOf(s) {
			if disks[s.Host+d.Folder] {
				continue
			}
			disks[s.Host+d.Folder] = true
			room := fmt.Sprintf("%s free of %s at %s", humanize.Bytes(d.Free), humanize.Bytes(d.Size), d.Folder)
			if float64(d.Free) < diskIsLow*float64(d.Size) {
				room = out.Bad(room)
			}
			rows = append(rows, []string{"  disk", room})
		}
	}
	if len(rows) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Holdings"))
		out.Table(rows)
	}
}

// runProgress says how far a run is.
func runProgress(out *term.Out, run store.RunState) string {
	if run.Kind == news.RunReplay {
		return standing(run)
	}
	text := english.Plural(int(run.Captures), "capture", "")
	if waiting := run.Captures - run.Fed; waiting > 0 {
		text += out.Warn(fmt.Sprintf(", %s not handed on yet", number(waiting)))
	}
	if run.Captures == 0 {
		return text
	}
	if run.Outcomes == nil {
		return text + ": copydesk runs show " + run.Name + " counts what came of them"
	}
	return text + ": " + extractionOf(run)
}

// waitsFor says how many files of the archive wait to be brought away, and why.
func waitsFor(out *term.Out, v *api.VaultStatus) string {
	switch {
	case v == nil || v.Waiting == 0 && v.Problem == "":
		return ""
	case v.Problem == "":
		return out.Warn(fmt.Sprintf(", %d to be brought away", v.Waiting))
	}
	return out.Bad(fmt.Sprintf(", %d wait: %s", v.Waiting, oneLine(v.Problem)))
}

// silences says how many sources are silent, and why the first is.
func silences(out *term.Out, c frontier.SourceCounts) string {
	if c.Silent == 0 {
		return ""
	}
	text := out.Bad(fmt.Sprintf(", %s silent", number(c.Silent)))
	if len(c.Silences) > 0 {
		text += out.Dim(fmt.Sprintf(": %s: %s", c.Silences[0].URL, c.Silences[0].Why))
	}
	return text
}

// slowShown is how many slow hosts the screen has room for.
const slowShown = 3

// showSlow names the hosts that keep URLs waiting longest.
func showSlow(out *term.Out, desk deskStatus) {
	var slow []frontier.Slow
	for _, s := range desk.Services {
		slow = append(slow, s.Slow...)
	}
	if len(slow) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", out.Bold("Hosts that wait longest"))
	var rows [][]string
	for _, h := range slow[:min(slowShown, len(slow))] {
		next := "next in " + max(0, time.Until(h.Next)).Round(time.Second).String()
		why := ""
		if h.Failures > 0 {
			why = out.Warn(fmt.Sprintf("failed %d times in a row", h.Failures))
		}
		rows = append(rows, []string{"  " + h.Host, column(h.Waiting) + " waiting", next, why})
	}
	out.Table(rows)
}

// showStreams shows the streams that hold anything or have a reader.
func showStreams(out *term.Out, streams []stream.StreamStatus) {
	fmt.Fprintln(out)
	rows := [][]string{{out.Bold("Streams"), out.Dim(" messages"), out.Dim("    size"), out.Dim("readers")}}
	for _, s := range streams {
		if s.Messages == 0 && len(s.Readers) == 0 && s.Dead == nil {
			continue
		}
		name := s.Name
		if s.Dead != nil && s.Messages > 0 {
			name = out.Bad(name)
		}
		rows = append(rows, []string{"  " + name, column(int64(s.Messages)), fmt.Sprintf("%8s", humanize.Bytes(s.Bytes)), readers(out, s)})
	}
	out.Table(rows)
}

// readers says which readers of a stream have work before them.
func readers(out *term.Out, s stream.StreamStatus) string {
	if s.Dead != nil {
		return letters(out, s.Dead)
	}
	if len(s.Readers) == 0 {
		return out.Dim("–")
	}
	var behind []string
	for _, r := range s.Readers {
		if r.Pending+uint64(r.InHand) == 0 {
			continue
		}
		text := fmt.Sprintf("%s: %s waiting, %d in hand", r.Name, number(int64(r.Pending)), r.InHand)
		if r.Redelivered > 0 {
			text += fmt.Sprintf(" (%d again)", r.Redelivered)
		}
		if r.Oldest > 0 {
			text += ", oldest " + r.Oldest.Round(time.Second).String()
		}
		behind = append(behind, out.Warn(text))
	}
	if len(behind) == 0 {
		return out.Dim("all read")
	}
	return strings.Join(behind, "; ")
}

// letters says where the dead died.
func letters(out *term.Out, dead map[news.Stage]uint64) string {
	var parts []string
	for _, stage := range slices.Sorted(maps.Keys(dead)) {
		if n := dead[stage]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", stage, number(int64(n))))
		}
	}
	if len(parts) == 0 {
		return out.Dim("–")
	}
	return out.Bad(strings.Join(parts, ", ")) + out.Dim(": copydesk dead ls")
}

func number(n int64) string { return humanize.Comma(n) }

// column is a number in a column of numbers.
func column(n int64) string { return fmt.Sprintf("%9s", number(n)) }
