package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// One page a row: what its handler says in each attempt, and what becomes of it.
func TestWhatBecomesOfAPage(t *testing.T) {
	t.Parallel()
	flaky := &news.Fault{Kind: news.Temporary, Reason: news.Timeout, Err: errors.New("tide too low")}
	awaits := &news.Fault{Kind: news.Awaiting, Reason: news.NotArchived}
	busy := &news.Fault{Reason: news.HostBusy}
	rows := []struct {
		name string
		says []error // the last is said again and again
		want []string
	}{
		{"done", []error{nil}, []string{"extract/1 done()"}},
		{"known already", []error{&news.Fault{Kind: news.Same}}, []string{"extract/1 unchanged()"}},
		{"no article", []error{fmt.Errorf("page: %w", &news.Fault{Kind: news.Skip, Reason: news.HomePage})}, []string{"extract/1 skipped(homePage)"}},
		{"hopeless", []error{&news.Fault{Kind: news.Permanent, Reason: news.BadEncoding}}, []string{"extract/1 dead(badEncoding)"}},
		{"better next time", []error{flaky, nil}, []string{"extract/1 retry(timeout)", "extract/2 done()"}},
		{"never better", []error{flaky}, []string{"extract/1 retry(timeout)", "extract/2 dead(timeout)"}},
		{"nobody knows", []error{errors.New("odd")}, []string{"extract/1 retry(internal)", "extract/2 dead(exhausted)"}},
		{"what it needs is still to come", []error{awaits, awaits, awaits, nil}, []string{"extract/1 retry(notArchived)", "extract/2 done()"}},
		{"what it needs does not come", []error{awaits, awaits, &news.Fault{Kind: news.Permanent, Reason: news.NotArchived}}, []string{"extract/1 retry(notArchived)", "extract/2 dead(notArchived)"}},
		{"not its turn", []error{busy, busy, nil}, []string{"extract/1 done()"}},
	}
	c := desktop(t)
	says, want := map[string][]error{}, map[string][]string{}
	events, dead := 0, map[string]bool{}
	for _, r := range rows {
		if err := c.PublishPage(t.Context(), pageOf(r.name, []byte(r.name))); err != nil {
			t.Fatal(err)
		}
		url := jobOf(r.name).URL
		says[r.name], want[url] = r.says, r.want
		events += len(r.want)
		if strings.Contains(r.want[len(r.want)-1], "dead") {
			dead[url] = true
		}
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(_ context.Context, m *Message[*news.Page]) error {
			name := string(m.Value.Body)
			if rows[m.Sequence-1].name != name || m.Value.URL != jobOf(name).URL {
				t.Errorf("sequence %d: body %q of %q", m.Sequence, name, m.Value.URL)
			}
			m.Trace.StoryID = "story"
			first := says[name][0]
			if len(says[name]) > 1 {
				says[name] = says[name][1:]
			}
			return first
		})
	})
	got := map[string][]string{}
	for _, e := range eventsOf(t, c, events) {
		got[e.URL] = append(got[e.URL], fmt.Sprintf("%s/%d %s(%s)", e.Stage, e.Attempt, e.Outcome, e.Reason))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	settled(t, c, streamRaw, "extract")
	settled(t, c, streamLater, "extract-later")
	letters, err := c.DeadList(t.Context(), 0, 100)
	if err != nil || len(letters) != len(dead) {
		t.Errorf("%d dead letters, want %d (%v)", len(letters), len(dead), err)
	}
	for _, d := range letters {
		if !dead[d.Letter.URL] || d.Letter.StoryID != "story" {
			t.Errorf("letter %+v", d.Letter)
		}
	}
}

func TestWaitIsNotCutShort(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		time.Date(2026, 3, 1, 12, 0, 0, 1, time.UTC),
		time.Date(2026, 3, 1, 12, 0, 0, 999_999_999, time.UTC),
	} {
		for _, wait := range []time.Duration{0, time.Millisecond, time.Second, 90 * time.Second} {
			at := due(now, wait)
			early := at.Add(-time.Second)
			if early.Before(now.Add(wait)) || early.After(now.Add(wait+time.Second)) {
				t.Errorf("due(%v, %v) = %v: fires from %v on", now, wait, at, early)
			}
		}
	}
	for attempts, base := 1, time.Second; attempts < 20; attempts++ {
		if got := backoff(base, attempts); got < base*3/4 || got > maxBackoff*5/4 {
			t.Errorf("backoff(%v, %d) = %v", base, attempts, got)
		}
	}
}

