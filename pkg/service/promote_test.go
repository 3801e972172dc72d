package service

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// reader is a subscriber by the rules of docs/subscribe.md.
type reader struct {
	mu       sync.Mutex
	messages []string // all, in order
	ids      map[string]bool
	stories  map[string]readStory
}

type readStory struct {
	headline            string
	fetchedAt           time.Time
	sequence, withdrawn uint64
}

func (r *reader) take(m stream.ArticleMessage) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	story := r.stories[m.Trace.StoryID]
	if a := m.Article; a != nil {
		r.messages = append(r.messages, a.Headline)
		if r.ids[a.ID] {
			r.messages = append(r.messages, "under an identity that it has had")
		}
		r.ids[a.ID] = true
		if at := a.Raw.FetchedAt.Compare(story.fetchedAt); at > 0 || at == 0 && m.Sequence > story.sequence {
			story.headline, story.fetchedAt, story.sequence = a.Headline, a.Raw.FetchedAt, m.Sequence
		}
	} else {
		r.messages = append(r.messages, "withdrawn")
		story.withdrawn = max(story.withdrawn, m.Sequence)
	}
	r.stories[m.Trace.StoryID] = story
	return nil
}

// has is what it has in the end, and what it saw.
func (r *reader) has() (headlines, messages []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.stories {
		if s.sequence > s.withdrawn {
			headlines = append(headlines, s.headline)
		}
	}
	slices.Sort(headlines)
	return headlines, slices.Clone(r.messages)
}

// promotions is a desk to promote on, with a subscriber. Nothing is read into its
// index until it begins to.
type promotions struct {
	*indexDesk
	subscriber *reader
	ctx        context.Context
	works      sync.WaitGroup
}

func newPromotions(t *testing.T) *promotions {
	t.Helper()
	began := time.Now()
	dir := t.TempDir()
	conn := ownBroker(t, stream.Config{})
	rows, errRows := store.Open(t.Context(), filepath.Join(dir, "index.db"))
	index, errIndex := search.Open(filepath.Join(dir, "search"))
	for _, err := range []error{errRows, errIndex} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		index.Close()
		rows.Close()
	})
	p := &promotions{
		indexDesk:  &indexDesk{conn: conn, rows: rows, index: index, archives: true, promoting: make(chan struct{}, 1)},
		subscriber: &reader{ids: map[string]bool{}, stories: map[string]readStory{}},
	}
	ctx, cancel := context.WithCancel(t.Context())
	p.ctx = ctx
	t.Cleanup(func() {
		cancel()
		p.works.Wait()
	})
	p.works.Go(func() {
		if err := conn.WatchArticles(ctx, &stream.Position{Since: began}, nil, p.subscriber.take); err != nil {
			t.Error(err)
		}
	})
	return p
}

// reads has its index read articles until the function is called that it gives.
func (p *promotions) reads(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(p.ctx)
	stopped := make(chan struct{})
	p.works.Go(func() {
		defer close(stopped)
		if err := stage.NewIndexer(p.conn, p.rows, p.index, stream.Batch{Size: 20, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run(ctx); err != nil {
			t.Error(err)
		}
	})
	return func() {
		cancel()
		<-stopped
	}
}

// record is what a page gave that was fetched at a minute.
func record(t *testing.T, name string, minute int, headline string) *news.Article {
	t.Helper()
	url := "https://harbour.example/2026/" + name
	at := time.Date(2026, 3, 1, 12, minute, 0, 0, time.UTC)
	a := &news.Article{
		Schema: news.ArticleSchema, Type: news.NewsArticle, StoryID: news.StoryID(weburl.StoryKey("", url)),
		URL: url, RequestedURL: url, Headline: headline, ArticleBody: headline + ", said the harbour master.",
		Raw: news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), news.Digest([]byte(name))), FetchedAt: at},
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return a
}

// archived has captures that gave articles in the archive.
func (p *promotions) archived(t *testing.T, articles ...*news.Article) {
	t.Helper()
	for _, a := range articles {
		if err := p.rows.PutCaptures(t.Context(), []news.Capture{{
			CaptureID: a.Raw.CaptureID, VisitID: news.VisitOf(a.Raw.CaptureID), URL: a.URL, RequestedURL: a.URL,
			Site: "harbour.example", FetchedAt: a.Raw.FetchedAt, Kind: news.CaptureResponse, File: "one.warc",
		}}); err != nil {
			t.Fatal(err)
		}
	}
}

