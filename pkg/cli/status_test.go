package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

// healthy is a desk that is at work and has nothing to complain of.
func healthy() deskStatus {
	ready := func(service string) api.StatusReply {
		return api.StatusReply{
			Service: service, Version: "1.2.3", Host: "desk", PID: 41, StartedAt: time.Now().Add(-time.Hour), Ready: true,
			Parts: []health.Part{{Name: "broker", Ready: true}},
			Disk:  &api.Disk{Folder: "/var/lib/copydesk", Space: datafolder.Space{Free: 60 << 30, Size: 100 << 30}},
		}
	}
	fetcher, extractor, indexer := ready("fetcher"), ready("extractor"), ready("indexer")
	fetcher.Frontier = &frontier.Counts{Waiting: 1200, Sent: 30, Settled: 9000, Hosts: 17}
	extractor.Disk = nil
	indexer.Index = &api.IndexStatus{
		Counts: store.Counts{Stories: 8000, Revisions: 8100, Visits: 9000, Open: 3, Tallies: []store.Tally{
			{Stage: news.StageIndex, Outcome: news.Done, Final: true, Visits: 8100},
			{Stage: news.StageFetch, Outcome: news.Skipped, Reason: news.NotFound, Final: true, Visits: 897},
			{Stage: news.StageFetch, Outcome: news.Done, Visits: 3},
		}},
		Activity: store.Activity{Lately: 250 * time.Second, Paces: []store.Pace{
			{Stage: news.StageFetch, Outcome: news.Done, Day: 4000, Hour: 300, Lately: 500},
			{Stage: news.StageFetch, Outcome: news.Retrying, Reason: news.Timeout, Day: 20, Hour: 2, Lately: 50},
			{Stage: news.StageIndex, Outcome: news.Done, Final: true, Day: 3900, Hour: 290, Lately: 475},
		}},
		LastRow: 8100, SearchedRow: 8100,
	}
	return deskStatus{
		Services: []api.StatusReply{fetcher, extractor, indexer},
		Streams: []stream.StreamStatus{
			{Name: "RAW", Messages: 100, Bytes: 1 << 20, Readers: []stream.ReaderStatus{{Name: "extract", Stage: news.StageExtract, Pending: 2, Oldest: time.Second}}},
			{Name: "FETCH", Messages: 1, Bytes: 1 << 10, Readers: []stream.ReaderStatus{{Name: "fetch-normal", Stage: news.StageFetch, Pending: 1, Oldest: 3 * time.Hour}}},
			{Name: "ARTICLE", Messages: 1, Bytes: 1 << 10, Readers: []stream.ReaderStatus{{Name: "a-subscriber", Pending: 1, Oldest: 300 * time.Hour}}},
			{Name: "SHADOW"},
			{Name: "DEAD", Dead: map[news.Stage]uint64{news.StageFetch: 0}},
		},
	}
}

func TestVerdict(t *testing.T) {
	tests := []struct {
		name string
		harm func(*deskStatus)
		want string
	}{
		{"healthy", func(*deskStatus) {}, "All is well."},
		{"a service that does not answer", func(d *deskStatus) { d.Silent = []string{"extractor"} }, "One thing is wrong: extractor is silent"},
		{"a service that fails", func(d *deskStatus) { d.Failed = map[string]string{"indexer": "no rows"} }, "One thing is wrong: indexer fails"},
		{"a full disk and dead letters", func(d *deskStatus) {
			d.Services[2].Parts = append(d.Services[2].Parts, health.Part{Name: "indexer", Why: "the disk is full"})
			d.Services[2].Disk.Free = 1 << 30
			d.Streams[4].Dead = map[news.Stage]uint64{news.StageFetch: 1200, news.StageExtract: 1}
		}, "4 things are wrong: indexer is not ready (indexer); little room at /var/lib/copydesk; 1 dead in extract; 1,200 dead in fetch"},
		{"a full disk of the archive", func(d *deskStatus) {
			d.Services[2].Archive = &api.ArchiveStatus{Disk: &api.Disk{Folder: "/var/lib/copydesk/archive", Space: datafolder.Space{Free: 1 << 30, Size: 400 << 30}}}
		}, "One thing is wrong: little room at /var/lib/copydesk/archive"},
		{"a silent source", func(d *deskStatus) { d.Services[0].Sources = &frontier.SourceCounts{Active: 40, Silent: 2} }, "One thing is wrong: 2 of 40 sources silent"},
		{"an old backlog", func(d *deskStatus) { d.Streams[0].Readers[0].Oldest = 2 * time.Hour }, "One thing is wrong: extract is 2h0m0s behind on RAW"},
		{"search behind", func(d *deskStatus) { d.Services[2].Index.SearchedRow = 100 }, "One thing is wrong: search is 8,000 rows behind"},
		{"a store that is away", func(d *deskStatus) {
			d.Services[2].Archive = &api.ArchiveStatus{Vault: &api.VaultStatus{Address: "https://s3.example/pages", Problem: "no route"}}
		}, "One thing is wrong: the archive's files cannot be brought to https://s3.example/pages"},
		{"no streams", func(d *deskStatus) { d.Streams, d.Broker = nil, "status of stream RAW: timeout" }, "One thing is wrong: the broker does not say what it holds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			desk := healthy()
			tt.harm(&desk)
			desk.Troubles = desk.troubles()
			got, well := desk.verdict()
			if diff := cmp.Diff(tt.want, got); diff != "" || well != (tt.want == "All is well.") {
				t.Errorf("well %v (-want +got):\n%s", well, diff)
			}
		})
	}
}

