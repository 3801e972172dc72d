package stream

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Partitions is the number of parts that hosts are divided into. It never
// changes: a host must not move.
const Partitions = 64

// Partition is the part that a host belongs to: FNV-1a, 32 bits, of its name.
func Partition(host string) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32() % Partitions)
}

func fetchSubject(j *news.FetchJob) string {
	return fmt.Sprintf("news.v1.fetch.p%02d.%d", Partition(weburl.Host(j.URL)), j.Priority)
}

func fetchFilter(p news.Priority) string { return fmt.Sprintf("news.v1.fetch.*.%d", p) }

func rawSubject(p *news.Page) string { return "news.v1.raw." + weburl.Token(p.Site) }

func revisitSubject(r *news.Revisit) string {
	return "news.v1.unchanged." + weburl.Token(r.Page.Site)
}

func articleSubject(a *news.Article) string {
	return "news.v1.article." + a.InLanguage.Primary() + "." + weburl.Token(a.Trace().Site)
}

func importSubject(run string) string { return "news.v1.import." + run }

func replaySubject(run string) string { return "news.v1.replay." + run }

// shadowSubject is where a record of a run goes that is not news.
func shadowSubject(run news.Run, a *news.Article) string {
	return "news.v1.shadow." + run.Name + "." + string(run.Kind) + "." + a.InLanguage.Primary() + "." + weburl.Token(a.Trace().Site)
}

// resultSubject is where it is told that a page gave a run no record.
func resultSubject(run news.Run, e news.Event) string {
	return "news.v1.shadow." + run.Name + "." + string(run.Kind) + ".und." + weburl.Token(e.Site)
}

// inRun is a message's id in a run. A run that is begun again under the name of
// one that was dropped is another.
func inRun(run news.Run, id string) string {
	return fmt.Sprintf("%s@%d/%s", run.Name, run.BegunAt.UnixMicro(), id)
}

// shadowFilter is for the records of all runs of a kind.
func shadowFilter(kind news.RunKind) string { return "news.v1.shadow.*." + string(kind) + ".*.*" }

func withdrawnSubject(w *news.Withdrawn) string {
	return "news.v1.withdrawn." + w.Language + "." + weburl.Token(w.Site)
}

func eventSubject(e news.Event) string {
	return "news.v1.event." + string(e.Stage) + "." + weburl.Token(e.Site)
}

// stageTold is the stage that the subject of an event names; ok is false for a subject
// of anything else.
func stageTold(subject string) (s news.Stage, ok bool) {
	rest, ok := strings.CutPrefix(subject, "news.v1.event.")
	name, _, _ := strings.Cut(rest, ".")
	return news.Stage(name), ok
}

func deadSubject(s news.Stage) string { return "news.v1.dead." + string(s) }

// laterAt is where a message waits. The id is unique: a second schedule on a
// subject replaces the first. What a run waits for can be told by its name.
func laterAt(run *news.Run, id string) string {
	if run != nil {
		id = run.Name + "~" + id
	}
	return "news.v1.later.at." + id
}

func laterDue(s news.Stage) string { return "news.v1.later.due." + string(s) }

// laterAlone is where messages wait that are tried alone.
func laterAlone(s news.Stage) string { return "news.v1.later.alone." + string(s) }

func apiSubject(verb string) string { return "news.v1.api." + verb }