// comeIn publishes articles, and waits until they are revisions.
func (p *promotions) comeIn(t *testing.T, articles ...*news.Article) {
	t.Helper()
	for _, a := range articles {
		if err := p.conn.PublishArticle(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	inTime(t, "all came in", func() bool {
		counts, err := p.rows.Counts(t.Context())
		return err == nil && counts.Revisions == int64(len(articles))
	})
}

// replayed is a replay that made something of captures: nil where it is no article.
func (p *promotions) replayed(t *testing.T, name string, captures, made []*news.Article) {
	t.Helper()
	run := news.Run{Name: name, Kind: news.RunReplay, BegunAt: time.Now().UTC()}
	if err := p.rows.BeginReplay(t.Context(), store.Replay{Run: run}, nil); err != nil {
		t.Fatal(err)
	}
	var results []store.Replayed
	for i, of := range captures {
		r := store.Replayed{Run: run, CaptureID: of.Raw.CaptureID, Outcome: news.Skipped, Reason: news.SectionPage}
		if made[i] != nil {
			r.Article, r.Outcome, r.Reason = made[i], news.Done, ""
		}
		results = append(results, r)
	}
	if err := p.rows.PutReplayed(t.Context(), results); err != nil {
		t.Fatal(err)
	}
}

// indexed are the headlines of the stories that the index has and that are not
// withdrawn.
func (p *promotions) indexed(t *testing.T, stories ...*news.Article) (headlines []string) {
	t.Helper()
	for _, a := range stories {
		stored, err := p.rows.Story(t.Context(), a.StoryID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if stored.WithdrawnAt.IsZero() {
			headlines = append(headlines, stored.Headline)
		}
	}
	slices.Sort(headlines)
	return headlines
}

func inTime(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never came true: %s", what)
		}
	}
}

// What a replay has no more is withdrawn where that is wanted, what another has
// again is published again, there and back: a subscriber has what the index has.
func TestPromoteThereAndBack(t *testing.T) {
	d := newPromotions(t)
	d.reads(t)
	// Ferry and Canal; of Mole there is a later capture.
	ferry, canal, mole := record(t, "ferry", 1, "Ferry"), record(t, "canal", 2, "Canal"), record(t, "mole", 3, "Mole")
	all := []*news.Article{ferry, canal, mole}
	d.archived(t, all...)
	d.comeIn(t, ferry, canal, mole, record(t, "mole", 30, "Mole, later"))
	d.replayed(t, "better", all, []*news.Article{record(t, "ferry", 1, "Ferry, said better"), nil, nil})
	d.replayed(t, "back", all, all)

	promote := func(q api.PromoteRequest, published, withdrawn, skipped, lost int) {
		t.Helper()
		reply, err := d.runsPromote(t.Context(), q)
		got := []int{reply.Promoted, len(reply.Withdrawn), len(reply.Skipped), reply.Lost}
		if diff := cmp.Diff([]int{published, withdrawn, skipped, lost}, got); diff != "" || err != nil {
			t.Errorf("promote %+v: %+v, %v, published, withdrawn, skipped, lost (-want +got):\n%s", q, reply, err, diff)
		}
	}
	settled := func(want ...string) {
		t.Helper()
		inTime(t, fmt.Sprint("the index and the subscriber have ", want), func() bool {
			headlines, _ := d.subscriber.has()
			return slices.Equal(want, headlines) && slices.Equal(want, d.indexed(t, all...))
		})
	}
	for range 2 {
		promote(api.PromoteRequest{Run: "better", DryRun: true}, 1, 0, 0, 2)
		promote(api.PromoteRequest{Run: "better", Lost: true, DryRun: true}, 1, 1, 1, 0)
		promote(api.PromoteRequest{Run: "better", Lost: true}, 1, 1, 1, 0)
		settled("Ferry, said better", "Mole, later")
		promote(api.PromoteRequest{Run: "better", Lost: true}, 0, 0, 1, 0)
		promote(api.PromoteRequest{Run: "back"}, 2, 0, 0, 0)
		settled("Canal", "Ferry", "Mole, later")
		promote(api.PromoteRequest{Run: "back"}, 0, 0, 0, 0)
	}
	told(t, d, ferry, "better", "back", "better", "back")
	told(t, d, canal, "back", "back")
	told(t, d, mole)
	if err := d.rows.BeginReplay(t.Context(), store.Replay{Run: news.Run{Name: "part", Kind: news.RunReplay, BegunAt: time.Now().UTC()}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.rows.CancelRun(t.Context(), "part", time.Now()); err != nil {
		t.Fatal(err)
	}
	if reply, err := d.runsPromote(t.Context(), api.PromoteRequest{Run: "part"}); err != nil || reply.Unended != 3 || reply.Promoted > 0 {
		t.Errorf("promote what was cancelled: %+v, %v, want 3 without a result", reply, err)
	}
	_, messages := d.subscriber.has()
	want := []string{"Ferry", "Canal", "Mole", "Mole, later"}
	for range 2 {
		want = append(want, "Ferry, said better", "withdrawn", "Ferry", "Canal")
	}
	if diff := cmp.Diff(want, messages); diff != "" {
		t.Errorf("what a subscriber saw (-want +got):\n%s", diff)
	}
}

// An article that is promoted is on its way into the index while another promotion
// finds the same capture to be no article: the later of the two holds, in the index
// and for a subscriber.
func TestPromotionsThatCross(t *testing.T) {
	d := newPromotions(t)
	stop := d.reads(t)
	ferry := record(t, "ferry", 1, "Ferry")
	d.archived(t, ferry)
	d.comeIn(t, ferry)
	d.replayed(t, "better", []*news.Article{ferry}, []*news.Article{record(t, "ferry", 1, "Ferry, said better")})
	d.replayed(t, "none", []*news.Article{ferry}, []*news.Article{nil})
	stop()

	if reply, err := d.runsPromote(t.Context(), api.PromoteRequest{Run: "better"}); err != nil || reply.Promoted != 1 {
		t.Fatalf("the first: %+v, %v", reply, err)
	}
	second := api.PromoteRequest{Run: "none", Lost: true}
	short, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	reply, err := d.runsPromote(short, second)
	if err == nil && !reply.Waits {
		t.Errorf("the second, while the first is not read: %+v", reply)
	}
	d.reads(t)
	withdrawn := len(reply.Withdrawn)
	for more := err != nil || reply.More; more; more = reply.More {
		if reply, err = d.runsPromote(t.Context(), second); err != nil {
			t.Fatal(err)
		}
		withdrawn += len(reply.Withdrawn)
	}
	if withdrawn != 1 {
		t.Errorf("the second withdrew %d", withdrawn)
	}
	inTime(t, "the subscriber has read all", func() bool {
		_, messages := d.subscriber.has()
		return slices.Equal(messages, []string{"Ferry", "Ferry, said better", "withdrawn"})
	})
	inTime(t, "the index has read all", func() bool {
		unread, err := d.conn.ArticlesUnread(t.Context())
		return err == nil && !unread
	})
	if headlines, _ := d.subscriber.has(); len(headlines) > 0 || len(d.indexed(t, ferry)) > 0 {
		t.Errorf("the subscriber has %v, the index %v", headlines, d.indexed(t, ferry))
	}
}

// However promotions cross, a subscriber ends with what the index has.
func TestPromotionsAtOneTime(t *testing.T) {
	d := newPromotions(t)
	d.reads(t)
	ferry, canal := record(t, "ferry", 1, "Ferry"), record(t, "canal", 2, "Canal")
	all := []*news.Article{ferry, canal}
	d.archived(t, all...)
	d.comeIn(t, all...)
	d.replayed(t, "better", all, []*news.Article{record(t, "ferry", 1, "Ferry, said better"), nil})
	d.replayed(t, "back", all, all)
	d.replayed(t, "none", all, []*news.Article{nil, record(t, "canal", 2, "Canal, said better")})
	var promoters sync.WaitGroup
	for _, run := range []string{"better", "back", "none", "none", "back", "better"} {
		promoters.Go(func() {
			for more := true; more; {
				reply, err := d.runsPromote(t.Context(), api.PromoteRequest{Run: run, Lost: true})
				if err != nil {
					t.Error(err)
					return
				}
				more = reply.More
			}
		})
	}
	promoters.Wait()
	last := record(t, "mole", 3, "Mole")
	if err := d.conn.PublishArticle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	inTime(t, "all is read", func() bool {
		_, messages := d.subscriber.has()
		unread, err := d.conn.ArticlesUnread(t.Context())
		return err == nil && !unread && messages[len(messages)-1] == last.Headline
	})
	headlines, messages := d.subscriber.has()
	if diff := cmp.Diff(d.indexed(t, append(all, last)...), headlines); diff != "" {
		t.Errorf("the subscriber, who saw %v (-index +subscriber):\n%s", messages, diff)
	}
	if slices.Contains(messages, "under an identity that it has had") {
		t.Errorf("two revisions have one identity: %v", messages)
	}
}

// told wants a page's journey to say of which replays it was promoted, in order, each
// of them a revision of its own.
func told(t *testing.T, d *promotions, page *news.Article, runs ...string) {
	t.Helper()
	var reply api.JourneyReply
	inTime(t, "there is a journey of "+page.URL, func() (is bool) {
		var err error
		reply, err = d.journey(t.Context(), api.JourneyRequest{URL: page.URL})
		return err == nil && len(reply.Visits) > 0
	})
	var got []string
	for _, v := range reply.Visits {
		for i, p := range v.Promotions {
			if p.ArticleID == "" || p.At.IsZero() || i > 0 && (p.At.Before(v.Promotions[i-1].At) || p.ArticleID == v.Promotions[i-1].ArticleID) {
				t.Errorf("promotion %d of %s: %+v", i, page.URL, v.Promotions)
			}
			got = append(got, p.Run)
		}
	}
	if diff := cmp.Diff(runs, got); diff != "" {
		t.Errorf("promotions of %s (-want +got):\n%s", page.URL, diff)
	}
}
