package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// What happened is counted once, in its minute, however often it is told and
// whatever is said of it later.
func TestActivity(t *testing.T) {
	s := open(t)
	now := time.Now().UTC().Truncate(time.Minute).Add(30 * time.Second)
	visit := 0
	tell := func(ago time.Duration, stage news.Stage, outcome news.Outcome, reason news.Reason) news.Event {
		visit++
		e := news.Event{
			Stage: stage, Outcome: outcome, Reason: reason, Attempt: 1, At: now.Add(-ago),
			Trace: news.Trace{VisitID: fmt.Sprint(visit), URL: "https://news.example/a", Site: "news.example"},
		}
		if _, err := s.PutEvents(t.Context(), []news.Event{e, e}); err != nil {
			t.Fatal(err)
		}
		return e
	}
	tell(time.Minute, news.StageIndex, news.Done, "")
	tell(10*time.Minute, news.StageIndex, news.Done, "")
	tell(2*time.Hour, news.StageIndex, news.Done, "")
	tell(3*time.Minute, news.StageExtract, news.Done, "")
	tell(25*time.Hour, news.StageFetch, news.Skipped, news.Robots) // too long ago
	tell(72*time.Hour, news.StageFetch, news.Skipped, news.Robots)
	tell(time.Minute, news.StageFetch, news.Retrying, news.Timeout)
	dead := tell(time.Minute, news.StageFetch, news.Dead, news.Timeout)
	dead.Reason, dead.At = news.Dropped, now // the same attempt: it is what happened now
	if _, err := s.PutEvents(t.Context(), []news.Event{dead}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Activity(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	want := Activity{Lately: 90 * time.Second, Paces: []Pace{
		{Stage: news.StageFetch, Outcome: news.Dead, Reason: news.Dropped, Final: true, Day: 1, Hour: 1, Lately: 1},
		{Stage: news.StageFetch, Outcome: news.Retrying, Reason: news.Timeout, Day: 1, Hour: 1, Lately: 1},
		{Stage: news.StageExtract, Outcome: news.Done, Day: 1, Hour: 1},
		{Stage: news.StageIndex, Outcome: news.Done, Final: true, Day: 3, Hour: 2, Lately: 1},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var minutes int
	if err := s.writer.QueryRowContext(t.Context(), `SELECT count(*) FROM activity WHERE reason = 'robots'`).Scan(&minutes); err != nil || minutes != 1 {
		t.Errorf("%d minutes are kept of robots, want yesterday's alone, %v", minutes, err)
	}
}
