package stream

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// The headers of our messages. Schema and trace are on every message, so that
// one that cannot be read can still be told of and buried.
const (
	headerSchema  = "Copydesk-Schema"
	headerVisit   = "Copydesk-Visit"
	headerCapture = "Copydesk-Capture"
	headerStory   = "Copydesk-Story"
	headerArticle = "Copydesk-Article"
	headerURL     = "Copydesk-Url"
	headerURLHash = "Copydesk-Url-Hash"
	headerSite    = "Copydesk-Site"

	headerPage   = "Copydesk-Page"   // the page without its body, one line of JSON
	headerCoding = "Copydesk-Coding" // the coding put on the body for the way
	headerBody   = "Copydesk-Body"   // the object that holds the body
	headerRecord = "Copydesk-Record" // the record without its bytes, one line of JSON
	headerEvent  = "Copydesk-Event"  // the event of the work that made the message, JSON of news.Event
	headerRun    = "Copydesk-Run"    // the run that a message belongs to, JSON of news.Run

	headerAttempt = "Copydesk-Attempt" // attempts before this round
	headerHistory = "Copydesk-History" // what came of them, JSON of []news.Try
	headerOrigin  = "Copydesk-Origin"  // where it was published first, JSON
	headerDead    = "Copydesk-Dead"    // JSON of news.DeadLetter
)

// maxHeader is the server's limit on all headers of a stored message
// (nats-server stores their length in 16 bits).
const maxHeader = 64<<10 - 1

// oneLine makes s fit for a header: no line ends, no other controls, and not
// longer than limit bytes.
func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return clip(s, limit)
}

// clip cuts s to at most limit bytes, between characters.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}

const (
	maxURLHeader = 4 << 10
	maxIDHeader  = 256
)

func setTrace(h nats.Header, t news.Trace) {
	for _, f := range []struct {
		name, value string
		limit       int
	}{
		{headerVisit, t.VisitID, maxIDHeader}, {headerCapture, t.CaptureID, maxIDHeader},
		{headerStory, t.StoryID, maxIDHeader}, {headerArticle, t.ArticleID, maxIDHeader},
		{headerURL, t.URL, maxURLHeader}, {headerSite, t.Site, maxIDHeader},
	} {
		if f.value != "" {
			h.Set(f.name, oneLine(f.value, f.limit))
		}
	}
}

func traceOf(h nats.Header) news.Trace {
	t := news.Trace{
		VisitID: h.Get(headerVisit), CaptureID: h.Get(headerCapture),
		StoryID: h.Get(headerStory), ArticleID: h.Get(headerArticle),
		URL: h.Get(headerURL), Site: h.Get(headerSite),
	}
	if t.Site == "" {
		t.Site = news.NoSite
	}
	return t
}

// runOf is the run that a message belongs to, nil where it is live.
func runOf(h nats.Header) (*news.Run, error) {
	text := h.Get(headerRun)
	if text == "" {
		return nil, nil
	}
	run := new(news.Run)
	if err := json.Unmarshal([]byte(text), run); err != nil {
		return nil, malformed("read the run: %w", err)
	}
	if err := run.Check(); err != nil {
		return nil, malformed("read the run: %w", err)
	}
	return run, nil
}

// eventOf is the event that a message tells of the work that made it, nil where
// that was told by itself.
func eventOf(h nats.Header) *news.Event {
	text := h.Get(headerEvent)
	if text == "" {
		return nil
	}
	e := new(news.Event)
	if err := json.Unmarshal([]byte(text), e); err != nil {
		return nil // a message is not lost over what others did before
	}
	return e
}

// passage is what a message has been through before this round.
type passage struct {
	origin
	// attempts made before this round.
	attempts int
	history  []news.Try
}

// origin says where a message came from, once it has left that place.
type origin struct {
	Subject   string    `json:"subject"`
	Sequence  uint64    `json:"sequence"`
	Published time.Time `json:"published"`
	// Forgiven is how many attempts do not count: an operator had the message
	// tried again after them, or they ended without a word.
	Forgiven int `json:"forgiven,omitempty"`
	// Unsettled is how many deliveries before this round ended without a word.
	Unsettled int `json:"unsettled,omitempty"`
}

// passageOf reads what the headers say. What they do not say, or say badly, is
// zero: a message is not lost over its history.
func passageOf(h nats.Header) passage {
	var p passage
	if n, err := strconv.Atoi(h.Get(headerAttempt)); err == nil && n > 0 {
		p.attempts = n
	}
	if err := json.Unmarshal([]byte(h.Get(headerOrigin)), &p.origin); err != nil {
		p.origin = origin{}
	}
	if err := json.Unmarshal([]byte(h.Get(headerHistory)), &p.history); err != nil {
		p.history = nil
	}
	return p
}

// set writes p. History keeps the youngest tries where there are many.
func (p passage) set(h nats.Header) error {
	h.Set(headerAttempt, strconv.Itoa(p.attempts))
	if err := setJSON(h, headerOrigin, p.origin); err != nil {
		return err
	}
	if len(p.history) == 0 {
		return nil
	}
	return setJSON(h, headerHistory, p.history)
}

// The limits of a history, which has to fit into a header beside a page's.
const (
	maxTries     = 8
	maxTryDetail = 300
)

// with is the history with one more try.
func with(history []news.Try, t news.Try) []news.Try {
	t.Detail = clip(t.Detail, maxTryDetail)
	history = append(history[:len(history):len(history)], t)
	return history[max(0, len(history)-maxTries):]
}

func setJSON(h nats.Header, name string, v any) error {
	text, err := jsonLine(v)
	if err != nil {
		return err
	}
	h.Set(name, text)
	return nil
}

// jsonLine is v as one line of JSON. Markup is left as it is: escaped it would
// take six times the room, and headers are short of it.
func jsonLine(v any) (string, error) {
	var line strings.Builder
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSuffix(line.String(), "\n"), nil
}

// cloneHeader copies h without what belongs to the broker.
func cloneHeader(h nats.Header) nats.Header {
	out := make(nats.Header, len(h))
	for name, values := range h {
		if !strings.HasPrefix(name, "Nats-") {
			out[name] = values
		}
	}
	return out
}

func headerSize(h nats.Header) int {
	size := len("NATS/1.0\r\n\r\n")
	for name, values := range h {
		for _, v := range values {
			size += len(name) + len(v) + len(": \r\n")
		}
	}
	return size
}
