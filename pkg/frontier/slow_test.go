package frontier

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestSlowest(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), time.Minute)
	add1(t, f, "http://busy.example/1", "http://busy.example/2", "http://down.example/1", "http://down.example/2", "http://down.example/3",
		"http://done.example/1", "http://new.example/1")
	jobs, err := f.Due(t.Context(), 10, start)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Sent(t.Context(), jobs, start); err != nil {
		t.Fatal(err)
	}
	add1(t, f, "http://new.example/2")
	for _, job := range jobs {
		e := news.Event{Stage: news.StageFetch, Trace: job.Trace(), Outcome: news.Done, At: start}
		switch job.Site {
		case "down.example":
			e.Outcome, e.Reason = news.Retrying, news.Connect
		case "new.example":
			e.At = start.Add(-time.Hour) // its turn has come again
		}
		if err := f.Settle(t.Context(), []news.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Slowest(t.Context(), 5, start)
	if err != nil {
		t.Fatal(err)
	}
	want := []Slow{
		{Host: "down.example", Waiting: 2, Next: start.Add(2 * time.Minute), Failures: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
