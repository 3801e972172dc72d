package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/stream"
)

// ReadParts has told at each scrape whether every part can do its work. read
// must not wait.
func (m *Metrics) ReadParts(read func() []health.Part) {
	add(m, "parts", func(context.Context) ([]health.Part, error) { return read(), nil }, writeParts)
}

func writeParts(to chan<- prometheus.Metric, parts []health.Part) {
	for _, p := range parts {
		ready := 0
		if p.Ready {
			ready = 1
		}
		gauge(to, partReady, ready, p.Name)
	}
}

// ReadStreams has told at each scrape what the streams hold and how far their
// readers are, with the ages of messages if read knows them.
func (m *Metrics) ReadStreams(read func(context.Context) ([]stream.StreamStatus, error), ages bool) {
	add(m, "streams", read, func(to chan<- prometheus.Metric, streams []stream.StreamStatus) {
		writeStreams(to, streams, ages)
	})
}

func writeStreams(to chan<- prometheus.Metric, streams []stream.StreamStatus, ages bool) {
	for _, s := range streams {
		gauge(to, streamMessages, s.Messages, s.Name)
		gauge(to, streamBytes, s.Bytes, s.Name)
		if s.Limit.Bytes > 0 {
			gauge(to, streamLimit, s.Limit.Bytes, s.Name)
		}
		for stage, letters := range s.Dead {
			gauge(to, deadLetters, letters, string(stage))
		}
		for _, r := range s.Readers {
			labels := []string{s.Name, r.Name, string(r.Stage)}
			gauge(to, readerPending, r.Pending, labels...)
			gauge(to, readerInHand, r.InHand, labels...)
			gauge(to, readerRedelivered, r.Redelivered, labels...)
			if ages {
				gauge(to, readerOldest, r.Oldest.Seconds(), labels...)
			}
		}
	}
}

// ReadStatus has told at each scrape what a service says of itself.
func (m *Metrics) ReadStatus(service string, read func(context.Context) (api.StatusReply, error)) {
	add(m, service, read, writeStatus)
}

func writeStatus(to chan<- prometheus.Metric, s api.StatusReply) {
	if f := s.Frontier; f != nil {
		gauge(to, frontierURLs, f.Waiting, "waiting")
		gauge(to, frontierURLs, f.Sent, "sent")
		gauge(to, frontierURLs, f.Settled, "settled")
		gauge(to, frontierHosts, f.Hosts)
	}
	if c := s.Sources; c != nil {
		gauge(to, sources, c.Active, "active")
		gauge(to, sources, c.Paused, "paused")
		gauge(to, sources, c.Silent, "silent")
	}
	if r := s.Rules; r != nil {
		refused := 0
		if r.Problem != "" {
			refused = 1
		}
		gauge(to, siteRules, r.Count)
		gauge(to, siteRulesRefused, refused)
	}
	if x := s.Index; x != nil {
		gauge(to, indexStories, x.Stories)
		gauge(to, indexRevisions, x.Revisions)
		gauge(to, searchLag, max(0, x.LastRow-x.SearchedRow))
		for _, t := range x.Tallies {
			gauge(to, visits, t.Visits, string(t.Stage), string(t.Outcome), string(t.Reason))
		}
	}
	if s.Archive != nil {
		writeArchive(to, *s.Archive)
	}
}

func writeArchive(to chan<- prometheus.Metric, a api.ArchiveStatus) {
	gauge(to, archiveCaptures, a.Captures)
	gauge(to, archiveRevisits, a.Revisits)
	gauge(to, archiveSegments, a.Segments)
	gauge(to, archiveBytes, a.Bytes)
	vault, waiting := api.VaultStatus{}, 0.0
	if a.Vault != nil {
		vault = *a.Vault
	}
	if !vault.WaitingSince.IsZero() {
		waiting = max(0, time.Since(vault.WaitingSince).Seconds())
	}
	gauge(to, archiveWaitingFiles, vault.Waiting)
	gauge(to, archiveWaitingBytes, vault.WaitingBytes)
	gauge(to, archiveWaiting, waiting)
	if a.Disk != nil {
		gauge(to, archiveDiskFree, a.Disk.Free)
		gauge(to, archiveDiskSize, a.Disk.Size)
	}
}

// ReadDisk has told at each scrape how much room there is for the data folder.
func (m *Metrics) ReadDisk(read func() (datafolder.Space, error)) {
	add(m, "disk", func(context.Context) (datafolder.Space, error) { return read() }, writeDisk)
}

func writeDisk(to chan<- prometheus.Metric, s datafolder.Space) {
	gauge(to, dataFree, s.Free)
	gauge(to, dataSize, s.Size)
}
