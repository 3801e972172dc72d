package frontier

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCountSources(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	var requests []SourceRequest
	for _, name := range []string{"a", "b", "c", "paused"} {
		requests = append(requests, SourceRequest{URL: "https://" + name + ".example/feed"})
	}
	if _, err := f.AddSources(t.Context(), requests, Pace{Every: time.Hour, Least: time.Minute, Most: time.Hour}, start); err != nil {
		t.Fatal(err)
	}
	if err := f.PauseSource(t.Context(), "https://paused.example/feed"); err != nil {
		t.Fatal(err)
	}
	count := func(now time.Time) SourceCounts {
		t.Helper()
		c, err := f.CountSources(t.Context(), 2, now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if diff := cmp.Diff(SourceCounts{Active: 3, Paused: 1}, count(start)); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	want := SourceCounts{Active: 3, Paused: 1, Silent: 3, Silences: []Silence{
		{URL: "https://a.example/feed", Why: "nothing new for 4 days"}, {URL: "https://b.example/feed", Why: "nothing new for 4 days"},
	}}
	got := count(start.Add(100 * time.Hour))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after 100 hours (-want +got):\n%s", diff)
	}
}
