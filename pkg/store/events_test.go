package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// event is one of a visit to a page of harbour.example; at is in minutes.
func event(stage news.Stage, attempt int, outcome news.Outcome, reason news.Reason, at int) news.Event {
	const url = "https://www.harbour.example/2026/ferry-is-late"
	return news.Event{
		Schema: news.EventSchema, Stage: stage, Attempt: attempt, Outcome: outcome, Reason: reason,
		Trace: news.Trace{VisitID: "visit", URL: url, Site: "harbour.example"},
		At:    morning.Add(time.Duration(at) * time.Minute),
	}
}

func TestFold(t *testing.T) {
	type end struct {
		Stage   news.Stage
		Outcome news.Outcome
		Reason  news.Reason
		Final   bool
	}
	tests := []struct {
		name   string
		events []news.Event
		want   end
	}{
		{"under way",
			[]news.Event{event(news.StageFetch, 1, news.Done, "", 1)},
			end{news.StageFetch, news.Done, "", false}},
		{"the whole way", []news.Event{
			event(news.StageFetch, 1, news.Done, "", 1),
			event(news.StageExtract, 1, news.Done, "", 2),
			event(news.StageIndex, 1, news.Done, "", 3)},
			end{news.StageIndex, news.Done, "", true}},
		{"no article", []news.Event{
			event(news.StageFetch, 1, news.Done, "", 1),
			event(news.StageExtract, 1, news.Skipped, news.HomePage, 2)},
			end{news.StageExtract, news.Skipped, news.HomePage, true}},
		{"given up after retries", []news.Event{
			event(news.StageFetch, 1, news.Retrying, news.Timeout, 1),
			event(news.StageFetch, 2, news.Retrying, news.Timeout, 2),
			event(news.StageFetch, 3, news.Dead, news.Exhausted, 3)},
			end{news.StageFetch, news.Dead, news.Exhausted, true}},
		{"waiting for a retry", []news.Event{
			event(news.StageFetch, 1, news.Retrying, news.Timeout, 1)},
			end{news.StageFetch, news.Retrying, news.Timeout, false}},
		{"indexed, then delivered again after a crash", []news.Event{
			event(news.StageIndex, 1, news.Done, "", 1),
			event(news.StageIndex, 2, news.Unchanged, "", 2)},
			end{news.StageIndex, news.Done, "", true}},
		{"fetched again after a crash, with identical bytes", []news.Event{
			event(news.StageFetch, 1, news.Done, "", 1),
			event(news.StageFetch, 2, news.Unchanged, "", 2),
			event(news.StageIndex, 1, news.Done, "", 3)},
			end{news.StageIndex, news.Done, "", true}},
		{"an operator retried a dead one", []news.Event{
			event(news.StageFetch, 4, news.Dead, news.Exhausted, 1),
			event(news.StageFetch, 5, news.Done, "", 2),
			event(news.StageExtract, 1, news.Done, "", 3),
			event(news.StageIndex, 1, news.Done, "", 4)},
			end{news.StageIndex, news.Done, "", true}},
		{"an operator retried a dead one, its attempts counted anew", []news.Event{
			event(news.StageIndex, 1, news.Dead, news.Malformed, 1),
			event(news.StageIndex, 1, news.Done, "", 2)},
			end{news.StageIndex, news.Done, "", true}},
		{"a retried one is on its way again", []news.Event{
			event(news.StageFetch, 4, news.Dead, news.Exhausted, 1),
			event(news.StageFetch, 5, news.Done, "", 2)},
			end{news.StageFetch, news.Done, "", false}},
		{"an operator dropped a dead one", []news.Event{
			event(news.StageExtract, 4, news.Dead, news.Poison, 1),
			event(news.StageExtract, 4, news.Dead, news.Dropped, 2)},
			end{news.StageExtract, news.Dead, news.Dropped, true}},
		{"what the archive makes of it is no end", []news.Event{
			event(news.StageFetch, 1, news.Done, "", 1),
			event(news.StageArchive, 4, news.Dead, news.Expired, 2)},
			end{news.StageFetch, news.Done, "", false}},
		{"archived after its end", []news.Event{
			event(news.StageFetch, 1, news.Done, "", 1),
			event(news.StageExtract, 1, news.Skipped, news.HomePage, 2),
			event(news.StageArchive, 1, news.Done, "", 3)},
			end{news.StageExtract, news.Skipped, news.HomePage, true}},
		{"archived before anything else was heard of it", []news.Event{
			event(news.StageArchive, 1, news.Unchanged, "", 1)},
			end{news.StageArchive, news.Unchanged, "", false}},
		{"an outcome of a newer build", []news.Event{
			event(news.StageFetch, 1, "postponed", "", 2),
			event(news.StageFetch, 1, news.Retrying, news.Timeout, 1)},
			end{news.StageFetch, news.Retrying, news.Timeout, false}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, order := range []string{"forwards", "backwards"} {
				s := open(t)
				if _, err := s.PutEvents(t.Context(), test.events); err != nil {
					t.Fatal(err)
				}
				visits, err := s.Journey(t.Context(), test.events[0].URL)
				if err != nil || len(visits) != 1 {
					t.Fatalf("%d visits, %v", len(visits), err)
				}
				v := visits[0]
				if diff := cmp.Diff(test.want, end{v.Stage, v.Outcome, v.Reason, v.Final()}); diff != "" {
					t.Errorf("%s (-want +got):\n%s", order, diff)
				}
				slices.Reverse(test.events)
			}
		})
	}
}