func TestPaceOf(t *testing.T) {
	desk := healthy()
	for service, want := range map[string]float64{"fetcher": 2, "extractor": 0, "indexer": 1.9} {
		if got, known := desk.paceOf(service); got != want || !known {
			t.Errorf("%s: %v pages a second, %v, want %v", service, got, known, want)
		}
	}
	desk.Services = desk.Services[:2]
	if _, known := desk.paceOf("fetcher"); known {
		t.Error("a pace is known without the indexer")
	}
}

// However much is wrong, it is one screen.
func TestStatusFitsTheScreen(t *testing.T) {
	desk := healthy()
	desk.Services[0].Ready = false
	desk.Services[0].Parts = []health.Part{{Name: "broker", Why: strings.Repeat("a long story of the broker ", 10)}}
	desk.Services[2].Disk.Folder = "/srv/another/folder"
	desk.Services[0].Sources = &frontier.SourceCounts{Active: 40, Silent: 2, Silences: []frontier.Silence{{URL: "https://feeds.example/with/a/long/path.xml", Why: "nothing new for 8 days"}}}
	desk.Services[2].Archive = &api.ArchiveStatus{Vault: &api.VaultStatus{Address: "https://s3.example/pages/", Waiting: 12, WaitingBytes: 9 << 30, Problem: strings.Repeat("no route to ", 20)}}
	for i := range 5 {
		desk.Services[0].Slow = append(desk.Services[0].Slow, frontier.Slow{
			Host: fmt.Sprintf("host-%d.with-quite-a-long-name.example", i), Waiting: 100_000, Next: time.Now().Add(time.Hour), Failures: 12,
		})
	}
	counts := &desk.Services[2].Index.Counts
	for _, reason := range news.Reasons {
		counts.Tallies = append(counts.Tallies, store.Tally{Stage: news.StageFetch, Outcome: news.Dead, Reason: reason, Final: true, Visits: 1_000_000})
	}
	desk.Streams = nil
	for _, name := range []string{"FETCH", "LATER", "RAW", "REPLAY", "IMPORT", "ARTICLE", "SHADOW", "DEAD", "EVENT"} {
		s := stream.StreamStatus{Name: name, Messages: 1_000_000, Bytes: 20 << 30}
		for _, reader := range []string{"one", "two", "three"} {
			s.Readers = append(s.Readers, stream.ReaderStatus{Name: reader, Pending: 100_000, InHand: 100, Redelivered: 3, Oldest: 100 * time.Hour})
		}
		desk.Streams = append(desk.Streams, s)
	}
	desk.Troubles = desk.troubles()
	var screen bytes.Buffer
	showStatus(&term.Out{Writer: &screen, Width: 100}, desk)
	lines := strings.Split(strings.TrimSuffix(screen.String(), "\n"), "\n")
	if len(lines) > 40 {
		t.Errorf("%d lines:\n%s", len(lines), screen.String())
	}
	for _, line := range lines {
		if n := len([]rune(line)); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if doc, err := json.Marshal(desk); err != nil || !strings.Contains(string(doc), `"troubles":["fetcher is not ready (broker)"`) {
		t.Errorf("as JSON: %v\n%s", err, doc)
	}
}
