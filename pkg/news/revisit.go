package news

// RevisitSchema names the version of [Revisit] that this build writes.
const RevisitSchema = "unchanged/1"

// Revisit says that a visit found a page as an earlier capture has it: by the
// word of the server, or by the bytes that it sent.
type Revisit struct {
	// Schema is always "unchanged/1".
	Schema string `json:"schema" jsonschema:"const=unchanged/1"`
	// Page is what was asked and answered, without the body. Its Digest and
	// Length are those of the bytes that came: none with status 304.
	Page Page `json:"page"`
	// SameAs is the capture whose body the page still has; absent where that is
	// known by its digest alone.
	SameAs string `json:"sameAs,omitempty"`
	// Digest is that of the body that the page still has; absent for one that was
	// cut when it was captured.
	Digest string `json:"digest,omitempty"`
}

// Trace names the visit and the capture.
func (r *Revisit) Trace() Trace { return r.Page.Trace() }