func TestDeadLetterTellsItsHistory(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	job := jobOf("a")
	if err := c.PublishFetch(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	alive := make(chan struct{})
	done := make(chan *Message[*news.FetchJob], 1)
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetches(ctx, 2, func(_ context.Context, m *Message[*news.FetchJob]) error {
			select {
			case <-alive:
				done <- m
				return nil
			default:
				return &news.Fault{Reason: news.ServerError, Err: fmt.Errorf("answer 503 at attempt %d", m.Attempt)}
			}
		})
	})
	told(t, c, 2)
	list, err := c.DeadList(t.Context(), 0, 10)
	if err != nil || len(list) != 1 || list[0].Payload != nil || list[0].Header != nil {
		t.Fatalf("DeadList = %+v, %v", list, err)
	}
	one, err := c.DeadGet(t.Context(), list[0].Sequence)
	if err != nil || one.Size == 0 || one.Size != len(one.Payload) {
		t.Fatalf("DeadGet = %+v, %v", one, err)
	}
	letter := one.Letter
	if letter.At.IsZero() || len(letter.History) != 2 {
		t.Fatalf("letter %+v", letter)
	}
	for i := range letter.History {
		letter.History[i].At = time.Time{}
	}
	letter.At = time.Time{}
	want := news.DeadLetter{
		Schema: "dead/1", Stage: news.StageFetch, Trace: job.Trace(), Reason: news.ServerError,
		Detail: "answer 503 at attempt 2", Subject: "news.v1.fetch.p22.1",
		History: []news.Try{
			{Attempt: 1, Reason: news.ServerError, Detail: "answer 503 at attempt 1"},
			{Attempt: 2, Reason: news.ServerError, Detail: "answer 503 at attempt 2"},
		},
	}
	if diff := cmp.Diff(want, letter); diff != "" {
		t.Errorf("letter (-want +got):\n%s", diff)
	}

	close(alive)
	if err := c.DeadRetry(t.Context(), one.Sequence); err != nil {
		t.Fatal(err)
	}
	if m := receive(t, done); m.Attempt != 3 || m.Sequence != 1 || m.Value.URL != job.URL {
		t.Errorf("retried: %+v", m)
	}
	if got := told(t, c, 3); got[2] != "fetch/3 done()" {
		t.Errorf("events %v", got)
	}
	if _, err := c.DeadGet(t.Context(), one.Sequence); !errors.Is(err, ErrNotDead) {
		t.Errorf("DeadGet after retry: %v, want ErrNotDead", err)
	}
}

func TestRetriedDeadHasAllAttemptsAgain(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetches(ctx, 1, func(context.Context, *Message[*news.FetchJob]) error {
			return &news.Fault{Reason: news.Connect}
		})
	})
	told(t, c, 2)
	if err := c.DeadRetry(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	want := []string{"fetch/1 retry(connect)", "fetch/2 dead(connect)", "fetch/3 retry(connect)", "fetch/4 dead(connect)"}
	if diff := cmp.Diff(want, told(t, c, 4)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	one, err := c.DeadGet(t.Context(), 2)
	if err != nil || len(one.Letter.History) != 4 {
		t.Fatalf("DeadGet = %+v, %v", one.Letter, err)
	}
	if err := c.DeadDrop(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	events := eventsOf(t, c, 5)
	last := events[4]
	if last.Reason != news.Dropped || last.Attempt != 4 || last.Outcome != news.Dead || !strings.HasPrefix(last.Detail, "was dead(connect)") {
		t.Errorf("event of the drop: %+v", last)
	}
	if list, err := c.DeadList(t.Context(), 0, 10); err != nil || len(list) > 0 {
		t.Errorf("DeadList = %+v, %v", list, err)
	}
	for _, err := range []error{c.DeadDrop(t.Context(), 2), c.DeadRetry(t.Context(), 99)} {
		if !errors.Is(err, ErrNotDead) {
			t.Errorf("%v, want ErrNotDead", err)
		}
	}
}

func TestPanicIsBuried(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	for _, name := range []string{"calm", "stormy", "calm again"} {
		if err := c.PublishArticle(t.Context(), articleOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeArticles(ctx, Batch{Size: 3, Wait: 100 * time.Millisecond}, func(_ context.Context, batch []*Message[*news.Article]) []error {
			for _, m := range batch {
				if m.Value.Headline == "stormy" {
					panic("mast broke")
				}
			}
			return nil
		})
	})
	told(t, c, 3)
	list, err := c.DeadList(t.Context(), 0, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("DeadList = %+v, %v", list, err)
	}
	letter := list[0].Letter
	if letter.Reason != news.Internal || letter.URL != articleOf("stormy").URL ||
		!strings.HasPrefix(letter.Detail, "panic: mast broke\n") || !strings.Contains(letter.Detail, "TestPanicIsBuried") {
		t.Errorf("letter %+v", letter)
	}
}

func TestMalformedIsBuriedWithItsTrace(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	page := pageOf("a", []byte("<p>tide"))
	for i, spoil := range []func(h map[string][]string, data *[]byte){
		func(_ map[string][]string, data *[]byte) { *data = []byte("cut") },
		func(h map[string][]string, _ *[]byte) { h[headerPage] = []string{"{"} },
		func(h map[string][]string, _ *[]byte) { h[headerPage] = []string{`{"schema":"page/7"}`} },
		func(h map[string][]string, _ *[]byte) { h[headerCoding] = []string{"pigeon"} },
		func(h map[string][]string, _ *[]byte) { h[headerOrigin] = []string{"}"}; delete(h, headerPage) },
	} {
		m, _, err := c.framePage(page)
		if err != nil {
			t.Fatal(err)
		}
		spoil(m.Header, &m.Data)
		m.Header.Set("Nats-Msg-Id", fmt.Sprint(i))
		m.Header.Set(headerVisit, fmt.Sprint("visit", i))
		if err := c.publish(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 2, func(_ context.Context, m *Message[*news.Page]) error {
			t.Errorf("handled: %+v", m)
			return nil
		})
	})
	for _, e := range eventsOf(t, c, 5) {
		if e.Outcome != news.Dead || e.Reason != news.Malformed || e.URL != page.URL || e.Detail == "" {
			t.Errorf("event %+v", e)
		}
	}
}

// The headers of a page may fill a message nearly alone: its letter and its
// history still find room beside them, and its body is kept.
func TestWordyPageIsBuriedWhole(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	page := pageOf("a", []byte("<p>tide"))
	page.ResponseHeader = []news.HeaderField{{Name: "Set-Cookie", Value: strings.Repeat("<c>&", MaxPageHeader/4-300)}}
	if err := c.PublishPage(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(context.Context, *Message[*news.Page]) error {
			return &news.Fault{Reason: news.Timeout, Err: errors.New(strings.Repeat("<at \"tide\">\n", 1000))}
		})
	})
	told(t, c, 2)
	one, err := c.DeadGet(t.Context(), 1)
	if err != nil || one.Size == 0 || len(one.Letter.History) != 2 {
		t.Fatalf("DeadGet: %d bytes, letter %.300v, %v", one.Size, one.Letter, err)
	}
	back, err := c.readPage(t.Context(), one.Header, one.Payload)
	if err != nil || string(back.Body) != "<p>tide" {
		t.Errorf("the page is not whole: %.300v, %v", back, err)
	}
}

