package news

import "time"

// EventSchema names the version of [Event] that this build writes.
const EventSchema = "event/1"

// Trace names the piece of work that a message is about. Every message has
// one, so that whatever becomes of it can be told.
type Trace struct {
	VisitID   string `json:"visitId"`
	CaptureID string `json:"captureId,omitempty"`
	StoryID   string `json:"storyId,omitempty"`
	ArticleID string `json:"articleId,omitempty"`
	// URL is the address that was asked for.
	URL  string `json:"url"`
	Site string `json:"site"`
}

// Event says what a stage made of a page. The fold of all events is the truth
// about what became of every page.
type Event struct {
	// Schema is always "event/1".
	Schema string `json:"schema" jsonschema:"const=event/1"`
	Stage  Stage  `json:"stage"`
	Trace
	// Attempt counts from 1 in each stage.
	Attempt int     `json:"attempt" jsonschema:"minimum=1"`
	Outcome Outcome `json:"outcome"`
	Reason  Reason  `json:"reason,omitempty"`
	// Detail is for people: the error, the address redirected to.
	Detail string    `json:"detail,omitempty"`
	At     time.Time `json:"at"`
	// DurationMS is the time the work took, in milliseconds.
	DurationMS int64 `json:"durationMs"`
	// Validators are those of the page that was fetched, for the next visit to
	// ask whether it changed.
	Validators Validators `json:"validators,omitzero"`
}

// Final says whether this event is the end of the page's way.
func (e Event) Final() bool {
	if e.Stage.Beside() {
		return false
	}
	switch e.Outcome {
	case Unchanged, Skipped, Dead:
		return true
	case Done:
		return e.Stage == StageIndex
	}
	return false
}

// Trace names the visit that the job begins.
func (j *FetchJob) Trace() Trace {
	return Trace{VisitID: j.VisitID, URL: j.URL, Site: j.Site}
}

// Trace names the visit and the capture.
func (p *Page) Trace() Trace {
	return Trace{VisitID: p.VisitID, CaptureID: p.CaptureID, URL: p.RequestedURL, Site: p.Site}
}

// VisitOf is the visit that brought a capture.
func VisitOf(captureID string) string {
	return captureID[:min(idLength, len(captureID))]
}

// Trace names the visit, the capture and the revision.
func (a *Article) Trace() Trace {
	t := Trace{
		VisitID: VisitOf(a.Raw.CaptureID), CaptureID: a.Raw.CaptureID,
		StoryID: a.StoryID, ArticleID: a.ID,
		URL: a.RequestedURL, Site: NoSite,
	}
	if a.Publisher != nil && a.Publisher.Domain != "" {
		t.Site = a.Publisher.Domain
	}
	return t
}

// NoSite stands where a page has no registrable domain.
const NoSite = "_"
