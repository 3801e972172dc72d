package news

import "time"

// Capture says where the archive has one capture of a page. All of it can be
// read again from the archive's files alone.
type Capture struct {
	CaptureID string `json:"captureId"`
	VisitID   string `json:"visitId"`
	// URL is the address that answered, RequestedURL the one that was asked for.
	URL          string    `json:"url"`
	RequestedURL string    `json:"requestedUrl,omitempty"`
	Site         string    `json:"site"`
	FetchedAt    time.Time `json:"fetchedAt"`
	// Digest and Length are those of the body as received, also where the
	// archive has the body in an earlier capture.
	Digest string `json:"digest"`
	Length int    `json:"length"`
	// Status is the HTTP status, 0 for a page that was not fetched over HTTP.
	Status      int        `json:"status,omitempty"`
	ContentType string     `json:"contentType,omitempty"`
	Origin      PageOrigin `json:"origin"`
	// Run names the import that brought the capture.
	Run string `json:"run,omitempty"`

	Kind CaptureKind `json:"kind"`
	// RecordID is that of the main record: "urn:uuid:" and a UUID where the
	// archive made it.
	RecordID string `json:"recordId"`
	// RefersTo is the CaptureID of the earlier capture that has the body. Only
	// revisits have it.
	RefersTo string `json:"refersTo,omitempty"`
	// File is the segment of the archive, Offset where the main record begins in
	// it, Size how long that is there, in bytes.
	File   string `json:"file"`
	Offset int64  `json:"offset"`
	Size   int64  `json:"size"`
}

// CaptureKind is the type of record that holds a capture (ISO 28500:2017,
// section 6).
type CaptureKind string

// The kinds of capture.
const (
	// CaptureResponse is the answer of a web server.
	CaptureResponse CaptureKind = "response"
	// CaptureRevisit is an answer with a body that an earlier capture has.
	CaptureRevisit CaptureKind = "revisit"
	// CaptureResource is a body of which the answer was not recorded.
	CaptureResource CaptureKind = "resource"
	// CaptureConversion is what somebody made of a page, such as its text.
	CaptureConversion CaptureKind = "conversion"
)

// CaptureRow is a capture with its row number: one line of an export of
// captures.
type CaptureRow struct {
	Number int64 `json:"row"`
	Capture
}