// Two stages read the same event and cannot: each has its dead letter.
func TestEachReaderHasItsDeadLetter(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	e := news.Event{Stage: news.StageFetch, Trace: jobOf("a").Trace()}
	m, err := frameJSON(eventSubject(e), "event/7", "", e.Trace, e)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.publish(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	shown(t, c, streamEvent, "journey", 1)
	shown(t, c, streamEvent, "frontier", 1)
	type consume func(context.Context, Batch, func(context.Context, []*Message[news.Event]) []error) error
	for _, consume := range []consume{c.ConsumeEvents, c.ConsumeFetchEvents} {
		running(t, func(ctx context.Context) error {
			return consume(ctx, Batch{Size: 1, Wait: 50 * time.Millisecond}, func(context.Context, []*Message[news.Event]) []error { return nil })
		})
	}
	settled(t, c, streamEvent, "journey")
	settled(t, c, streamEvent, "frontier")
	list, err := c.DeadList(t.Context(), 0, 10)
	got := map[news.Stage]bool{}
	for _, d := range list {
		got[d.Letter.Stage] = true
	}
	if diff := cmp.Diff(map[news.Stage]bool{stageJourney: true, stageFrontier: true}, got); diff != "" || err != nil {
		t.Errorf("stages with a dead letter (-want +got):\n%s%v", diff, err)
	}
}

// A list is an answer in one message, however long the letters are.
func TestDeadListFitsIntoAMessage(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	const letters = 40
	for i := range letters {
		letter := news.DeadLetter{Stage: news.StageFetch, Detail: strings.Repeat("<\"tide\">", 1000), Reason: news.Timeout}
		text, err := jsonLine(letter)
		if err != nil {
			t.Fatal(err)
		}
		m, err := frameJSON(deadSubject(news.StageFetch), news.FetchSchema, "", jobOf(fmt.Sprint(i)).Trace(), jobOf("a"))
		if err != nil {
			t.Fatal(err)
		}
		m.Header.Set(headerDead, text)
		m.Header.Set(headerPage, strings.Repeat("p", 40<<10))
		if err := c.publish(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	seen, after := 0, uint64(0)
	for {
		list, err := c.DeadList(t.Context(), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		answer, err := json.Marshal(list)
		if err != nil || int64(len(answer)) > c.nc.MaxPayload() || !strings.HasPrefix(string(answer), `[{"sequence":`) {
			t.Errorf("answer of %d bytes, %.40s (%v)", len(answer), answer, err)
		}
		seen, after = seen+len(list), list[len(list)-1].Sequence
	}
	if seen != letters {
		t.Errorf("%d letters listed, want %d", seen, letters)
	}
}
