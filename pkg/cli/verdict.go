package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// What is worth a word at the top of a status. The alarms of
// deploy/prometheus.rules.yaml wait longer: nobody is woken by this.
const (
	oldBacklog  = 10 * time.Minute
	searchIsLag = 1000 // rows
	diskIsLow   = 0.1  // of its size
)

// troubles says what is wrong with a desk, the worst first, each in a few words.
func (d deskStatus) troubles() []string {
	all := []string{}
	if d.Broker != "" {
		all = append(all, "the broker does not say what it holds")
	}
	for _, name := range d.Silent {
		all = append(all, name+" is silent")
	}
	for _, name := range slices.Sorted(maps.Keys(d.Failed)) {
		all = append(all, name+" fails")
	}
	for _, s := range d.Services {
		for _, p := range s.Parts {
			if !p.Ready {
				all = append(all, s.Service+" is not ready ("+p.Name+")")
			}
		}
	}
	all = append(append(all, d.lateness()...), d.shortages()...)
	for _, s := range d.Services {
		if s.Sources != nil && s.Sources.Silent > 0 {
			all = append(all, fmt.Sprintf("%s of %s sources silent", number(s.Sources.Silent), number(s.Sources.Active)))
		}
	}
	for _, s := range d.Services {
		if s.Rules != nil && s.Rules.Problem != "" {
			all = append(all, "new site rules not taken")
		}
	}
	for _, s := range d.Services {
		if s.Archive != nil && s.Archive.Vault != nil && s.Archive.Vault.Problem != "" {
			all = append(all, "the archive's files cannot be brought to "+s.Archive.Vault.Address)
		}
	}
	for _, s := range d.Streams {
		for _, stage := range slices.Sorted(maps.Keys(s.Dead)) {
			if n := s.Dead[stage]; n > 0 {
				all = append(all, fmt.Sprintf("%s dead in %s", number(int64(n)), stage))
			}
		}
	}
	return all
}

// lateness says what is far behind.
func (d deskStatus) lateness() []string {
	var all []string
	for _, s := range d.Streams {
		for _, r := range s.Readers {
			if r.Stage != "" && r.Oldest >= oldBacklog && !waitsByDesign(s) {
				all = append(all, fmt.Sprintf("%s is %s behind on %s", r.Name, r.Oldest.Round(time.Minute), s.Name))
			}
		}
	}
	for _, s := range d.Services {
		if x := s.Index; x != nil && x.LastRow-x.SearchedRow > searchIsLag {
			all = append(all, fmt.Sprintf("search is %s rows behind", number(x.LastRow-x.SearchedRow)))
		}
	}
	return all
}

// waitsByDesign says of a stream that its messages may be old: jobs wait for
// their host's turn.
func waitsByDesign(s stream.StreamStatus) bool { return s.Name == "FETCH" || s.Name == "LATER" }

// shortages says what is running out.
func (d deskStatus) shortages() []string {
	said := map[string]bool{}
	var all []string
	for _, s := range d.Services {
		for _, disk := range disksOf(s) {
			if float64(disk.Free) < diskIsLow*float64(disk.Size) && !said[disk.Folder] {
				said[disk.Folder] = true
				all = append(all, "little room at "+disk.Folder)
			}
		}
	}
	return all
}

// disksOf are the disks that a service has its files on. The archive may have one
// of its own, which is told by its size.
func disksOf(s api.StatusReply) (all []api.Disk) {
	if s.Disk != nil {
		all = append(all, *s.Disk)
	}
	if a := s.Archive; a != nil && a.Disk != nil && (s.Disk == nil || a.Disk.Size != s.Disk.Size) {
		all = append(all, *a.Disk)
	}
	return all
}

// verdict is one line that says whether anything is wrong, and what.
func (d deskStatus) verdict() (line string, well bool) {
	switch len(d.Troubles) {
	case 0:
		return "All is well.", true
	case 1:
		return "One thing is wrong: " + d.Troubles[0], false
	}
	return fmt.Sprintf("%d things are wrong: %s", len(d.Troubles), strings.Join(d.Troubles, "; ")), false
}

// paceOf is how many pages a second ended their work at a stage of late. A
// retry is no end.
func (d deskStatus) paceOf(service string) (perSecond float64, known bool) {
	stage := map[string]news.Stage{"fetcher": news.StageFetch, "extractor": news.StageExtract, "indexer": news.StageIndex}[service]
	for _, s := range d.Services {
		if s.Index == nil || s.Index.Activity.Lately <= 0 {
			continue
		}
		ended := int64(0)
		for _, p := range s.Index.Activity.Paces {
			if p.Stage == stage && p.Outcome != news.Retrying {
				ended += p.Lately
			}
		}
		return float64(ended) / s.Index.Activity.Lately.Seconds(), true
	}
	return 0, false
}
