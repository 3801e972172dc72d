package stream

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// reads states what holds of every reader of messages: whatever the payload is,
// it is a value of its schema that is written and read as the same, or a
// permanent fault.
func reads[T any](t *testing.T, data []byte, read decoder[T], schemaOf func(T) string, schema string) {
	t.Helper()
	v, err := read(t.Context(), nats.Header{}, data)
	if err != nil {
		if fault := news.FaultOf(err); fault.Kind != news.Permanent || fault.Reason != news.Malformed {
			t.Errorf("fault %+v, want malformed for ever", fault)
		}
		return
	}
	if got := schemaOf(v); got != schema {
		t.Errorf("schema %q, want %q", got, schema)
	}
	doc, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	again, err := read(t.Context(), nats.Header{}, doc)
	if err != nil {
		t.Fatalf("written as %s it is not read: %v", doc, err)
	}
	twice, err := json.Marshal(again)
	if diff := cmp.Diff(string(doc), string(twice)); diff != "" || err != nil {
		t.Errorf("written and read it is another (-want +got), %v:\n%s", err, diff)
	}
}

func seeds(f *testing.F, values ...any) {
	f.Helper()
	for _, v := range values {
		doc, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(doc)
	}
	f.Add([]byte(`{"schema":"article/2"}`))
	f.Add([]byte(`{"schema":1}`))
	f.Add([]byte(`[`))
}

func FuzzReadFetch(f *testing.F) {
	seeds(f, jobOf("a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		reads(t, data, readFetch, func(j *news.FetchJob) string { return j.Schema }, news.FetchSchema)
	})
}

func FuzzReadEvent(f *testing.F) {
	seeds(f, news.Event{Schema: news.EventSchema, Stage: news.StageFetch, Trace: jobOf("a").Trace(), Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound})
	f.Fuzz(func(t *testing.T, data []byte) {
		reads(t, data, readEvent, func(e news.Event) string { return e.Schema }, news.EventSchema)
	})
}

func FuzzReadArticle(f *testing.F) {
	seeds(f, articleOf("a"))
	c := &Conn{}
	f.Fuzz(func(t *testing.T, data []byte) {
		var named struct{ RecordRef string }
		if json.Unmarshal(data, &named) == nil && named.RecordRef != "" {
			return // it is in the object store
		}
		reads(t, data, c.readArticle, func(a *news.Article) string { return a.Schema }, news.ArticleSchema)
	})
}

// FuzzPassage states that what headers say of a message's way is written and
// read as the same, and that no header makes it more than it can be.
func FuzzPassage(f *testing.F) {
	f.Add("2", `{"subject":"news.v1.raw.x","sequence":7,"forgiven":1,"unsettled":1}`, `[{"attempt":1,"reason":"timeout","at":"2026-03-01T12:00:00Z"}]`)
	f.Add("-1", `{"sequence":-1}`, `{}`)
	f.Add("9999999999999999999", `null`, `[null]`)
	f.Fuzz(func(t *testing.T, attempts, origin, history string) {
		p := passageOf(nats.Header{headerAttempt: {attempts}, headerOrigin: {origin}, headerHistory: {history}})
		if p.attempts < 0 {
			t.Errorf("%d attempts", p.attempts)
		}
		h := nats.Header{}
		if err := p.set(h); err != nil {
			return // a year that no date has
		}
		again := passageOf(h)
		if len(p.history) == 0 {
			p.history, again.history = nil, nil
		}
		if one, two := fields(t, p), fields(t, again); !reflect.DeepEqual(one, two) {
			t.Errorf("written and read it is another:\n%v\n%v", one, two)
		}
		if kept := with(p.history, news.Try{Detail: origin}); len(kept) > maxTries || len(kept[len(kept)-1].Detail) > maxTryDetail {
			t.Errorf("a history of %d tries, the limit is %d", len(kept), maxTries)
		}
	})
}

// fields is a passage as it can be compared: times have many forms.
func fields(t *testing.T, p passage) [3]string {
	t.Helper()
	line := func(v any) string {
		doc, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(doc)
	}
	return [3]string{line(p.attempts), line(p.origin), line(p.history)}
}

// FuzzDeadMessage states that a dead letter that cannot be read is still one
// that can be shown, with its trace and why.
func FuzzDeadMessage(f *testing.F) {
	letter, err := jsonLine(news.DeadLetter{Schema: news.DeadSchema, Stage: news.StageExtract, Trace: jobOf("a").Trace(), Reason: news.Poison, Subject: "news.v1.raw.x"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(letter, "https://news.example/a")
	f.Add(`{"stage":[]}`, "https://news.example/a")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, letter, url string) {
		d := deadMessage(&jetstream.RawStreamMsg{
			Subject: "news.v1.dead.extract", Sequence: 7, Time: time.Unix(0, 0).UTC(), Data: []byte("x"),
			Header: nats.Header{headerDead: {letter}, headerURL: {url}},
		})
		if d.Sequence != 7 || d.Size != 1 {
			t.Errorf("number %d, size %d", d.Sequence, d.Size)
		}
		if !json.Valid([]byte(letter)) && (d.Letter.Reason != news.Malformed || d.Letter.URL != url || d.Letter.Detail == "") {
			t.Errorf("what cannot be read is shown as %+v", d.Letter)
		}
		if _, err := json.Marshal(d.Letter); err != nil {
			t.Errorf("it cannot be shown: %v", err)
		}
	})
}

// FuzzHeaderText states that whatever a page says of itself, it is one line of
// a header within its limit.
func FuzzHeaderText(f *testing.F) {
	f.Add("https://news.example/a\r\nNats-Msg-Id: 1", 10)
	f.Add("ä\xff\x00\x7f", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = max(0, limit%maxURLHeader)
		line := oneLine(text, limit)
		if len(line) > limit {
			t.Errorf("%d bytes, the limit is %d", len(line), limit)
		}
		for _, c := range []byte(line) {
			if c < ' ' || c == 0x7f {
				t.Errorf("control character in %q", line)
			}
		}
		if again := oneLine(line, limit); again != line {
			t.Errorf("%q became %q", line, again)
		}
	})
}
