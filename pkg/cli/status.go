package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type statusCommand struct{}

// services are asked for their status, in the order in which a page passes them.
var services = []string{"fetcher", "extractor", "indexer"}

// statusTimeout is how long a service may take to answer before it is shown as
// silent.
const statusTimeout = 3 * time.Second

// deskStatus is what all services together say.
type deskStatus struct {
	Services []api.StatusReply `json:"services"`
	// Silent services did not answer.
	Silent []string `json:"silent,omitempty"`
	// Failed services answered with an error.
	Failed map[string]string `json:"failed,omitempty"`
	// Streams is what the broker says, whoever is silent.
	Streams []stream.StreamStatus `json:"streams"`
}

// Run asks every service and shows one screen. It fails if one is silent or
// cannot work.
func (statusCommand) Run(ctx context.Context, c *console) error {
	settings, err := c.broker()
	if err != nil {
		return err
	}
	conn, err := c.dial(ctx, settings)
	if err != nil {
		return err
	}
	defer conn.Close()
	desk := askAll(ctx, conn)
	desk.Streams, err = conn.Streams(ctx)
	if len(desk.Silent) == len(services) {
		return errors.Join(c.showIfAny(desk), fmt.Errorf("%w: no service answers at %s", errNotRunning, c.address(settings)))
	}
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(c.out, desk)
	} else {
		showStatus(c.out, desk)
	}
	if err == nil && !desk.ready() {
		return errPartly
	}
	return err
}

// showIfAny shows the streams of a broker that no service works on, if it has
// any.
func (c *console) showIfAny(desk deskStatus) error {
	switch {
	case c.JSON:
		return printJSON(c.out, desk)
	case len(desk.Streams) > 0:
		showStatus(c.out, desk)
	}
	return nil
}

func askAll(ctx context.Context, conn *stream.Conn) deskStatus {
	ctx, stop := context.WithTimeout(ctx, statusTimeout)
	defer stop()
	replies, errs := make([]api.StatusReply, len(services)), make([]error, len(services))
	var group sync.WaitGroup
	for i, name := range services {
		group.Go(func() {
			replies[i], errs[i] = ask[api.StatusReply](ctx, conn, api.Status(name), struct{}{})
		})
	}
	group.Wait()
	desk := deskStatus{Failed: map[string]string{}}
	for i, name := range services {
		switch err := errs[i]; {
		case err == nil:
			desk.Services = append(desk.Services, replies[i])
		case errors.Is(err, errNotRunning), errors.Is(err, context.DeadlineExceeded):
			desk.Silent = append(desk.Silent, name)
		default:
			desk.Failed[name] = err.Error()
		}
	}
	return desk
}

func (d deskStatus) ready() bool {
	for _, s := range d.Services {
		if !s.Ready {
			return false
		}
	}
	return len(d.Silent)+len(d.Failed) == 0
}

func showStatus(out *term.Out, desk deskStatus) {
	showServices(out, desk)
	for _, s := range desk.Services {
		if s.Index != nil {
			showPages(out, s.Index.Counts)
		}
	}
	showHoldings(out, desk)
	showStreams(out, desk.Streams)
}

func showServices(out *term.Out, desk deskStatus) {
	var rows [][]string
	for _, s := range desk.Services {
		state := out.Good("ready")
		if !s.Ready {
			var why []string
			for _, p := range s.Parts {
				if !p.Ready {
					why = append(why, p.Name+": "+p.Why)
				}
			}
			state = out.Bad("not ready: " + strings.Join(why, "; "))
		}
		rows = append(rows, []string{"  " + s.Service, state,
			out.Dim(fmt.Sprintf("%s, PID %d, up %s", s.Version, s.PID, time.Since(s.StartedAt).Round(time.Second)))})
	}
	for _, name := range desk.Silent {
		rows = append(rows, []string{"  " + name, out.Bad("silent"), out.Dim("no running " + name + " answers")})
	}
	for _, name := range slices.Sorted(maps.Keys(desk.Failed)) {
		rows = append(rows, []string{"  " + name, out.Bad("fails"), out.Dim(desk.Failed[name])})
	}
	fmt.Fprintln(out, out.Bold("Services"))
	out.Table(rows)
}

// showPages shows what became of every page: the outcomes, most telling first,
// each with its reasons.
func showPages(out *term.Out, counts store.Counts) {
	fmt.Fprintf(out, "\n%s\n", out.Bold("Pages"))
	final := map[news.Outcome][]store.Tally{}
	for _, t := range counts.Tallies {
		if t.Final {
			final[t.Outcome] = append(final[t.Outcome], t)
		}
	}
	rows := [][]string{{"  came in", column(counts.Visits), ""}}
	for _, outcome := range []news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Dead} {
		name := out.Dim(string(outcome))
		if len(final[outcome]) > 0 {
			name = outcomeText(out, outcome, "")
		}
		rows = append(rows, []string{"  " + name, column(visits(final[outcome])), out.Dim(reasons(final[outcome]))})
	}
	rows = append(rows, []string{"  on their way", column(counts.Open), out.Dim(reasons(open(counts.Tallies)))})
	out.Table(rows)
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
	for _, s := range desk.Services {
		if f := s.Frontier; f != nil {
			rows = append(rows, []string{"  frontier", fmt.Sprintf("%s waiting at %s hosts, %s sent, %s settled",
				number(f.Waiting), number(f.Hosts), number(f.Sent), number(f.Settled))})
		}
		if x := s.Index; x != nil {
			rows = append(rows, []string{"  articles", fmt.Sprintf("%s stories in %s revisions", number(x.Stories), number(x.Revisions))})
			state := out.Good("up to date")
			if behind := x.LastRow - x.SearchedRow; behind > 0 {
				state = out.Warn(number(behind) + " rows behind")
			}
			rows = append(rows, []string{"  search", state})
		}
	}
	if len(rows) > 0 {
		fmt.Fprintf(out, "\n%s\n", out.Bold("Holdings"))
		out.Table(rows)
	}
}

func showStreams(out *term.Out, streams []stream.StreamStatus) {
	fmt.Fprintf(out, "\n%s\n", out.Bold("Streams"))
	rows := [][]string{{"  ", out.Dim(" messages"), out.Dim("    size"), out.Dim("readers")}}
	for _, s := range streams {
		name := s.Name
		if name == "DEAD" && s.Messages > 0 {
			name = out.Bad(name)
		}
		rows = append(rows, []string{"  " + name, column(int64(s.Messages)), fmt.Sprintf("%8s", humanize.Bytes(s.Bytes)), readers(out, s)})
	}
	out.Table(rows)
}

// readers says which readers of a stream have work before them.
func readers(out *term.Out, s stream.StreamStatus) string {
	if len(s.Readers) == 0 {
		return out.Dim("–")
	}
	var behind []string
	for _, r := range s.Readers {
		if r.Pending+uint64(r.InHand) == 0 {
			continue
		}
		text := fmt.Sprintf("%s: %s waiting, %d in hand", r.Name, number(int64(r.Pending)), r.InHand)
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

func number(n int64) string { return humanize.Comma(n) }

// column is a number in a column of numbers.
func column(n int64) string { return fmt.Sprintf("%9s", number(n)) }
